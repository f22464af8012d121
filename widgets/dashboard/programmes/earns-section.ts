import { html, type TemplateResult } from 'lit'
import type { ConversionsReport } from '../../../server/contract/reports.ts'
import { phrase } from '../parts/phrase.ts'
import { language, text } from '../texts.ts'
import { amountField, chosen, type Editing, faultsOf, ticked, typed } from './fields.ts'

/** What the site has seen so far, offered first. */
export interface Known {
  conversions: readonly string[]
  currencies: readonly string[]
}

/** The names and currencies of some conversions, the most frequent first. */
export function knownOf({ data }: ConversionsReport): Known {
  return {
    conversions: byFrequency(data.map(({ name }) => name)),
    currencies: byFrequency(data.flatMap(({ value }) => value?.currency ?? [])),
  }
}

function byFrequency(names: readonly string[]): string[] {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts].sort(([, a], [, b]) => b - a).map(([name]) => name)
}

/** Which conversions earn. */
export function earnsSection(editing: Editing, known: Known): TemplateResult {
  const { form, change } = editing
  return html`
    <section class="panel part" aria-labelledby="earns">
      <h2 id="earns">${text('form_earns')}</h2>
      <p class="sentence">
        ${phrase('form_earns_sentence', {
          conversion: typed(editing, {
            field: 'rule.conversion',
            label: text('form_conversion'),
            value: form.conversion,
            placeholder: text('form_any_conversion'),
            size: 'word',
            mode: 'text',
            list: 'known',
            set: (conversion) => change({ conversion }),
          }),
          proof: chosen(editing, {
            field: 'rule.proof',
            label: text('form_proof'),
            value: form.proof,
            options: [
              ['proved', text('form_proof_proved')],
              ['any', text('form_proof_any')],
            ],
            set: (proof) => change({ proof }),
          }),
          currency: chosen(editing, {
            field: 'rule.currency',
            label: text('currency'),
            value: form.currency,
            options: currencies(form.currency, known.currencies),
            set: (currency) => change({ currency }),
          }),
        })}
      </p>
      <datalist id="known">${known.conversions.map((name) => html`<option value=${name}></option>`)}</datalist>
      ${faultsOf(editing, 'rule.conversion', 'rule.currency')}
      ${form.proof === 'any' ? html`<p class="warning">${text('form_proof_warning')}</p>` : ''}
      <p class="sentence">
        ${phrase('form_min_sentence', {
          amount: amountField(editing, {
            field: 'rule.minValue',
            label: text('form_min'),
            value: form.minValue,
            placeholder: '0',
            set: (minValue) => change({ minValue }),
          }),
        })}
      </p>
      ${faultsOf(editing, 'rule.minValue')}
      ${ticked(editing, {
        field: 'rule.firstOnly',
        label: text('form_first_only'),
        hint: text('form_first_only_hint'),
        value: form.firstOnly,
        set: (firstOnly) => change({ firstOnly }),
      })}
    </section>
  `
}

/** Every currency, those that the site uses first. */
function currencies(current: string, known: readonly string[]): (readonly [string, string])[] {
  const names = new Intl.DisplayNames(language(), { type: 'currency' })
  const all = new Set([...known, current, ...Intl.supportedValuesOf('currency')])
  return [...all].map((code) => [code, `${code} · ${names.of(code) ?? code}`] as const)
}
