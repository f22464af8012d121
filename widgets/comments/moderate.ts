import { html, nothing, type TemplateResult } from 'lit'
import {
  IDEA_STATUSES,
  type IdeaStatus,
  NOTE_LENGTH,
  THREAD_MODES,
  type ThreadMode,
} from '../../server/contract/comment-limits.ts'
import type { Comment } from '../../server/contract/comments.ts'
import { type BanKind, DECISIONS, type Decision } from '../../server/contract/moderation-models.ts'
import type { Texts } from '../core/i18n.ts'
import { readShared, writeOwn } from '../core/request-own.ts'
import type { CommentsModerationKey } from '../locales/comments-moderation.en.ts'
import { reasonFor } from './composer-reason.ts'
import type { CommentsHost } from './host.ts'
import { loadModerationTexts } from './moderate-texts.ts'
import { query } from './reading.ts'
import { peopleStyles } from './sign-in.styles.ts'

const DAY_MS = 24 * 60 * 60 * 1000
/** How long a ban lasts, in days. */
const TERMS = { day: 1, week: 7, month: 30, ever: Infinity } as const
type Term = keyof typeof TERMS

const DECIDED = { approve: 'approved', hold: 'held', refuse: 'refused', delete: 'deleted' } as const
const STATES = ['open', 'locked', 'read_only'] as const
const STATUS_TEXT = { planned: 'planned', done: 'ideaDone', declined: 'declined' } as const

/** Opens what a moderator can do with a comment, its author and its thread. */
export async function openModerate(host: CommentsHost, comment: Comment): Promise<void> {
  const texts = await loadModerationTexts()
  host.dress(peopleStyles)
  await new Moderation(host, texts, comment).open()
}

class Moderation {
  #host: CommentsHost
  #texts: Texts<CommentsModerationKey>
  #comment: Comment
  #busy = false
  #said = ''
  #refused = ''
  #undo: (() => Promise<unknown>) | undefined

  constructor(host: CommentsHost, texts: Texts<CommentsModerationKey>, comment: Comment) {
    this.#host = host
    this.#texts = texts
    this.#comment = comment
  }

  open = (): Promise<void> =>
    this.#host.open(() => ({
      title: this.#texts.t('moderateOf', { name: this.#comment.author?.name ?? '' }),
      body: this.#body(),
    }))

  #body(): TemplateResult {
    const { t } = this.#texts
    return html`<div class="people-form">
      <p class="told" role="status">
        ${this.#said} ${this.#undo ? html`<button type="button" class="link" @click=${this.#takeBack}>${t('undo')}</button>` : nothing}
      </p>
      <p class="refusal" role="alert">${this.#refused}</p>
      ${this.#ofComment()} ${this.#host.thread?.mode === 'ideas' && this.#comment.parent === null ? this.#ofIdea() : nothing}
      ${this.#comment.author && this.#comment.author.badge !== 'owner' ? this.#ofAuthor(this.#comment.author.name) : nothing}
      ${this.#ofPage()}
    </div>`
  }

  #ofComment() {
    const { t } = this.#texts
    const { pinned, state, parent } = this.#comment
    const left = DECISIONS.filter((decision) => decision !== (state === 'visible' ? 'approve' : 'hold'))
    return html`<div class="acts" role="group" aria-label=${t('thisComment')}>
      ${left.map((decision) => this.#button(t(decision), () => this.#decide(decision)))}
      ${parent === null ? this.#button(t(pinned ? 'unpin' : 'pin'), () => this.#pin(!pinned)) : nothing}
    </div>`
  }

  #ofIdea() {
    const { t } = this.#texts
    const { status } = this.#comment
    return html`<form @submit=${this.#setStatus}>
      <label for="idea-status">${t('ideaStatus')}</label>
      <select class="field" id="idea-status" name="status">
        <option value="" ?selected=${status === null}>${t('undecided')}</option>
        ${IDEA_STATUSES.map((each) => html`<option value=${each} ?selected=${status?.status === each}>${t(STATUS_TEXT[each])}</option>`)}
      </select>
      <label for="idea-note">${t('ideaNote')}</label>
      <textarea class="field" id="idea-note" name="note" rows="2" dir="auto" maxlength=${NOTE_LENGTH} .defaultValue=${status?.note ?? ''}></textarea>
      <button type="submit" class="plain" part="button">${t('set')}</button>
    </form>`
  }

  #ofAuthor(name: string) {
    const { t } = this.#texts
    return html`<section aria-labelledby="moderate-author">
      <h3 id="moderate-author">${t('author')}</h3>
      <form @submit=${this.#ban}>
        <label for="ban-term">${t('banFor')}</label>
        <select class="field" id="ban-term" name="term">
          ${(Object.keys(TERMS) as Term[]).map((term) => html`<option value=${term}>${t(term)}</option>`)}
        </select>
        <label for="ban-note">${t('reason')}</label>
        <input class="field" id="ban-note" name="note" dir="auto" maxlength=${NOTE_LENGTH} />
        <button type="submit" class="plain wide" part="button" name="kind" value="ban">${t('ban', { name })}</button>
        <button type="submit" class="plain wide" part="button" name="kind" value="shadow">${t('shadow', { name })}</button>
      </form>
    </section>`
  }

  #ofPage() {
    const { t } = this.#texts
    const { thread } = this.#host
    const choice = (id: string, label: string, all: readonly CommentsModerationKey[], now: string) =>
      html`<label for=${id}>${label}</label>
        <select class="field" id=${id} @change=${this.#setThread}>
          ${all.map((each) => html`<option value=${each} ?selected=${each === now}>${t(each)}</option>`)}
        </select>`
    return html`<section aria-labelledby="moderate-page">
      <h3 id="moderate-page">${t('thisPage')}</h3>
      ${choice('thread-state', t('comments'), STATES, thread?.state ?? '')}
      ${choice('thread-mode', t('mode'), THREAD_MODES, thread?.mode ?? '')}
    </section>`
  }

  #button = (words: string, go: () => unknown) =>
    html`<button type="button" class="plain" part="button" aria-disabled=${this.#busy} @click=${go}>${words}</button>`

  #decide(act: Decision): Promise<void> {
    const { id } = this.#comment
    return this.#do(DECIDED[act], async () => {
      const { acts } = await writeOwn('POST /v1/moderation/decisions', { comments: [id], act, note: '' })
      await this.#read()
      const undoable = acts.find((done) => done.undoable)
      return undoable && (() => writeOwn(`POST /v1/moderation/acts/${undoable.id}/undo`, {}))
    })
  }

  #pin(pinned: boolean): Promise<void> {
    return this.#do(pinned ? 'pinned' : 'unpinned', async () => {
      this.#take((await writeOwn(`PUT /v1/comments/${this.#comment.id}/pinned`, { pinned })).comment)
      return undefined
    })
  }

  #setStatus = (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    const said = new FormData(event.target as HTMLFormElement)
    const status = (String(said.get('status')) || null) as IdeaStatus | null
    const note = String(said.get('note') ?? '').trim()
    return this.#do('wasSet', async () => {
      const answer = await writeOwn(`PUT /v1/comments/${this.#comment.id}/status`, { status, note })
      this.#take(answer.comment)
      return undefined
    })
  }

  #ban = (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    const said = new FormData(event.target as HTMLFormElement, event.submitter)
    const kind = String(said.get('kind')) as BanKind
    const days = TERMS[String(said.get('term')) as Term]
    const until = Number.isFinite(days) ? new Date(Date.now() + days * DAY_MS).toISOString() : undefined
    const note = String(said.get('note') ?? '').trim()
    return this.#do(kind === 'ban' ? 'banned' : 'shadowed', async () => {
      const person = this.#comment.author?.id ?? ''
      const { id } = await writeOwn('POST /v1/moderation/bans', {
        kind,
        person,
        note,
        ...(until && { until }),
      })
      return () => writeOwn(`POST /v1/moderation/bans/${id}/lift`, {})
    })
  }

  #setThread = ({ target }: Event): Promise<void> => {
    const { id, value } = target as HTMLSelectElement
    const { page, pageId } = this.#host
    const change =
      id === 'thread-mode' ? { mode: value as ThreadMode } : { state: value as (typeof STATES)[number] }
    return this.#do('wasSet', async () => {
      await writeOwn('PATCH /v1/threads', { url: page, ...(pageId && { pageId }), ...change })
      await this.#host.reload()
      return undefined
    })
  }

  #takeBack = (): Promise<void> => {
    const undo = this.#undo
    return this.#do('undone', async () => {
      await undo?.()
      await this.#read()
      return undefined
    })
  }

  /** Does one thing at a time, says that it was done, and keeps how it is taken back. */
  async #do(
    said: CommentsModerationKey,
    act: () => Promise<(() => Promise<unknown>) | undefined>,
  ): Promise<void> {
    if (this.#busy) return
    this.#busy = true
    this.#said = ''
    this.#refused = ''
    this.#undo = undefined
    this.#host.requestUpdate()
    try {
      this.#undo = await act()
      this.#said = this.#texts.t(said)
    } catch (error) {
      this.#refused = reasonFor(error, this.#texts)
      this.#host.fail(error)
    }
    this.#busy = false
    this.#host.requestUpdate()
  }

  /** Reads the comment as everybody sees it now; where nobody does, it goes. */
  async #read(): Promise<void> {
    const { id } = this.#comment
    const { data } = await readShared('/v1/comments', query({ id }))
    const [comment] = data
    if (comment) this.#take(comment)
    else {
      this.#comment = { ...this.#comment, state: 'held' }
      this.#host.comments.remove(id)
    }
  }

  #take(comment: Comment): void {
    this.#comment = comment
    if (this.#host.comments.byId.has(comment.id)) this.#host.comments.upsert([comment])
    else this.#host.comments.insertNew([comment])
  }
}
