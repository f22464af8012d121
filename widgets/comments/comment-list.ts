import { html, nothing, render } from 'lit'
import type { Comment } from '../../server/contract/comments.ts'
import { breathe, painted } from './breathe.ts'
import { row } from './comment-row.ts'
import type { CommentStore } from './comment-store.ts'
import type { CommentsHost, Writing } from './host.ts'
import { timeAgo } from './times.ts'

/** How long (ms) rows are drawn before the page gets its turn: on a phone four times slower still no long task. */
const SLICE_MS = 6

/** So many rows may be in sight at first: of those a few at a time are laid out, the others not yet. */
const IN_SIGHT = 12

interface Row {
  item: HTMLLIElement
  below?: HTMLOListElement
  comment?: Comment
  drawn?: string
}

/** What the list needs of its element beyond what every part does. */
export interface ListHost extends CommentsHost {
  /** Levels that are indented; what is deeper is opened by itself. */
  readonly reader: { readonly levels: number }
  /** The composer that is open there, if one is. */
  writingAt(place: string): Writing | undefined
}

/**
 * The rows of a thread. Each is drawn for itself, a few at a time, and again only when its own comment or its state
 * has changed: a vote costs one row, however long the thread is.
 */
export class CommentList {
  readonly root = document.createElement('ol')
  readonly folded = new Set<string>()
  readonly whole = new Set<string>()
  #host: ListHost
  #rows = new Map<string, Row>()
  #version = 0
  #turn = 0
  #waiting: (() => void)[] = []

  constructor(host: ListHost) {
    this.#host = host
    this.root.className = 'list'
    this.root.setAttribute('part', 'list')
  }

  /** The row of a comment, once drawn. */
  item = (id: string): HTMLElement | undefined => {
    const item = this.#rows.get(id)?.item
    return item?.isConnected ? item : undefined
  }

  /** Every row is drawn anew in the next drawing: something changed that all depend on. */
  outdate(): void {
    this.#version++
  }

  /** Draws what has changed, a slice at a time; resolves when all of it stands. */
  draw(): Promise<void> {
    const done = new Promise<void>((resolve) => this.#waiting.push(resolve))
    void this.#draw(++this.#turn)
    return done
  }

  async #draw(turn: number): Promise<void> {
    const { comments, texts } = this.#host
    if (this.#rows.size === 0) {
      // What is made once, for all rows, takes as long as some of them.
      timeAgo('', texts.lang)
      await painted()
      if (turn !== this.#turn) return
    }
    let since = performance.now()
    for (const _ of this.#place(this.root, comments, comments.below(comments.top), 0)) {
      if (performance.now() - since < SLICE_MS) continue
      await (this.#rows.size < IN_SIGHT ? painted() : breathe())
      if (turn !== this.#turn) return
      since = performance.now()
    }
    for (const resolve of this.#waiting.splice(0)) resolve()
  }

  /** Puts rows in their order, one a step, each followed by its replies. */
  *#place(list: HTMLElement, comments: CommentStore, ids: readonly string[], depth: number): Generator {
    let at = list.firstElementChild
    for (const id of ids) {
      const comment = comments.byId.get(id)
      if (!comment) continue
      const known = this.#rows.get(id) ?? this.#newRow(id)
      if (known.item === at) at = at.nextElementSibling
      else list.insertBefore(known.item, at)
      const below = comments.below(id)
      const deeper = depth < this.#host.reader.levels && !this.folded.has(id)
      if (this.#drawRow(known, comment, below.length, depth)) yield
      if (known.below) yield* this.#place(known.below, comments, deeper ? below : [], depth + 1)
    }
    while (at) {
      const gone = at
      at = at.nextElementSibling
      gone.remove()
    }
  }

  #newRow(id: string): Row {
    const item = document.createElement('li')
    item.dataset.id = id
    const known = { item }
    this.#rows.set(id, known)
    return known
  }

  /** Draws a row unless it stands there as it would be drawn; answers whether it did. */
  #drawRow(known: Row, comment: Comment, loaded: number, depth: number): boolean {
    const host = this.#host
    const { id, parent, replies, next } = comment
    const { t } = host.texts
    const state = {
      folded: this.folded.has(id),
      whole: this.whole.has(id),
      accepted: parent !== null && host.comments.byId.get(parent)?.accepted === id,
      editing: host.writingAt(`edit ${id}`),
      answering: host.writingAt(id),
    }
    const { votes, reactions } = host.mine ?? {}
    const drawn = `${this.#version} ${Object.values(state).map(Boolean)} ${loaded} ${depth} ${votes?.[id]} ${reactions?.[id]}`
    const open = state.editing || state.answering
    if (known.comment === comment && known.drawn === drawn && !open) return false
    known.comment = comment
    known.drawn = drawn
    const capped = depth >= host.reader.levels
    if (loaded && !known.below) known.below = document.createElement('ol')
    const left = replies - loaded
    render(
      html`<article tabindex="-1" aria-label=${t('by', { name: comment.author?.name ?? t('someone') })} part="comment">
          ${row(host, comment, state)}
        </article>
        ${state.answering ? html`<div class="writing">${state.answering.render()}</div>` : nothing}${known.below}
        ${
          state.folded
            ? nothing
            : capped && replies
              ? html`<button type="button" class="link" data-act="branch">${t('goOn')}</button>`
              : next !== null && left > 0
                ? html`<button type="button" class="link" data-act="replies">${t('moreReplies', { count: left })}</button>`
                : nothing
        }`,
      known.item,
    )
    known.item.className = state.folded ? 'folded' : ''
    if (known.item.querySelector('pre[data-lang]:not([data-lang=""])'))
      void import('./highlight.ts').then((colours) => colours.watch(host, known.item), host.fail)
    return true
  }
}
