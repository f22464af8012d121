import { type LitElement, nothing, type ReactiveController } from 'lit'
import type { Anchor, Comment } from '../../../server/contract/comments.ts'
import { isPending } from '../comment-store.ts'
import type { CommentsHost } from '../host.ts'
import { ArticleText } from './article-text.ts'
import { describePassage } from './describe-passage.ts'
import { highlightRanges } from './highlight.ts'
import { locatePassage } from './locate-passage.ts'
import { passagesStyles } from './passages.styles.ts'
import { pickButton } from './pick-button.ts'
import { readAnchors } from './read-anchors.ts'
import { loadPassageTexts, type PassageTexts } from './texts.ts'

/** A comments element that passages can be spoken of in. */
export type PassagesHost = CommentsHost & LitElement & { readonly article: string; eager: boolean }

/** The article that the comments are on: the one that is named, the one around them, or the page's first. */
const articleOf = (host: PassagesHost): Element =>
  (host.article && document.querySelector(host.article)) ||
  host.closest('article') ||
  document.querySelector('article, main') ||
  document.body

/** What is said of passages of the page: found, highlighted, opened by a click; and picking one to speak of. */
export class Passages implements ReactiveController {
  /** Resolves once all that is known was looked for. */
  readonly found: Promise<unknown>
  readonly #host: PassagesHost
  readonly #root: Element
  #texts: PassageTexts | undefined
  readonly #anchors = new Map<string, Anchor>()
  /** Where each was found; null for one that is gone from the page. */
  readonly #ranges = new Map<string, Range | null>()
  #picked: { anchor: Anchor; at: DOMRect } | undefined
  #chosen: string | undefined
  #finding = false
  #looking = false

  constructor(host: PassagesHost) {
    this.#host = host
    this.#root = articleOf(host)
    host.dress(passagesStyles)
    this.found = this.#read().catch(host.fail)
    host.addController(this)
  }

  hostConnected(): void {
    document.addEventListener('selectionchange', this.#select)
    document.addEventListener('keydown', this.#key)
    this.#root.addEventListener('click', this.#click)
  }

  hostDisconnected(): void {
    document.removeEventListener('selectionchange', this.#select)
    document.removeEventListener('keydown', this.#key)
    this.#root.removeEventListener('click', this.#click)
    highlightRanges([])
  }

  /** Takes in the anchors of comments that came since. */
  hostUpdated(): void {
    let fresh = false
    for (const comment of this.#host.comments.byId.values()) {
      const { id, anchor } = comment
      if (!anchor || isPending(comment) || this.#anchors.has(id)) continue
      this.#anchors.set(id, anchor)
      fresh = true
    }
    if (fresh) void this.#find()
    const button = this.#host.renderRoot.querySelector<HTMLElement>('.pick')
    if (button && this.#picked) place(button, this.#picked.at)
  }

  /** Shows a comment's passage in the page; answers whether the page still has it. */
  show({ id }: Comment): boolean {
    const range = this.#ranges.get(id)
    if (!range) return false
    this.#choose(id)
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches
    range.startContainer.parentElement?.scrollIntoView({
      block: 'center',
      behavior: calm ? 'instant' : 'smooth',
    })
    return true
  }

  /** The button beside what is selected, if something is. */
  render(): unknown {
    return this.#picked && this.#texts ? pickButton(this.#texts, this.#write) : nothing
  }

  async #read(): Promise<void> {
    const { page, pageId } = this.#host
    this.#texts = await loadPassageTexts()
    for await (const [id, anchor] of readAnchors(page, pageId)) this.#anchors.set(id, anchor)
    await this.#find()
  }

  /** Finds all that was not looked for yet, without holding the page up. */
  async #find(): Promise<void> {
    if (this.#finding) return
    this.#finding = true
    const article = new ArticleText(this.#root)
    for (const [id, anchor] of this.#anchors) {
      if (this.#ranges.has(id)) continue
      const found = locatePassage(article.text, anchor)
      this.#ranges.set(id, found && article.rangeOf(found.start, found.end))
      await new Promise((resolve) => setTimeout(resolve))
    }
    this.#finding = false
    this.#draw()
    this.#host.requestUpdate()
  }

  #draw(): void {
    const { byId } = this.#host.comments
    // What is gone, as far as is known here, is spoken of no more.
    const ranges = [...this.#ranges].flatMap(([id, range]) =>
      range && byId.get(id)?.author !== null ? [range] : [],
    )
    highlightRanges(ranges, (this.#chosen && this.#ranges.get(this.#chosen)) || undefined)
  }

  #choose(id: string): void {
    this.#chosen = id
    this.#draw()
  }

  // A selection changes with every character that it grows by: it is looked at once a frame.
  #select = () => {
    if (this.#looking) return
    this.#looking = true
    requestAnimationFrame(() => {
      this.#looking = false
      this.#pick()
    })
  }

  #pick(): void {
    const { thread } = this.#host
    const anchor = thread && thread.state !== 'open' ? undefined : this.#selected()
    const range = anchor && getSelection()?.getRangeAt(0)
    const before = this.#picked
    this.#picked = range ? { anchor, at: range.getBoundingClientRect() } : undefined
    if (before || this.#picked) this.#host.requestUpdate()
  }

  #selected(): Anchor | undefined {
    const selection = getSelection()
    if (!selection || selection.isCollapsed || selection.rangeCount === 0) return undefined
    const range = selection.getRangeAt(0)
    if (!this.#root.contains(range.commonAncestorContainer)) return undefined
    const article = new ArticleText(this.#root)
    const where = article.placeOf(range)
    return where && describePassage(article.text, where.start, where.end)
  }

  // As in word processors: a passage can be picked without a pointer.
  #key = (event: KeyboardEvent) => {
    if (!this.#picked || event.code !== 'KeyM' || !event.altKey || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    void this.#write()
  }

  #write = async (): Promise<void> => {
    const anchor = this.#picked?.anchor
    if (!anchor) return
    this.#picked = undefined
    getSelection()?.removeAllRanges()
    // Whoever picks a passage may not have come to the comments yet.
    try {
      if (!this.#host.thread) {
        this.#host.eager = true
        await this.#host.updateComplete
        await this.#host.reload()
      }
      await this.#host.write({ anchor })
    } catch (error) {
      this.#host.say(this.#host.texts.t('notDone'), true)
      this.#host.fail(error)
    }
  }

  #click = (event: Event) => {
    const { clientX, clientY, target } = event as MouseEvent
    // What the page itself does on a click goes first.
    if (event.defaultPrevented || (target as Element).closest('a, button, input, label, summary')) return
    if (getSelection()?.isCollapsed === false) return
    for (const [id, range] of this.#ranges) {
      if (!range || !holds(range, clientX, clientY)) continue
      this.#choose(id)
      void this.#host.focusComment(id)
      return
    }
  }
}

const holds = (range: Range, x: number, y: number): boolean =>
  [...range.getClientRects()].some(
    ({ left, right, top, bottom }) => x >= left && x <= right && y >= top && y <= bottom,
  )

/** Puts the button right above what is selected, or below it where there is no room. */
function place(button: HTMLElement, at: DOMRect): void {
  if (!button.matches(':popover-open')) button.showPopover()
  const { width, height } = button.getBoundingClientRect()
  const left = Math.min(Math.max(8, at.left + at.width / 2 - width / 2), innerWidth - width - 8)
  const top = at.top - height - 8 > 0 ? at.top - height - 8 : at.bottom + 8
  button.style.translate = `${Math.round(left)}px ${Math.round(Math.min(top, innerHeight - height - 8))}px`
}
