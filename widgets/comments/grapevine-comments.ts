import { html, nothing, type TemplateResult } from 'lit'
import type { Comment, Mine, Thread } from '../../server/contract/comments.ts'
import { GrapevineEvent } from '../core/events.ts'
import { loadTexts, type Texts } from '../core/i18n.ts'
import { pageUrl } from '../core/page.ts'
import { knownToken, type RequestFailure, readOwn, readShared } from '../core/request-own.ts'
import { type CommentsKey, commentsEn } from '../locales/comments.en.ts'
import { GrapevineElement } from '../ui/element.ts'
import type { OpenDialog, View } from '../ui/open-dialog.ts'
import { theme } from '../ui/theme.ts'
import { breathe } from './breathe.ts'
import { CommentList, type ListHost } from './comment-list.ts'
import { CommentStore } from './comment-store.ts'
import { accountButton, placeToWrite, skeleton, sorry, sortMenu } from './frame.ts'
import { commentsStyles } from './grapevine-comments.styles.ts'
import type { Where } from './host.ts'
import type { News } from './news.ts'
import type { Passages } from './passages/passages.ts'
import { askedFor } from './permalink.ts'
import { Reader } from './reader.ts'
import { named, query } from './reading.ts'
import { Status } from './status.ts'
import { sayExactly, sayTimes } from './times.ts'
import type { Travels } from './travels.ts'
import type { Writings } from './writings.ts'

/**
 * The comments of a page: reads them when the reader comes near, and follows them while they are looked at. Writing,
 * signing in, menus and colours of code are loaded when first wanted.
 *
 * @slot - The owner's own words, below the headline: the rules of the house.
 * @csspart base - Everything.
 * @csspart headline - How many comments there are.
 * @csspart field - The field to write in, before the composer is loaded.
 * @csspart list - All comments.
 * @csspart comment - Each comment.
 * @csspart avatar - The face of its author.
 * @csspart author - The author's name.
 * @csspart badge - Owner, admin, moderator.
 * @csspart status - What was decided of an idea.
 * @csspart passage - The passage that a comment is on.
 * @csspart text - What a comment says.
 * @csspart actions - The buttons below a comment.
 * @csspart button - Each button.
 * @csspart reaction - Each reaction.
 * @csspart fresh - The button that shows new comments.
 * @csspart menu - The menu of a comment, the reactions to choose from.
 * @csspart dialog - Each dialog.
 * @cssprop --grapevine-ink - Text and glyphs.
 * @cssprop --grapevine-quiet - Lesser text.
 * @cssprop --grapevine-surface - Background of dialogs and menus.
 * @cssprop --grapevine-line - Lines.
 * @cssprop --grapevine-tint - Background of fields and of the comment that was asked for.
 * @cssprop --grapevine-accent - Focus ring, links, what is chosen.
 * @cssprop --grapevine-lead - Background of main buttons.
 * @cssprop --grapevine-on-lead - Text of main buttons.
 * @cssprop --grapevine-radius - Corners.
 * @cssprop --grapevine-font - Font family.
 * @cssprop --grapevine-code-font - Font family of code.
 * @cssprop --grapevine-font-size - Size that all others follow.
 * @cssprop --grapevine-reserve - Height that is kept free until the comments are there.
 * @fires grapevine-commented - The server took a comment of this person's: `id`, `parent`, `url`, `held`.
 * @fires grapevine-shared - A comment was passed on: `channel`, `code`, `url`, `link`.
 * @fires grapevine-error - Something did not work: `code`, `message`.
 */
export class GrapevineComments extends GrapevineElement implements ListHost {
  static override styles = [theme, commentsStyles]

  static override properties = {
    url: { reflect: true },
    pageId: { reflect: true, attribute: 'page-id' },
    sort: { reflect: true },
    headline: { reflect: true },
    article: { reflect: true },
    eager: { type: Boolean, reflect: true },
  }

  /** The page that is talked about; by default this one. */
  declare url: string
  /** The id that the owner gives the page: its comments stay with it wherever it moves. */
  declare pageId: string
  /** `best`, `newest` or `oldest` first; by default as the owner chose. */
  declare sort: string
  /** The headline; by default how many comments there are. */
  declare headline: string
  /** What passages are picked from, as a selector: where it is given, from the start. By default the article around. */
  declare article: string
  /** Reads the comments at once, not when the reader comes near. */
  declare eager: boolean

  /** @internal */
  texts!: Texts<CommentsKey>
  /** @internal */
  thread: Thread | undefined
  /** @internal */
  mine: Mine | undefined

  #all = this.newStore()
  /** @internal */
  list = new CommentList(this)
  #writings: Writings | undefined
  #travels: Travels | undefined
  #news: News | undefined
  /** @internal */
  passages: Passages | undefined
  #asked: string | undefined
  #failed = false
  /** The comments are there, all that were read. */
  #stands = false
  #dialog: OpenDialog | undefined
  #status = new Status(this)
  /** @internal */
  reader = new Reader(this)
  #internals = this.attachInternals()

  constructor() {
    super()
    this.url = ''
    this.pageId = ''
    this.sort = ''
    this.headline = ''
    this.article = ''
    this.eager = false
  }

  override connectedCallback(): void {
    super.connectedCallback()
    addEventListener('hashchange', this.#jump)
    addEventListener('online', this.#retry)
    document.addEventListener('grapevine-signed-in', this.#turn)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    removeEventListener('hashchange', this.#jump)
    removeEventListener('online', this.#retry)
    document.removeEventListener('grapevine-signed-in', this.#turn)
  }

  /** Loads the texts, and asks the server once a page. */
  protected override async prepare(): Promise<void> {
    if (!this.texts) {
      // Made apart from all else, so that neither holds up the page.
      await breathe()
      this.texts = await loadTexts<CommentsKey>(commentsEn, {
        'zh-Hans': async () => (await import('../locales/comments.zh-Hans.ts')).commentsZhHans,
      })
      await breathe()
      if (this.article) void this.annotate().catch(this.fail)
    }
    const place = `${this.page} ${this.pageId} ${this.sort}`
    if (this.#asked === place || !(this.reader.near || this.eager || this.#asked || askedFor())) return
    if (!this.#asked?.startsWith(`${this.page} ${this.pageId} `)) this.thread = undefined
    this.#asked = place
    void this.reload()
  }

  protected override render(): TemplateResult {
    const { lang, t } = this.texts
    const { thread, passages } = this
    const waiting = !this.#failed && !(thread && this.#stands)
    const status = this.#status.render()
    return html`
      <section
        class="base ${this.scheme} ${this.#travels?.branch ? 'branched' : ''}"
        part="base"
        lang=${lang}
        dir="auto"
        aria-labelledby="headline"
        aria-busy=${waiting}
        @click=${this.#act}
        @pointerover=${({ target }: Event) => sayExactly(target as Element, lang)}
      >
        <header class="top">
          <h2 id="headline" part="headline">
            ${this.headline || (thread ? t('comments', { count: thread.count }) : t('headline'))}
          </h2>
          ${sortMenu(this, thread?.sort ?? '', (sort) => {
            this.sort = sort
          })} ${accountButton(this)}
        </header>
        <slot></slot>
        ${thread ? placeToWrite(this, thread, this.#writings?.at('')) : nothing} ${this.#travels?.render()} ${this.#news?.render()} ${passages?.render()}
        ${waiting && !thread ? skeleton : nothing} ${this.#failed ? sorry(this, this.#retry) : nothing} ${this.list.root}
        ${
          thread && this.comments.next !== null
            ? html`<button type="button" class="plain more" part="button" data-act="more">${t('moreComments')}</button>`
            : nothing
        }
        ${this.#dialog?.render(status) ?? status}
      </section>
    `
  }

  protected override updated(): void {
    if (this.#writings?.some) void this.list.draw()
  }

  #retry = (): void => {
    if (this.#failed) void this.reload()
  }

  /** Somebody has signed in or out: what is one's own is another's. */
  #turn = (): Promise<void> => this.reloadMine().then(() => this.requestUpdate())

  /** @internal */
  come = (): unknown => this.#asked || this.requestUpdate()

  /** @internal Follows the thread while it is looked at. */
  async look(on: boolean): Promise<void> {
    if (!this.thread) return
    try {
      if (on) this.#news ??= new (await import('./news.ts')).News(this)
      this.#news?.turn(on)
      if (on && this.thread.offered.annotations) await this.annotate()
    } catch (error) {
      this.fail(error)
    }
  }

  /** @internal Shows what is said of the article's passages. */
  async annotate(): Promise<void> {
    const { Passages } = await import('./passages/passages.ts')
    this.passages ??= new Passages(this)
    await this.passages.found
  }

  /** @internal */
  fit(): void {
    this.list.outdate()
    if (this.thread) void this.list.draw()
  }

  /** @internal */
  tick = (): void => sayTimes(this.renderRoot, this.texts.lang)

  /** @internal */
  newStore(): CommentStore {
    return new CommentStore(
      () => void this.redraw(),
      (comment) => this.#posted(comment),
    )
  }

  /** @internal */
  countUp(by: number): void {
    if (this.thread) this.thread = { ...this.thread, count: this.thread.count + by }
  }

  #posted({ id, parent, state }: Comment): void {
    const held = state === 'held'
    if (!held && !this.#news?.knew(id)) this.countUp(1)
    this.dispatchEvent(new GrapevineEvent('commented', { id, parent, url: this.page, held }))
    this.requestUpdate()
  }

  /** @internal */
  get page(): string {
    return pageUrl(this.url).replace(/#.*/s, '')
  }

  /** @internal */
  get comments(): CommentStore {
    return this.#travels?.branch ?? this.#all
  }

  /** @internal */
  get stores(): readonly CommentStore[] {
    return [...new Set([this.#all, this.comments])]
  }

  /** @internal */
  writingAt = (place: string) => this.#writings?.at(place)

  /** @internal */
  async redraw(): Promise<void> {
    this.requestUpdate()
    await this.updateComplete
    await this.list.draw()
  }

  /** @internal */
  async reload(): Promise<void> {
    const asked = this.#asked
    const known = !!this.thread
    try {
      const sort = /^(best|newest|oldest)$/.test(this.sort) ? this.sort : ''
      const [thread] = await Promise.all([
        readShared('/v1/threads', query({ ...named(this), sort })),
        this.reloadMine(),
      ])
      if (asked !== this.#asked) return
      this.#failed = false
      this.thread = thread
      this.#news?.clear()
      if (this.#travels) this.#travels.branch = undefined
      this.#all.clear()
      this.#all.newestFirst = thread.sort !== 'oldest'
      this.list.outdate()
      this.#all.addLevel(thread, null)
      this.#all.takeOwn(this.mine)
      this.requestUpdate()
      await this.list.draw()
      this.#stands = true
      this.#internals.states.add('there')
      this.reader.look()
      if (!known) this.#jump()
    } catch (error) {
      // What is there stays: only somebody who has seen nothing yet is told.
      this.#failed = !this.thread
      this.#internals.states.add('there')
      this.fail(error)
    }
    this.requestUpdate()
  }

  /** @internal */
  async reloadMine(): Promise<void> {
    if (knownToken()) this.mine = await readOwn('/v1/threads/mine', query(named(this))).catch(this.fail)
    else this.mine = undefined
    this.list.outdate()
    if (this.thread) this.#all.takeOwn(this.mine)
  }

  /** @internal */
  turnMine(mine: Mine): void {
    this.mine = mine
  }

  /** Goes to the comment that the address asks for. */
  #jump = (): void => {
    const id = askedFor()
    if (id && this.thread) void this.focusComment(id)
  }

  /** @internal */
  focusComment = async (id: string): Promise<void> => (await this.travels()).goTo(id)

  /** @internal */
  travels = async (): Promise<Travels> => (this.#travels ??= new (await import('./travels.ts')).Travels(this))

  /** @internal */
  async write(where: Where): Promise<void> {
    this.#writings ??= new (await import('./writings.ts')).Writings(this)
    await this.#writings.open(where)
  }

  /** @internal */
  doneWriting = (where: Where): void => void this.#writings?.close(where)

  /** What a button of a comment does. What takes more than a look is loaded when wanted. */
  #act = async ({ target }: Event): Promise<void> => {
    const button = (target as Element).closest<HTMLElement>('[data-act]')
    if (!button) return
    const { id = '' } = button.closest('li')?.dataset ?? {}
    const { folded } = this.list
    if (button.dataset.act === 'fold') {
      if (!folded.delete(id)) folded.add(id)
      return this.redraw()
    }
    try {
      await (await import('./acts.ts')).act(this, id, button)
    } catch (error) {
      this.say(this.texts.t('notDone'), true)
      this.fail(error)
    }
  }

  /** @internal */
  say = (words: string, seen?: boolean): void => this.#status.say(words, seen)

  /** @internal */
  dress(...styles: { styleSheet?: CSSStyleSheet | undefined }[]): void {
    const { adoptedStyleSheets: worn } = this.renderRoot as ShadowRoot
    for (const { styleSheet } of styles) if (styleSheet && !worn.includes(styleSheet)) worn.push(styleSheet)
  }

  /** @internal */
  async open(view: () => View): Promise<void> {
    this.#status.hush()
    this.#dialog ??= (await import('./dialogs.ts')).dialogOf(this)
    this.#dialog.open(view)
  }

  /** @internal */
  close = (): void => this.#dialog?.close()

  /** @internal */
  fail = (error: unknown): undefined => {
    const { code = 'comments_failed', message, field } = error as Partial<RequestFailure>
    this.dispatchEvent(new GrapevineEvent('error', { code, message: message ?? `${error}`, field }))
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'grapevine-comments': GrapevineComments
  }
}
