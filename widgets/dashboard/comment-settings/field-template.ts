import { html, nothing, type TemplateResult } from 'lit'
import type { CommentSettings, CommentSettingsChange } from '../../../server/contract/screening.ts'
import type { DashboardText } from '../../locales/dashboard.en.ts'
import { text } from '../texts.ts'
import type { SettingsDraft } from './settings-draft.ts'
import type { Field } from './settings-fields.ts'

export type CommentsDraft = SettingsDraft<CommentSettings, CommentSettingsChange>

const label = (name: string): string => text(`setting_${name}` as DashboardText)
const hint = (name: string): string => text(`setting_${name}_hint` as DashboardText)

/** One setting with its name, what it means, and what is wrong with it. */
export function settingField(draft: CommentsDraft, field: Field): TemplateResult {
  const { name } = field
  const fault = draft.faultOf(name)
  const told = html`
    <span class="small muted" id=${`hint-${name}`}>${hint(name)}</span>
    ${fault ? html`<span class="fault" role="alert">${fault}</span>` : nothing}
  `
  if (field.kind === 'tick')
    return html`<label class="tick">
      <input
        type="checkbox"
        data-field=${name}
        .checked=${Boolean(draft.get(name))}
        @change=${(event: Event) => put(draft, name, (event.target as HTMLInputElement).checked)}
      />
      <span>${label(name)}<span class="hint">${told}</span></span>
    </label>`
  return html`<div class="setting ${field.kind}">
    <label for=${`setting-${name}`}>${label(name)}</label>
    ${control(draft, field, Boolean(fault))}${told}
  </div>`
}

function control(draft: CommentsDraft, field: Field, wrong: boolean): TemplateResult {
  const { name, kind } = field
  const id = `setting-${name}`
  const invalid = wrong ? 'true' : 'false'
  const value = draft.get(name)
  if (kind === 'choice')
    return html`<select class="field" id=${id} data-field=${name} aria-describedby=${`hint-${name}`} aria-invalid=${invalid}
      @change=${(event: Event) => put(draft, name, (event.target as HTMLSelectElement).value)}
    >${field.options.map(
      (option) =>
        html`<option value=${option} .selected=${option === value}>${text(`setting_${name}_${option}` as DashboardText)}</option>`,
    )}</select>`
  if (kind === 'lines')
    return html`<textarea class="field" id=${id} rows="4" data-field=${name} aria-describedby=${`hint-${name}`} aria-invalid=${invalid}
      .value=${(value as string[]).join('\n')}
      @change=${(event: Event) => put(draft, name, entries((event.target as HTMLTextAreaElement).value, '\n'))}
    ></textarea>`
  const shown = kind === 'words' ? (value as string[]).join(' ') : `${value}`
  return html`<input class="field" id=${id} data-field=${name} aria-describedby=${`hint-${name}`} aria-invalid=${invalid}
    inputmode=${kind === 'number' ? 'numeric' : nothing} autocomplete="off"
    .value=${shown}
    @change=${(event: Event) => put(draft, name, typed(kind, (event.target as HTMLInputElement).value))}
  />`
}

/** What was typed, as the server takes it; what is no number goes as it is, for the server to say so. */
function typed(kind: Field['kind'], value: string): unknown {
  if (kind === 'words') return entries(value, /\s+/)
  return kind === 'number' && /^\s*-?\d+\s*$/.test(value) ? Number(value) : value
}

const entries = (value: string, by: string | RegExp): string[] =>
  value
    .split(by)
    .map((entry) => entry.trim())
    .filter(Boolean)

const put = (draft: CommentsDraft, name: keyof CommentSettings, value: unknown): void =>
  draft.set(name, value as never)
