import { html, nothing, type TemplateResult } from 'lit'
import { COMMENT_LENGTH } from '../../server/contract/comment-limits.ts'
import type { Anchor, Comment, Source } from '../../server/contract/comments.ts'
import type { Markup } from '../../server/contract/markup.ts'
import type { Texts } from '../core/i18n.ts'
import { type RequestFailure, readOwn, writeOwn } from '../core/request-own.ts'
import type { CommentsMoreKey } from '../locales/comments-more.en.ts'
import { composerStyles } from './composer.styles.ts'
import { asParagraphs, change, expected, newComment, post } from './composer-post.ts'
import { reasonFor } from './composer-reason.ts'
import { Speaking } from './composer-speaking.ts'
import { loadMoreTexts } from './composer-texts.ts'
import { DraftKeeper } from './drafts.ts'
import type { CommentsHost, Where, Writing } from './host.ts'
import { markup } from './markup.ts'
import type { Mentions } from './mention.ts'
import { timeText } from './times.ts'

/** From so many characters before the limit on it is said how many are left. */
const NEAR = 500
/** Lines that a field grows to where the browser does not see to it. */
const MOST_LINES = 20

/** Why the server did not take what was written; `field` is where that can be mended. */
interface Refusal {
  reason: string
  field: string | undefined
}

let made = 0

/** Where a comment is written: a new one, a reply, or another wording of one that is there. */
export class Composer implements Writing {
  #host: CommentsHost
  #texts: Texts<CommentsMoreKey>
  #where: Where
  #drafts: DraftKeeper
  readonly id = `write-${++made}`
  #source: Source | undefined
  #mentions: Mentions | undefined
  #preview: Markup | undefined
  #busy = false
  /** How far the proof of work is, in percent. */
  #work: number | undefined
  #refusal: Refusal | undefined
  #speaking: Speaking
  #left = COMMENT_LENGTH
  #found: boolean

  /** Loads the texts and, of a comment that is changed, what it says. */
  static async for(host: CommentsHost, where: Where): Promise<Composer> {
    const { edit } = where
    const [texts, source] = await Promise.all([
      loadMoreTexts(),
      edit && readOwn(`/v1/comments/${edit.id}/source`),
    ])
    host.dress(composerStyles)
    return new Composer(host, texts, where, source)
  }

  constructor(host: CommentsHost, texts: Texts<CommentsMoreKey>, where: Where, source?: Source) {
    this.#host = host
    this.#texts = texts
    this.#where = where
    this.#source = source
    this.#drafts = new DraftKeeper(host, where)
    this.#speaking = new Speaking(this, host, texts, this.#drafts)
    const { draft } = this.#drafts
    this.#found = draft.body !== ''
    if (source && !draft.body) draft.body = source.body
    this.#count()
    if (where.quote) this.quote(where.quote)
  }

  /** @internal Puts a quotation below what is there. */
  quote(text: string): void {
    const { body } = this.#drafts.draft
    const quoted = text.replace(/^/gm, '> ')
    this.#write(`${body.replace(/\s+$/, '')}${body ? '\n\n' : ''}${quoted}\n\n`)
  }

  /** Speaks of a passage of the page. */
  about(anchor: Anchor | undefined): void {
    const { anchor: _, ...where } = this.#where
    this.#where = anchor ? { ...where, anchor } : where
    this.#host.requestUpdate()
  }

  render(): TemplateResult {
    const { t } = this.#texts
    const { anchor, edit } = this.#where
    if (this.#speaking.changed()) this.#refusal = undefined
    const id = this.id
    const refused = this.#refusal?.field === 'body' || this.#left < 0
    return html`<form
      class="composer"
      part="composer"
      novalidate
      aria-busy=${this.#busy}
      @submit=${this.#submit}
      @keydown=${this.#key}
    >
      ${
        anchor
          ? html`<blockquote class="passage" dir="auto" aria-label=${t('passage')}>${anchor.exact}
              <button type="button" class="link" @click=${() => this.about(undefined)}>${t('dropPassage')}</button>
            </blockquote>`
          : nothing
      }
      <div class="paper">
        <textarea
          class="field"
          part="field"
          id=${id}
          rows="3"
          dir="auto"
          enterkeyhint="enter"
          autocapitalize="sentences"
          aria-label=${this.#label()}
          aria-describedby="${id}-hints ${id}-refusal"
          aria-invalid=${refused}
          aria-autocomplete="list"
          placeholder=${edit || this.#where.parent ? '' : this.#host.texts.t('write')}
          ?hidden=${this.#preview !== undefined}
          ?readonly=${this.#busy}
          .defaultValue=${this.#drafts.draft.body}
          @input=${this.#input}
          @click=${this.#look}
          @blur=${() => this.#mentions?.close()}
        ></textarea>
        ${this.#mentions?.render()}
        ${this.#preview ? html`<div class="text preview" part="preview" role="region" tabindex="0" aria-label=${t('previewOf')}>${markup(this.#preview)}</div>` : nothing}
      </div>
      <p class="hints" id="${id}-hints">
        <span>${this.#found ? t('draftFound') : t('hints')}</span>
        ${this.#left < NEAR ? html`<b class=${this.#left < 0 ? 'over' : ''}>${this.#room()}</b>` : nothing}
      </p>
      ${edit ? this.#before() : this.#speaking.render()} ${this.#said()}
      <div class="ways">${this.#buttons()}</div>
    </form>`
  }

  /** The field in which what was refused can be mended. */
  get refused(): string | undefined {
    return this.#refusal?.field
  }

  #label(): string {
    const { t } = this.#texts
    const { parent, edit } = this.#where
    if (edit) return t('changing')
    return parent ? t('answer', { name: parent.author?.name ?? '' }) : t('comment')
  }

  /** What the comment said before it was changed. */
  #before() {
    const { t, lang } = this.#texts
    const edits = this.#source?.edits ?? []
    if (edits.length === 0) return nothing
    return html`<details>
      <summary>${t('earlier')}</summary>
      ${edits.map(({ at, body }) => html`<p class="quiet"><time datetime=${at}>${timeText(at, lang)}</time></p><pre>${body}</pre>`)}
    </details>`
  }

  /** What became of the last try. */
  #said() {
    const { t } = this.#texts
    const words = this.#refusal
      ? `${this.#where.edit || this.#refusal.field ? '' : t('notPosted')} ${this.#refusal.reason}`
      : ''
    const working = this.#work === undefined ? '' : t('checking', { count: this.#work })
    return html`<p class="refusal" id="${this.id}-refusal" role="alert">${words}</p>
      ${working ? html`<p class="hints" role="status">${working}</p>` : nothing}`
  }

  #buttons() {
    const { t } = this.#texts
    const { parent, edit } = this.#where
    const { mine, thread } = this.#host
    const stranger = !mine?.member && thread?.ways.guests === false
    const failed = this.#refusal && !this.#refusal.field
    const go = this.#busy ? t('posting') : t(edit ? 'save' : failed ? 'again' : parent ? 'postReply' : 'post')
    return html`
      ${
        stranger
          ? html`<button type="button" class="lead" part="button lead" @click=${this.signIn}>${t('signInToPost')}</button>`
          : html`<button type="submit" class="lead" part="button lead" aria-disabled=${this.#busy}>${go}</button>`
      }
      <button type="button" class="plain" part="button" data-show @click=${this.#show}>
        ${t(this.#preview ? 'writeOn' : 'preview')}
      </button>
      ${parent || edit ? html`<button type="button" class="plain" part="button" @click=${this.#cancel}>${t('cancel')}</button>` : nothing}
    `
  }

  #room(): string {
    const { t } = this.#texts
    return this.#left < 0 ? t('over', { count: -this.#left }) : t('left', { count: this.#left })
  }

  get #field(): HTMLTextAreaElement | null {
    return this.#host.renderRoot.querySelector(`#${this.id}`)
  }

  /** Takes in what was typed; draws only where something else than the text changes. */
  #input = ({ target }: Event): void => {
    const field = target as HTMLTextAreaElement
    this.#drafts.change({ body: field.value })
    grow(field)
    this.#look()
    const shown = this.#left
    this.#count()
    const changed = this.#left < NEAR || shown < NEAR || this.#refusal?.field === 'body' || this.#found
    this.#found = false
    if (this.#refusal?.field === 'body') this.#refusal = undefined
    if (!changed) return
    // Whoever does not see the number hears of it twice: when it gets tight, and when it is too much.
    if (shown >= NEAR !== this.#left >= NEAR || shown >= 0 !== this.#left >= 0)
      this.#host.say(this.#left < NEAR ? this.#room() : '')
    this.#host.requestUpdate()
  }

  #count(): void {
    this.#left = COMMENT_LENGTH - this.#drafts.draft.body.trim().length
  }

  /** Puts a text into the field. */
  #write(body: string): void {
    this.#drafts.change({ body })
    this.#count()
    const field = this.#field
    if (field) {
      field.value = body
      grow(field)
      field.setSelectionRange(body.length, body.length)
    }
    this.#host.requestUpdate()
  }

  #look = async (): Promise<void> => {
    const field = this.#field
    if (!this.#mentions && field?.value.includes('@')) {
      const { Mentions } = await import('./mention.ts')
      this.#mentions ??= new Mentions(this.#host, this.#texts, `${this.id}-people`)
    }
    if (field) this.#mentions?.look(field)
  }

  #key = (event: KeyboardEvent): void => {
    if (this.#mentions?.key(event) || event.isComposing) return
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      ;(event.currentTarget as HTMLFormElement).requestSubmit()
    }
    if (event.key === 'Escape') this.#cancel()
  }

  /** Gives up for now: what was written is kept. */
  #cancel = (): void => {
    const { draft } = this.#drafts
    const { parent, edit } = this.#where
    if (!(parent || edit) || this.#busy) return
    if (draft.body.trim() === (this.#source?.body ?? '').trim()) this.#drafts.clear()
    else this.#host.say(this.#texts.t('draftKept'), true)
    this.#drafts.close()
    this.#host.doneWriting(this.#where)
  }

  /** Opens the dialog of signing in; what was written is kept. */
  signIn = async (): Promise<void> => {
    this.#drafts.save()
    try {
      await (await import('./sign-in.ts')).openSignIn(this.#host)
    } catch (error) {
      this.#refuse(error)
    }
  }

  #show = async (): Promise<void> => {
    if (this.#preview) {
      this.#turn({ preview: undefined })
      await this.#host.updateComplete
      this.#field?.focus()
      return
    }
    const { body } = this.#drafts.draft
    if (!this.#ready(body)) return
    try {
      const preview = (await writeOwn('POST /v1/comments/preview', { body })).body
      this.#turn({ preview, refusal: undefined })
    } catch (error) {
      this.#refuse(error)
    }
  }

  /** Whether there is something to send; says so where there is not. */
  #ready(body: string): boolean {
    const reason = body.trim() === '' ? this.#texts.t('nothing') : this.#left < 0 ? this.#room() : ''
    if (reason) this.#send('body', reason)
    return !reason
  }

  #submit = async (event: Event): Promise<void> => {
    event.preventDefault()
    const { draft } = this.#drafts
    if (this.#busy || !this.#ready(draft.body)) return
    const { edit } = this.#where
    if (!edit && this.#speaking.nameless) return this.#send('name', this.#texts.t('nameWanted'))
    this.#turn({ busy: true, refusal: undefined, preview: undefined })
    try {
      if (edit) await this.#change(edit)
      else await this.#post()
    } catch (error) {
      this.#refuse(error)
    }
    this.#turn({ busy: false, work: undefined })
  }

  /** The comment stands there at once; where it is not taken it goes, and the text stays. */
  async #post(): Promise<void> {
    const host = this.#host
    const where = this.#where
    const { comments } = host
    const said = newComment(host, where, this.#drafts)
    const shown = expected(host, where, said.name ?? '', asParagraphs(said.body))
    const pending = comments.insertOptimistic(shown)
    let taken: Comment
    try {
      taken = await post(said, this.#drafts, this.#progress)
    } catch (error) {
      comments.remove(pending)
      throw error
    }
    this.#drafts.clear()
    this.#speaking.done()
    this.#write('')
    this.about(undefined)
    this.#done(taken)
    comments.replaceOptimistic(pending, taken)
    if (!host.mine?.person || said.name) await host.reloadMine()
    await host.focusComment(taken.id)
  }

  async #change(edit: Comment): Promise<void> {
    const taken = await change(edit.id, this.#drafts.draft.body, this.#progress)
    this.#drafts.clear()
    this.#host.comments.upsert([taken])
    this.#done(taken)
  }

  #done({ state }: Comment): void {
    const { t } = this.#texts
    const { edit, parent } = this.#where
    if (edit || parent) this.#drafts.close()
    this.#host.doneWriting(this.#where)
    const held = state === 'held'
    this.#host.say(t(held ? 'heldBack' : edit ? 'saved' : 'posted'), held || !!edit)
  }

  #progress = (part: number): void => this.#turn({ work: Math.round(part * 100) })

  /** Says why it did not work, where that can be mended. */
  #refuse(error: unknown): void {
    const { field, code } = error as Partial<RequestFailure>
    const mendable = ['name', 'mail', 'body'].find((each) => each === field)
    this.#send(mendable, reasonFor(error, this.#texts))
    this.#host.fail(error)
    if (code === 'unauthorized') void this.signIn()
  }

  /** Sends whoever writes to the field where it can be mended. */
  #send(field: string | undefined, reason: string): void {
    this.#speaking.ask(field)
    this.#turn({ busy: false, refusal: { reason, field } })
    const at = field && field !== 'body' ? `#${this.id}-${field}` : `#${this.id}`
    void this.#host.updateComplete.then(() => this.#host.renderRoot.querySelector<HTMLElement>(at)?.focus())
  }

  #turn(state: {
    busy?: boolean
    work?: number | undefined
    refusal?: Refusal | undefined
    preview?: Markup | undefined
  }): void {
    if ('busy' in state) this.#busy = state.busy ?? false
    if ('work' in state) this.#work = state.work
    if ('refusal' in state) this.#refusal = state.refusal
    if ('preview' in state) this.#preview = state.preview
    this.#host.requestUpdate()
  }
}

/** Grows a field with its text where the browser does not (`field-sizing`). */
function grow(field: HTMLTextAreaElement): void {
  if (CSS.supports('field-sizing', 'content')) return
  while (field.scrollHeight > field.clientHeight + 2 && field.rows < MOST_LINES) field.rows++
}
