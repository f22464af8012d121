import { html, nothing } from 'lit'
import { readShared } from '../core/request-own.ts'
import type { CommentList } from './comment-list.ts'
import type { CommentStore } from './comment-store.ts'
import type { CommentsHost } from './host.ts'
import { laterStyles } from './later.styles.ts'
import { named, query } from './reading.ts'

/** What it takes of an element to go through its thread. */
export interface TravelHost extends CommentsHost {
  readonly list: CommentList
  readonly reader: { readonly levels: number }
  newStore(): CommentStore
  redraw(): Promise<unknown>
}

/** Ways through a thread: on to what is not loaded, into a branch that is shown by itself, to one comment. */
export class Travels {
  /** The branch that is shown by itself, if one is. */
  branch: CommentStore | undefined
  #host: TravelHost
  /** The topmost comment of the branch, where what it answers is not shown. */
  #earlier: string | undefined
  #busy = false

  constructor(host: TravelHost) {
    this.#host = host
    host.dress(laterStyles)
  }

  /** The ways out of a branch. */
  render() {
    if (!this.branch) return nothing
    const { t } = this.#host.texts
    const earlier = this.#earlier
    return html`<nav class="trail" aria-label=${t('goOn')}>
      <button type="button" class="plain" part="button" @click=${this.#leave}>${t('whole')}</button>
      ${
        earlier
          ? html`<button type="button" class="plain" part="button" @click=${() => this.#try(() => this.enter(earlier, true))}>
            ${t('above')}
          </button>`
          : nothing
      }
    </nav>`
  }

  /** Reads a level on, and goes to the first comment that came. */
  async readOn(parent: string | null): Promise<void> {
    const { comments, thread } = this.#host
    const cursor = (parent === null ? comments : comments.byId.get(parent))?.next
    if (this.#busy || !cursor) return
    this.#busy = true
    try {
      const level =
        parent === null
          ? await readShared('/v1/threads', query({ ...named(this.#host), sort: thread?.sort, cursor }))
          : await readShared(`/v1/comments/${parent}/replies`, query({ cursor }))
      const first = level.data.find(({ id }) => !comments.byId.has(id))
      comments.addLevel(level, parent)
      await this.#host.redraw()
      if (first) this.#focus(first.id, 'nearest')
    } finally {
      this.#busy = false
    }
  }

  /** Shows a comment with what stands below it, by itself; `above`: with what it answers. */
  async enter(id: string, above = false): Promise<void> {
    const { data, earlier, next } = await readShared(`/v1/comments/${encodeURIComponent(id)}/context`)
    const at = data.findIndex((comment) => comment.id === id)
    const shown = data.slice(above ? Math.max(0, at + 1 - this.#host.reader.levels) : at)
    const [first] = shown
    if (!first) return
    const branch = this.#host.newStore()
    branch.top = first.parent
    this.branch = branch
    this.#earlier = earlier || shown.length < data.length ? first.id : undefined
    branch.addLevel({ data: shown, next }, id)
    await this.#host.redraw()
    this.#focus(id)
  }

  /** Goes to a comment, wherever it is. */
  async goTo(id: string): Promise<void> {
    const { list, comments, texts } = this.#host
    for (let at = comments.byId.get(id)?.parent; at; at = comments.byId.get(at)?.parent)
      list.folded.delete(at)
    await this.#host.redraw()
    if (list.item(id)) this.#focus(id)
    else await this.#try(() => this.enter(id, true), texts.t('gone'))
  }

  #leave = async (): Promise<void> => {
    const first = this.branch?.below(this.branch.top)[0]
    this.branch = undefined
    await this.#host.redraw()
    if (first && this.#host.list.item(first)) this.#focus(first)
    else {
      const headline = this.#host.renderRoot.querySelector('#headline') as HTMLElement
      headline.tabIndex = -1
      headline.focus()
    }
  }

  async #try(go: () => Promise<void>, otherwise = this.#host.texts.t('notDone')): Promise<void> {
    await go().catch((error: unknown) => {
      this.#host.say(otherwise, true)
      this.#host.fail(error)
    })
  }

  #focus(id: string, block: ScrollLogicalPosition = 'center'): void {
    const item = this.#host.list.item(id)
    for (const other of this.#host.list.root.querySelectorAll('.asked')) other.classList.remove('asked')
    item?.classList.add('asked')
    const article = item?.querySelector('article')
    article?.scrollIntoView({ block })
    article?.focus({ preventScroll: true })
  }
}
