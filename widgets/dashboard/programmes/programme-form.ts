import { html, nothing, type TemplateResult } from 'lit'
import type { ProgrammeStatus } from '../../../server/contract/models.ts'
import { text } from '../texts.ts'
import { earnsSection, type Known } from './earns-section.ts'
import { faultsOf, typed } from './fields.ts'
import type { FormState } from './form-state.ts'
import { limitsSection } from './limits-section.ts'
import { peopleSection } from './people-section.ts'
import { potSection } from './pot-section.ts'

/** What stands around the form's fields. */
export interface FormSetting {
  /** None while the programme is new. */
  status: ProgrammeStatus | undefined
  busy: boolean
  notice: { good: boolean; text: string } | undefined
  discard: (() => void) | undefined
}

/** The whole rule as sentences to fill in, and the way to save it. */
export function programmeForm(state: FormState, known: Known, setting: FormSetting): TemplateResult {
  return html`
    <fieldset class="stack all" ?disabled=${setting.status === 'ended'}>
      <legend class="spoken">${text('form_rule')}</legend>
      <section class="panel part">
        <label for="name">${text('form_name')}</label>
        ${nameField(state)} ${faultsOf(state, 'name')}
      </section>
      ${earnsSection(state, known)} ${potSection(state)} ${peopleSection(state)} ${limitsSection(state)}
      ${needsSaving(state, setting) ? saving(state, setting) : nothing}
    </fieldset>
  `
}

/** Whether there is something to save, or to say about it. */
function needsSaving({ unsaved }: FormState, { status, notice }: FormSetting): boolean {
  return status !== 'ended' && (status === undefined || unsaved || notice !== undefined)
}

function nameField(state: FormState): TemplateResult {
  return typed(state, {
    id: 'name',
    field: 'name',
    label: text('form_name'),
    value: state.form.name,
    placeholder: text('form_name_example'),
    size: 'word',
    mode: 'text',
    set: (name) => state.change({ name }),
  })
}

function saving(state: FormState, { status, busy, notice, discard }: FormSetting): TemplateResult {
  return html`
    <div class="saving panel">
      <p role="status" class=${notice?.good === false ? 'bad' : 'muted'}>
        ${state.unsaved && notice?.good ? text('form_unsaved') : (notice?.text ?? (status ? text('form_unsaved') : ''))}
      </p>
      ${
        status
          ? html`
              ${state.unsaved && discard ? html`<button class="button" type="button" @click=${discard}>${text('form_discard')}</button>` : nothing}
              <button class="button main" ?disabled=${busy} ?hidden=${!state.unsaved}>
                ${text(busy ? 'form_saving' : status === 'draft' ? 'form_save' : 'form_save_version')}
              </button>
            `
          : html`
              <button class="button" ?disabled=${busy}>${text('form_save_draft')}</button>
              <button class="button main" value="running" ?disabled=${busy}>${text('form_save_start')}</button>
            `
      }
    </div>
  `
}
