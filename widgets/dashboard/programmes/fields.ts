import { html, nothing, type TemplateResult } from 'lit'
import { text } from '../texts.ts'
import type { RuleForm } from './rule-form.ts'

/** A form at work: what is typed, what is wrong with it in words, and how it changes. */
export interface Editing {
  form: RuleForm
  /** What is wrong with a field, once the owner has left it or tried to save. */
  fault(field: string): string | undefined
  change(part: Partial<RuleForm>): void
}

/** One field of a sentence. `field` is the path by which faults name it. */
export interface Typed {
  field: string
  label: string
  value: string
  set: (value: string) => void
  id?: string
  /** How wide it is: a few digits, an amount, a name. */
  size?: 'few' | 'amount' | 'word' | 'time'
  placeholder?: string
  mode?: 'decimal' | 'numeric' | 'text'
  type?: 'text' | 'datetime-local'
  list?: string
}

/** A field to type in, in the middle of a sentence. */
export function typed(editing: Editing, input: Typed): TemplateResult {
  const { field, label, value, set, size = 'amount', mode = 'decimal', type = 'text' } = input
  const fault = editing.fault(field)
  return html`<input
      id=${input.id ?? nothing}
      class="field ${size}"
      type=${type}
      inputmode=${mode}
      autocomplete="off"
      spellcheck="false"
      data-field=${field}
      aria-label=${label}
      aria-invalid=${fault ? 'true' : 'false'}
      aria-describedby=${fault ? `fault-${field}` : nothing}
      placeholder=${input.placeholder ?? nothing}
      list=${input.list ?? nothing}
      .value=${value}
      @input=${(event: InputEvent) => set((event.target as HTMLInputElement).value)}
    />`
}

/** A choice among a few, in the middle of a sentence. */
export function chosen<Value extends string>(
  editing: Editing,
  input: {
    field: string
    label: string
    value: Value
    options: readonly (readonly [Value, string])[]
    set: (v: Value) => void
  },
): TemplateResult {
  const { field, label, value, options, set } = input
  return html`<select
      class="field"
      data-field=${field}
      aria-label=${label}
      aria-invalid=${editing.fault(field) ? 'true' : 'false'}
      @change=${(event: Event) => set((event.target as HTMLSelectElement).value as Value)}
    >
      ${options.map(([one, name]) => html`<option value=${one} .selected=${one === value}>${name}</option>`)}
    </select>`
}

/** Something that holds or not. */
export function ticked(
  editing: Editing,
  input: { field: string; label: string; hint?: string; value: boolean; set: (value: boolean) => void },
): TemplateResult {
  const { field, label, hint, value, set } = input
  return html`
    <label class="tick">
      <input
        type="checkbox"
        data-field=${field}
        aria-invalid=${editing.fault(field) ? 'true' : 'false'}
        .checked=${value}
        @change=${(event: Event) => set((event.target as HTMLInputElement).checked)}
      />
      <span>${label}${hint ? html`<span class="small muted hint">${hint}</span>` : nothing}</span>
    </label>
  `
}

/** What is wrong with some fields, each in a line of its own. */
export function faultsOf(editing: Editing, ...fields: string[]): TemplateResult[] {
  return fields.flatMap((field) => {
    const fault = editing.fault(field)
    return fault ? [html`<p class="fault" id=${`fault-${field}`}>${fault}</p>`] : []
  })
}

/** A part of the form that is out of the way until it is wanted; its summary says what holds meanwhile. */
export function folded(title: string, summary: string, body: TemplateResult): TemplateResult {
  return html`
    <details class="folded">
      <summary><span class="title">${title}</span> <span class="muted small">${summary}</span></summary>
      <div class="inside">${body}</div>
    </details>
  `
}

/** The amount field of a currency. */
export function amountField(
  editing: Editing,
  { field, label, value, set, placeholder }: Typed,
): TemplateResult {
  const { currency } = editing.form
  return html`<span class="amount-of">${typed(editing, {
    field,
    label: `${label}, ${currency}`,
    value,
    set,
    size: 'amount',
    placeholder: placeholder ?? text('form_no_limit'),
  })}<span class="unit">${currency}</span></span>`
}

/** The field of a path, or the one that holds it: `rule.pot` where there is no `rule.pot.percent`. */
export function fieldNamed(root: ParentNode, path: string): HTMLElement | undefined {
  for (let at = path; at !== ''; at = at.replace(/(\.|\[|^)[^.[]*$/, '')) {
    const found = root.querySelector<HTMLElement>(`[data-field="${CSS.escape(at)}"]`)
    if (found) return found
  }
  return undefined
}
