import { html, type TemplateResult } from 'lit'
import { PAYOUT_METHODS } from '../../../server/contract/models.ts'
import { phrase } from '../parts/phrase.ts'
import { text } from '../texts.ts'
import { amountField, chosen, type Editing, faultsOf, folded, typed } from './fields.ts'

/** When and how it is paid, how much at most, and from when to when. */
export function limitsSection(editing: Editing): TemplateResult {
  const { form, change } = editing
  const days = typed(editing, {
    field: 'rule.holdDays',
    label: text('form_hold'),
    value: form.holdDays,
    size: 'few',
    mode: 'numeric',
    set: (holdDays) => change({ holdDays }),
  })
  const pays = chosen(editing, {
    field: 'rule.pays',
    label: text('form_pays'),
    value: form.pays,
    options: PAYOUT_METHODS.map((method) => [method, text(`method_${method}`)] as const),
    set: (pays) => change({ pays }),
  })
  return html`
    <section class="panel part" aria-labelledby="when">
      <h2 id="when">${text('form_when')}</h2>
      <p class="sentence">${phrase('form_hold_sentence', { days })}</p>
      ${faultsOf(editing, 'rule.holdDays')}
      <p class="sentence">${phrase('form_pays_sentence', { pays })}</p>
      <p class="small muted">${text(`method_about_${form.pays}`)}</p>
      ${folded(text('form_limits'), limitsSummary(editing), limits(editing))}
      ${folded(text('form_dates'), datesSummary(editing), dates(editing))}
    </section>
  `
}

const AMOUNTS = ['budget', 'personAmount'] as const
const COUNTS = ['totalRewards', 'personRewards'] as const

function limitsSummary({ form }: Editing): string {
  const set = [...AMOUNTS, ...COUNTS].filter((key) => form[key].trim() !== '').length
  return set === 0 ? text('form_limits_none') : text('form_limits_n', { count: set, n: String(set) })
}

function limits(editing: Editing): TemplateResult {
  const { form, change } = editing
  const amounts = AMOUNTS.map((key) => {
    const amount = amountField(editing, {
      field: `rule.limits.${key}`,
      label: text(`form_${key}`),
      value: form[key],
      set: (value) => change({ [key]: value }),
    })
    return html`<p class="sentence">${phrase(`form_${key}_sentence`, { amount })}</p>
      ${faultsOf(editing, `rule.limits.${key}`)}`
  })
  const counts = COUNTS.map((key) => {
    const count = typed(editing, {
      field: `rule.limits.${key}`,
      label: text(`form_${key}`),
      value: form[key],
      mode: 'numeric',
      placeholder: text('form_no_limit'),
      set: (value) => change({ [key]: value }),
    })
    return html`<p class="sentence">${phrase(`form_${key}_sentence`, { count })}</p>
      ${faultsOf(editing, `rule.limits.${key}`)}`
  })
  return html`${amounts}${counts}`
}

function datesSummary({ form }: Editing): string {
  if (!form.startsAt && !form.endsAt) return text('form_dates_none')
  const day = (typed: string) => typed.replace('T', ' ')
  return `${form.startsAt ? day(form.startsAt) : '…'} – ${form.endsAt ? day(form.endsAt) : '…'}`
}

function dates(editing: Editing): TemplateResult {
  const { form, change } = editing
  const time = (key: 'startsAt' | 'endsAt') =>
    typed(editing, {
      field: `rule.${key}`,
      label: text(`form_${key}`),
      value: form[key],
      size: 'time',
      type: 'datetime-local',
      set: (value) => change({ [key]: value }),
    })
  return html`
    <p class="sentence">${phrase('form_dates_sentence', { start: time('startsAt'), end: time('endsAt') })}</p>
    <p class="small muted">${text('form_dates_hint')}</p>
    ${faultsOf(editing, 'rule.startsAt', 'rule.endsAt')}
  `
}
