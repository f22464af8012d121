import { html, nothing, type PropertyDeclarations, type PropertyValues } from 'lit'
import type { NewProgramme, Programme, ProgrammeVersions, Rule } from '../../../server/contract/programmes.ts'
import type { ConversionsReport } from '../../../server/contract/reports.ts'
import { patch, post, RequestError, read } from '../api.ts'
import { LeaveGuard } from '../leave-guard.ts'
import { confirmDialog, type Question } from '../parts/confirm-dialog.ts'
import { dialogs } from '../parts/dialog.styles.ts'
import { shown } from '../parts/states.ts'
import { Report } from '../report.ts'
import { text } from '../texts.ts'
import { View } from '../view.ts'
import { type Known, knownOf } from './earns-section.ts'
import { fieldNamed } from './fields.ts'
import { formStyles } from './form.styles.ts'
import { FormState } from './form-state.ts'
import { programmeForm } from './programme-form.ts'
import { programmeHead } from './programme-head.ts'
import { STEPS, type Step } from './programme-status.ts'
import { programmeStyles } from './programmes.styles.ts'
import { formOf, newForm } from './rule-form.ts'
import { versionList } from './version-list.ts'

/** Told when a programme has been made or changed, as it is now. */
export class ProgrammeSavedEvent extends Event {
  static readonly type = 'grapevine-programme-saved'
  readonly programme: Programme

  constructor(programme: Programme) {
    super(ProgrammeSavedEvent.type)
    this.programme = programme
  }
}

/** One programme in its form, with what it would have paid, its status and every rule it had. */
export class GrapevineProgramme extends View {
  static override styles = [View.styles, dialogs, programmeStyles, formStyles].flat()
  static override properties: PropertyDeclarations = {
    ...View.properties,
    programme: { attribute: false },
    tried: { state: true },
    busy: { state: true },
    notice: { state: true },
    question: { state: true },
  }

  /** The programme as it is saved; none while a new one is made. */
  declare programme: Programme | undefined
  /** The last rule of the form that could be one, which the preview shows. */
  declare tried: Rule
  declare busy: boolean
  /** What came of the last act, in words. */
  declare notice: { good: boolean; text: string } | undefined
  declare question: Question | undefined

  readonly #state = new FormState(this, newForm())
  readonly #guard = new LeaveGuard(
    this,
    () => this.#state.unsaved,
    (to) => this.#askToLeave(to),
  )
  readonly #versions = new Report<ProgrammeVersions>(
    this,
    () => `${this.programme?.id} ${this.programme?.version}`,
    async (signal) =>
      this.programme ? read(`/v1/programmes/${this.programme.id}/versions`, {}, signal) : { data: [] },
  )
  /** What the site has seen: the names and currencies that a rule is likely about. */
  readonly #seen = new Report<ConversionsReport>(
    this,
    () => 'seen',
    (signal) => read('/v1/reports/conversions', { limit: 100 }, signal),
  )
  #known: Known = { conversions: [], currencies: [] }

  constructor() {
    super()
    this.busy = false
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('programme')) this.#begin(changed.get('programme'))
    if (this.#seen.data && this.#known.conversions.length === 0) this.#learn(this.#seen.data)
    if (this.#state.ruled) this.tried = this.#state.rule
  }

  override updated(changed: PropertyValues<this>): void {
    if (changed.has('question') && this.question) this.renderRoot.querySelector('dialog')?.showModal()
  }

  override render() {
    const { programme, question } = this
    return html`
      ${programmeHead(programme, this.linkTo({ options: {} }), this.busy, this.#step)}
      <div class="columns">
        <form
          novalidate
          aria-label=${programme?.name ?? text('programme_new')}
          @submit=${this.#submitted}
          @focusout=${this.#left}
        >
          ${programmeForm(this.#state, this.#known, {
            status: programme?.status,
            busy: this.busy,
            notice: this.notice,
            discard: programme ? this.#discard : undefined,
          })}
        </form>
        <div class="aside">
          <grapevine-programme-preview .rule=${this.tried} .complete=${this.#state.ruled} .person=${this.linkToPerson}></grapevine-programme-preview>
          ${programme ? this.#history() : nothing}
        </div>
      </div>
      ${question ? confirmDialog(question, this.#answered) : nothing}
    `
  }

  #history() {
    return html`
      <section class="panel" aria-labelledby="versions">
        <header><h2 id="versions">${text('versions')}</h2></header>
        ${shown(this.#versions, html`<div class="skeleton version-place"></div>`, versionList)}
      </section>
    `
  }

  /** A form that holds changes of the owner's is kept when news of its programme come in. */
  #begin(before: Programme | undefined): void {
    const { programme } = this
    if (!programme || (programme.id === before?.id && this.#state.unsaved)) return
    this.#state.start(formOf(programme.name, programme.rule))
  }

  /** Offers what the site has seen, and starts a new programme from it. */
  #learn(seen: ConversionsReport): void {
    this.#known = knownOf(seen)
    const [currency] = this.#known.currencies
    if (currency && !this.programme && !this.#state.unsaved) this.#state.start(newForm(currency))
  }

  readonly #submitted = (event: SubmitEvent): void => {
    event.preventDefault()
    void this.#save(event.submitter?.getAttribute('value') === 'running' ? 'running' : undefined)
  }

  readonly #left = (event: FocusEvent): void => {
    const { field } = (event.target as HTMLElement).dataset
    if (field) this.#state.leave(field)
  }

  readonly #discard = (): void => {
    if (this.programme) this.#state.start(formOf(this.programme.name, this.programme.rule))
    this.notice = undefined
  }

  readonly #step = (step: Step): void => {
    const status = STEPS[step]
    if (status !== 'ended') void this.#save(status)
    else
      this.question = {
        title: text('programme_end_ask', { name: this.programme?.name ?? '' }),
        body: text('programme_end_hint'),
        yes: text('programme_do_end'),
        no: text('cancel'),
        go: () => void this.#act(() => this.#patch({ status }), text('programme_is_ended')),
      }
  }

  /** Saves what is typed, and the status with it if one is wanted. */
  async #save(status?: 'running' | 'paused'): Promise<void> {
    const { programme } = this
    const { form, rule, unsaved } = this.#state
    if ((unsaved || !programme) && !this.#state.attempt()) {
      this.notice = { good: false, text: text('form_faults') }
      await this.updateComplete
      this.#focus([...this.#state.faults.keys()][0] ?? 'name')
      return
    }
    const name = form.name.trim()
    const made = { name, rule, status: status === 'running' ? status : 'draft' } satisfies NewProgramme
    const change = { ...(unsaved ? { name, rule } : {}), ...(status ? { status } : {}) }
    await this.#act(
      () => (programme ? this.#patch(change) : post('/v1/programmes', made)),
      text(status ? `programme_is_${status}` : 'form_saved'),
    )
  }

  #patch(change: Parameters<typeof patch<`/v1/programmes/${string}`>>[1]): Promise<Programme> {
    return patch(`/v1/programmes/${this.programme?.id}`, change)
  }

  async #act(does: () => Promise<Programme>, done: string): Promise<void> {
    this.busy = true
    this.notice = undefined
    try {
      const programme = await does()
      this.#state.start(formOf(programme.name, programme.rule))
      this.notice = { good: true, text: done }
      this.dispatchEvent(new ProgrammeSavedEvent(programme))
    } catch (error) {
      await this.#failed(error)
    }
    this.busy = false
  }

  async #failed(error: unknown): Promise<void> {
    if (!(error instanceof RequestError)) throw error
    const message = error.status === 0 ? text('error_unreachable') : error.message
    const field = error.field && fieldNamed(this.renderRoot, error.field)?.dataset.field
    this.notice = { good: false, text: field ? text('form_faults') : message }
    if (!field) return
    this.#state.refuse(field, message)
    await this.updateComplete
    this.#focus(field)
  }

  #focus(field: string): void {
    const input = fieldNamed(this.renderRoot, field)
    const folded = input?.closest('details')
    if (folded) folded.open = true
    input?.focus()
  }

  #askToLeave(to: string): void {
    this.question = {
      title: text('form_leave_ask'),
      body: text('form_leave_hint'),
      yes: text('form_leave'),
      no: text('form_stay'),
      go: () => this.#guard.go(to),
    }
  }

  readonly #answered = (): void => {
    this.question = undefined
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'grapevine-programme': GrapevineProgramme
  }
  interface HTMLElementEventMap {
    'grapevine-programme-saved': ProgrammeSavedEvent
  }
}
