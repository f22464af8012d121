import { html, nothing, type TemplateResult } from 'lit'
import { phrase } from '../parts/phrase.ts'
import { text } from '../texts.ts'
import { amountField, type Editing, faultsOf, typed } from './fields.ts'
import type { PotForm } from './rule-form.ts'

const KINDS = ['percent', 'fixed'] as const

/** What is paid each time: a percentage with its cap, or a fixed amount. */
export function potFields(
  editing: Editing,
  field: string,
  label: string,
  pot: PotForm,
  set: (pot: PotForm) => void,
): TemplateResult {
  const change = (part: Partial<PotForm>): void => set({ ...pot, ...part })
  return html`
    <fieldset class="pot">
      <legend class="spoken">${label}</legend>
      <div class="segments radios">
        ${KINDS.map(
          (kind) => html`
            <label>
              <input
                type="radio"
                name=${field}
                value=${kind}
                data-field=${kind === 'percent' ? field : nothing}
                .checked=${pot.kind === kind}
                @change=${() => change({ kind })}
              />${text(`pot_kind_${kind}`)}
            </label>
          `,
        )}
      </div>
      <p class="sentence">${pot.kind === 'fixed' ? fixed(editing, field, pot, change) : percent(editing, field, pot, change)}</p>
      ${faultsOf(editing, field, `${field}.fixed`, `${field}.percent`, `${field}.cap`)}
    </fieldset>
  `
}

type Change = (part: Partial<PotForm>) => void

function fixed(editing: Editing, field: string, pot: PotForm, change: Change) {
  const label = text('pot_fixed')
  return phrase('pot_fixed_sentence', {
    amount: amountField(editing, {
      field: `${field}.fixed`,
      label,
      value: pot.fixed,
      set: (fixed) => change({ fixed }),
      placeholder: '5',
    }),
  })
}

function percent(editing: Editing, field: string, pot: PotForm, change: Change) {
  return phrase('pot_percent_sentence', {
    percent: typed(editing, {
      field: `${field}.percent`,
      label: text('pot_percent'),
      value: pot.percent,
      size: 'few',
      set: (percent) => change({ percent }),
    }),
    cap: amountField(editing, {
      field: `${field}.cap`,
      label: text('pot_cap'),
      value: pot.cap,
      set: (cap) => change({ cap }),
    }),
  })
}
