import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit'
import type { Moves, NewMove } from '../../../server/contract/pages.ts'
import type { CommentSettings, CommentSettingsChange } from '../../../server/contract/screening.ts'
import type { SignInSettings, SignInSettingsChange } from '../../../server/contract/sign-in.ts'
import type { DashboardText } from '../../locales/dashboard.en.ts'
import { patch, post, RequestError, read, remove } from '../api.ts'
import { LeaveGuard } from '../leave-guard.ts'
import { confirmDialog, type Question } from '../parts/confirm-dialog.ts'
import { dialogs } from '../parts/dialog.styles.ts'
import { shown } from '../parts/states.ts'
import { Report } from '../report.ts'
import { text } from '../texts.ts'
import { View } from '../view.ts'
import { checksSection } from './checks-section.ts'
import { commentSettingsStyles } from './comment-settings.styles.ts'
import { settingField } from './field-template.ts'
import { movesPanel } from './moves-panel.ts'
import { rulesEditor } from './rules-editor.ts'
import { SettingsDraft } from './settings-draft.ts'
import { type Field, SECTIONS, type Section } from './settings-fields.ts'
import { signInSection } from './sign-in-section.ts'

/** How comments and signing in are on the site, and where its pages moved. */
export class GrapevineCommentSettings extends View {
  static override styles = [View.styles, dialogs, commentSettingsStyles].flat()
  static override properties: PropertyDeclarations = {
    ...View.properties,
    busy: { state: true },
    notice: { state: true },
    question: { state: true },
    moveFault: { state: true },
  }

  declare busy: boolean
  /** What came of the last act, in words. */
  declare notice: { good: boolean; text: string } | undefined
  declare question: Question | undefined
  declare moveFault: string | undefined

  readonly #comments = new SettingsDraft<CommentSettings, CommentSettingsChange>(this)
  readonly #signIn = new SettingsDraft<SignInSettings, SignInSettingsChange>(this)
  readonly #saved = new Report<[CommentSettings, SignInSettings]>(
    this,
    () => 'settings',
    (signal) =>
      Promise.all([read('/v1/moderation/settings', {}, signal), read('/v1/sign-in/settings', {}, signal)]),
  )
  readonly #moves = new Report<Moves>(
    this,
    () => 'moves',
    (signal) => read('/v1/pages/moves', {}, signal),
  )
  readonly #guard = new LeaveGuard(
    this,
    () => this.#unsaved,
    (to) => {
      this.question = {
        title: text('form_leave_ask'),
        body: text('form_leave_hint'),
        yes: text('form_leave'),
        no: text('form_stay'),
        go: () => this.#guard.go(to),
      }
    },
  )

  constructor() {
    super()
    this.busy = false
  }

  override willUpdate(): void {
    if (!this.#saved.data) return
    const [comments, signIn] = this.#saved.data
    this.#comments.start(comments)
    this.#signIn.start(signIn)
  }

  override updated(changed: PropertyValues<this>): void {
    if (changed.has('question') && this.question) this.renderRoot.querySelector('dialog')?.showModal()
  }

  override render(): TemplateResult {
    return html`
      <div class="stack">
        ${shown(this.#saved, html`<div class="skeleton form-place"></div>`, ([, signIn]) => this.#form(signIn))}
        <section class="panel part" aria-labelledby="moves">
          <h2 id="moves">${text('moves')}</h2>
          <p class="small muted">${text('moves_hint')}</p>
          ${shown(this.#moves, html`<div class="skeleton"></div>`, (moves) =>
            movesPanel(moves, {
              busy: this.busy,
              fault: this.moveFault,
              add: this.#addMove,
              remove: this.#removeMove,
            }),
          )}
        </section>
      </div>
      ${this.question ? confirmDialog(this.question, this.#answered) : nothing}
    `
  }

  #form(signIn: SignInSettings): TemplateResult {
    const sections = Object.keys(SECTIONS) as Section[]
    return html`
      <form class="all" novalidate @submit=${this.#submitted}>
        ${sections.map((name) => this.#section(name))}
        <section class="panel part" aria-labelledby="checks">
          <h2 id="checks">${text('checks')}</h2>
          ${checksSection(this.#comments)}
        </section>
        <section class="panel part" aria-labelledby="sign-in">
          <h2 id="sign-in">${text('sign_in_ways')}</h2>
          ${signInSection(this.#signIn, signIn)}
        </section>
        <div class="saving panel">
          <span role="status" class=${this.notice?.good === false ? 'bad' : ''}>${this.notice?.text ?? (this.#unsaved ? text('settings_unsaved') : '')}</span>
          <button class="button" type="button" ?disabled=${this.busy || !this.#unsaved} @click=${this.#discard}>${text('form_discard')}</button>
          <button class="button main" ?disabled=${this.busy || !this.#unsaved}>${text('settings_save')}</button>
        </div>
      </form>
    `
  }

  #section(name: Section): TemplateResult {
    const fields: readonly Field[] = SECTIONS[name]
    return html`
      <section class="panel part" aria-labelledby=${name}>
        <h2 id=${name}>${text(`settings_${name}` as DashboardText)}</h2>
        ${fields.map((field) => settingField(this.#comments, field))}
        ${name === 'waiting' && this.#comments.get('policy') === 'rules' ? rulesEditor(this.#comments) : nothing}
      </section>
    `
  }

  get #unsaved(): boolean {
    return this.#comments.unsaved || this.#signIn.unsaved
  }

  readonly #submitted = (event: SubmitEvent): void => {
    event.preventDefault()
    void this.#save()
  }

  async #save(): Promise<void> {
    this.busy = true
    this.notice = undefined
    const saved = [
      await this.#try(this.#comments, () => patch('/v1/moderation/settings', this.#comments.changed)),
      await this.#try(this.#signIn, () => patch('/v1/sign-in/settings', this.#signIn.changed)),
    ]
    if (saved.every(Boolean)) this.notice = { good: true, text: text('form_saved') }
    await this.#saved.extend(async (_, signal) => [
      await read('/v1/moderation/settings', {}, signal),
      await read('/v1/sign-in/settings', {}, signal),
    ])
    this.busy = false
    await this.updateComplete
    this.renderRoot.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }

  /** Saves one of the two, if it was changed; whether all is well with it. */
  async #try(
    draft: { unsaved: boolean; fault: { field: string; message: string } | undefined; discard(): void },
    save: () => Promise<unknown>,
  ): Promise<boolean> {
    if (!draft.unsaved) return true
    try {
      await save()
      draft.discard()
      return true
    } catch (error) {
      const { message, field } = failureOf(error)
      if (field) draft.fault = { field, message }
      this.notice = { good: false, text: field ? text('form_faults') : message }
      return false
    }
  }

  readonly #discard = (): void => {
    this.#comments.discard()
    this.#signIn.discard()
    this.notice = undefined
  }

  readonly #addMove = async (move: NewMove): Promise<boolean> => {
    this.moveFault = undefined
    try {
      await post('/v1/pages/moves', move)
    } catch (error) {
      this.moveFault = failureOf(error).message
      return false
    }
    this.#moves.retry()
    return true
  }

  readonly #removeMove = (id: string): void => {
    this.busy = true
    void remove(`/v1/pages/moves/${id}`)
      .catch((error: unknown) => {
        this.moveFault = failureOf(error).message
      })
      .finally(() => {
        this.busy = false
        this.#moves.retry()
      })
  }

  readonly #answered = (): void => {
    this.question = undefined
  }
}

function failureOf(error: unknown): { message: string; field: string | undefined } {
  if (!(error instanceof RequestError)) throw error
  return {
    message: error.status === 0 ? text('error_unreachable') : error.message,
    field: error.field,
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'grapevine-comment-settings': GrapevineCommentSettings
  }
}
