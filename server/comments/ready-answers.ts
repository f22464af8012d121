import { createHash } from 'node:crypto'
import type { Context, MiddlewareHandler } from 'hono'
import type { Deps } from '../deps.ts'
import type { Env } from '../http.ts'

/** How long an answer is good without a word of change, in ms: another server's may take a moment to be heard of. */
const GOOD_MS = 1_000
/** Most bytes kept, and most answers. */
const MOST_BYTES = 64 * 1024 * 1024
const MOST = 5_000

/** What a reader is answered, and the page it is about: none where nobody has been yet, or where it is of several. */
export interface OfPage {
  page: string | undefined
  answer: object
}

interface Ready {
  /** The page it is about, with its site. */
  about: string
  bytes: Uint8Array<ArrayBuffer>
  etag: string
  until: number
}

/**
 * Answers that are the same for everybody, ready to be sent. One is dropped as soon as its thread changes, and those
 * who ask for the same meanwhile wait for one reading.
 */
export class ReadyAnswers {
  readonly #answers = new Map<string, Ready>()
  readonly #about = new Map<string, Set<string>>()
  readonly #reading = new Map<string, { since: number; ready: Promise<Ready> }>()
  /** When each site last changed, counted in changes. */
  readonly #changed = new Map<string, number>()
  readonly #now: () => number
  #changes = 0
  #bytes = 0

  constructor({ live, now }: Pick<Deps, 'live' | 'now'>) {
    this.#now = now
    live.onThread((site, { page }) => this.#drop(site, page))
  }

  /** What is ready under a key. */
  get(key: string): Ready | undefined {
    const ready = this.#answers.get(key)
    if (ready && ready.until > this.#now()) return ready
    if (ready) this.#forget(key, ready)
    return undefined
  }

  /** The same, read now unless it is being read already. */
  async find(site: string, key: string, read: () => Promise<OfPage>): Promise<Ready> {
    const running = this.#reading.get(key)
    // Whoever asks after a change must not get what was read before it.
    if (running && running.since >= this.#changeOf(site)) return running.ready
    const since = ++this.#changes
    const ready = this.#read(site, key, since, read)
    const reading = { since, ready }
    this.#reading.set(key, reading)
    try {
      return await ready
    } finally {
      if (this.#reading.get(key) === reading) this.#reading.delete(key)
    }
  }

  async #read(site: string, key: string, since: number, read: () => Promise<OfPage>): Promise<Ready> {
    const { page, answer } = await read()
    const bytes = new TextEncoder().encode(JSON.stringify(answer))
    const etag = `"${createHash('sha1').update(bytes).digest('base64url')}"`
    const ready = { about: `${site} ${page ?? ''}`, bytes, etag, until: this.#now() + GOOD_MS }
    if (since >= this.#changeOf(site)) this.#keep(key, ready)
    return ready
  }

  #changeOf(site: string): number {
    return this.#changed.get(site) ?? 0
  }

  #keep(key: string, ready: Ready): void {
    const before = this.#answers.get(key)
    if (before) this.#forget(key, before)
    this.#answers.set(key, ready)
    this.#bytes += ready.bytes.byteLength
    const keys = this.#about.get(ready.about) ?? new Set()
    this.#about.set(ready.about, keys.add(key))
    for (const [oldest, old] of this.#answers) {
      if (this.#bytes <= MOST_BYTES && this.#answers.size <= MOST) break
      this.#forget(oldest, old)
    }
  }

  #forget(key: string, { about, bytes }: Ready): void {
    this.#answers.delete(key)
    this.#bytes -= bytes.byteLength
    const keys = this.#about.get(about)
    keys?.delete(key)
    if (keys?.size === 0) this.#about.delete(about)
  }

  /** A thread has changed: perhaps that of a page that was not there before. */
  #drop(site: string, page: string): void {
    this.#changed.set(site, ++this.#changes)
    for (const about of [`${site} ${page}`, `${site} `])
      for (const key of this.#about.get(about) ?? []) {
        const ready = this.#answers.get(key)
        if (ready) this.#forget(key, ready)
      }
  }
}

const known = new WeakMap<Deps, ReadyAnswers>()

function answersOf(deps: Deps): ReadyAnswers {
  let answers = known.get(deps)
  if (!answers) {
    answers = new ReadyAnswers(deps)
    known.set(deps, answers)
  }
  return answers
}

/** What a request asks for: its site, path and query. */
function keyOf(c: Context<Env>): string {
  const { url } = c.req
  return `${c.get('site').id} ${url.slice(url.indexOf('/', 8))}`
}

/** Sends what is ready, before anything of the request is looked at: the same request was right a moment ago. */
export const ready: MiddlewareHandler<Env> = async (c, next) => {
  const answer = answersOf(c.get('deps')).get(keyOf(c))
  return answer ? send(c, answer) : next()
}

/** Reads an answer that is the same for everybody, and keeps it ready. */
export async function answerReady(c: Context<Env>, read: () => Promise<OfPage>): Promise<Response> {
  return send(c, await answersOf(c.get('deps')).find(c.get('site').id, keyOf(c), read))
}

function send(c: Context<Env>, { bytes, etag }: Ready): Response {
  const headers = { 'content-type': 'application/json', 'cache-control': 'no-cache', etag }
  if (c.req.header('if-none-match') === etag) return c.body(null, 304, headers)
  return c.body(bytes, 200, headers)
}
