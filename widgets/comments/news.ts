import { html, nothing } from 'lit'
import { IDS_AT_ONCE } from '../../server/contract/comment-limits.ts'
import type { ThreadNews } from '../../server/contract/comments.ts'
import { readShared } from '../core/request-own.ts'
import { type CommentStore, isPending } from './comment-store.ts'
import type { CommentsHost } from './host.ts'
import { laterStyles } from './later.styles.ts'
import { named, query } from './reading.ts'
import { listen } from './stream.ts'

const FIRST_DELAY_MS = 1_000
const LONGEST_DELAY_MS = 60_000
/** Changes are gathered this long (ms), so that a storm of votes is read at once. */
const GATHERED_MS = 400

/** What the news need of their element. */
interface NewsHost extends CommentsHost {
  /** All stores in which a comment may stand. */
  readonly stores: readonly CommentStore[]
  /** So many more comments stand in the thread. */
  countUp(by: number): void
}

/** Follows the thread while it is looked at: changes show where they are, new comments wait until they are asked for. */
export class News {
  #host: NewsHost
  #fresh = new Set<string>()
  #changed = new Set<string>()
  /** New ones of which only the number is known. */
  #missed = 0
  #following: AbortController | undefined

  constructor(host: NewsHost) {
    this.#host = host
    host.dress(laterStyles)
  }

  /** Starts following, or stops. */
  turn(on: boolean): void {
    if (on === !!this.#following) return
    this.#following?.abort()
    this.#following = on ? new AbortController() : undefined
    if (this.#following) void this.#follow(this.#following.signal)
  }

  /** Forgets what was new: the thread was read a moment ago. */
  clear(): void {
    this.#fresh.clear()
    this.#missed = 0
  }

  /** Whether a comment was heard of already, that turns out to be one's own. */
  knew = (id: string): boolean => this.#fresh.delete(id)

  /** New comments that are not shown. One's own that are on their way are not among them. */
  get count(): number {
    const { byId } = this.#host.comments
    if (this.#fresh.size && [...byId.values()].some(isPending)) return 0
    return [...this.#fresh].filter((id) => !byId.has(id)).length + this.#missed
  }

  /** The button that shows what is new; it takes no room. */
  render() {
    const { count } = this
    return count
      ? html`<p class="fresh"><button type="button" class="lead" part="button fresh" @click=${this.#show}>${this.#host.texts.t('fresh', { count })}</button></p>`
      : nothing
  }

  /** While no stream can be had the comments are counted instead, at least once a minute. */
  async #follow(stop: AbortSignal): Promise<void> {
    let delay = FIRST_DELAY_MS
    while (!stop.aborted) {
      await this.#count(stop)
      const since = Date.now()
      await listen(query(named(this.#host)), this.#hear, stop).catch(() => undefined)
      if (stop.aborted) return
      if (Date.now() - since > LONGEST_DELAY_MS) delay = FIRST_DELAY_MS
      await new Promise<void>((resolve) => {
        setTimeout(resolve, delay * (0.5 + Math.random() / 2))
        stop.addEventListener('abort', () => resolve())
      })
      delay = Math.min(delay * 2, LONGEST_DELAY_MS)
    }
  }

  async #count(stop: AbortSignal): Promise<void> {
    const { url, pageId } = named(this.#host)
    const counts = await readShared('/v1/counts', query({ url, pageId })).catch(() => undefined)
    const { thread } = this.#host
    if (!counts || !thread || stop.aborted) return
    this.#missed = Math.max(0, counts.comments - thread.count)
    this.#tell()
  }

  #hear = ({ fresh, changed }: ThreadNews): void => {
    const before = this.#fresh.size
    for (const id of fresh) if (!this.#host.stores.some(({ byId }) => byId.has(id))) this.#fresh.add(id)
    this.#host.countUp(this.#fresh.size - before)
    if (this.#fresh.size > before) this.#tell()
    if (this.#changed.size === 0 && changed.length) setTimeout(this.#read, GATHERED_MS)
    for (const id of changed) this.#changed.add(id)
  }

  #tell(): void {
    const { count } = this
    if (count) this.#host.say(this.#host.texts.t('fresh', { count }))
    this.#host.requestUpdate()
  }

  /** Reads anew what has changed, where it is known here. */
  #read = async (): Promise<void> => {
    const { stores } = this.#host
    const ids = [...this.#changed].filter((id) => stores.some(({ byId }) => byId.has(id)))
    this.#changed.clear()
    const found = await this.#found(ids)
    if (!found) return
    for (const store of stores) {
      store.upsert(found.filter(({ id }) => store.byId.has(id)))
      for (const id of ids)
        if (!found.some((comment) => comment.id === id) && store.byId.get(id)?.state !== 'held')
          store.remove(id)
    }
  }

  #show = async (): Promise<void> => {
    if (this.#missed) {
      this.clear()
      await this.#host.reload()
      return
    }
    const { comments } = this.#host
    const found = await this.#found([...this.#fresh].filter((id) => !comments.byId.has(id)))
    if (!found) return
    this.clear()
    const shown = found.filter(
      ({ parent }) => parent === comments.top || (parent !== null && comments.byId.has(parent)),
    )
    comments.insertNew(shown)
    const [first] = shown
    if (first) await this.#host.focusComment(first.id)
  }

  async #found(ids: readonly string[]) {
    if (ids.length === 0) return undefined
    return readShared('/v1/comments', query({ id: ids.slice(0, IDS_AT_ONCE) })).then(
      ({ data }) => data,
      this.#host.fail,
    )
  }
}
