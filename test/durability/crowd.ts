import type { Posted } from '../../server/contract/comments.ts'
import type { Conversion } from '../../server/contract/conversions.ts'
import type { Share } from '../../server/contract/shares.ts'
import type { Visit } from '../../server/contract/visits.ts'
import { newCode } from '../../server/ids.ts'
import type { KillableServer, Site } from './killable-server.ts'

/** The origin of the site's pages. */
export const ORIGIN = 'https://shop.example'
/** What every purchase is worth, in cents. */
export const PRICE = 4900

const HEADERS = {
  'content-type': 'application/json',
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  origin: ORIGIN,
}

/** A write as it is sent, and sent again under the same key until there is an answer. */
interface Write {
  method: 'POST' | 'PUT'
  path: string
  key: string
  token: string
  body: object
}

/** An answer to a write: from now on it must never be lost. */
export interface Acknowledged {
  write: Write
  status: number
  text: string
}

/** What everybody did, as far as the server has acknowledged it. */
export class Ledger {
  readonly acknowledged: Acknowledged[] = []
  /** Whose visits count, by token, with the code they came by. */
  readonly visitors = new Map<string, string>()
  readonly shares: Share[] = []
  readonly conversions: Conversion[] = []
  /** Ids of comments, and how many voted for each. */
  readonly comments = new Map<string, number>()
}

/** People who arrive, share on, buy and talk, each request under an `Idempotency-Key`, until they are told to end. */
export class Crowd {
  readonly ledger = new Ledger()
  readonly #server: KillableServer
  readonly #site: Site
  readonly #watchers: { count: number; reached(): void }[] = []
  #ending = false

  constructor(server: KillableServer, site: Site) {
    this.#server = server
    this.#site = site
  }

  /** Lets so many of them act side by side; resolves when everybody has ended and every write is answered. */
  async act(abreast: number): Promise<void> {
    await this.#share(newToken())
    await Promise.all(Array.from({ length: abreast }, () => this.#live()))
  }

  /** Nobody new comes. */
  end(): void {
    this.#ending = true
  }

  /** Resolves when the server has acknowledged so many writes more. */
  progress(writes: number): Promise<void> {
    const count = this.ledger.acknowledged.length + writes
    return new Promise((reached) => this.#watchers.push({ count, reached }))
  }

  /** Sends an acknowledged write once more. */
  repeat({ write }: Acknowledged): Promise<{ status: number; text: string }> {
    return this.#send(write)
  }

  async #live(): Promise<void> {
    while (!this.#ending) {
      const { shares } = this.ledger
      const { code } = shares[Math.floor(Math.random() * shares.length)] as Share
      const token = newToken()
      await this.#visit(token, code, 'counted')
      const dice = Math.random()
      if (dice < 0.3) await this.#share(token, code)
      else if (dice < 0.5) await this.#shareLate(token, code)
      else if (dice < 0.7) await this.#buy(token)
      else if (dice < 0.85) await this.#comment(token)
      else await this.#vote(token)
    }
  }

  async #visit(token: string, code: string, expected: Visit['outcome']): Promise<void> {
    const { outcome } = await this.#write<Visit>('/v1/visits', token, { code, url: `${ORIGIN}/article` })
    if (outcome !== expected) throw new Error(`A visit was ${outcome}, not ${expected}`)
    this.ledger.visitors.set(token, code)
  }

  async #share(token: string, arrivedBy: string | null = null, code?: string): Promise<void> {
    const body = { url: `${ORIGIN}/article`, channel: 'copy', ...(code ? { code } : {}) }
    const share = await this.#write<Share>('/v1/shares', token, body)
    if (share.parent !== arrivedBy) throw new Error(`A share hangs under ${share.parent}, not ${arrivedBy}`)
    this.ledger.shares.push(share)
  }

  /** The link is opened before the share is registered: that visit waits, and is joined in the background. */
  async #shareLate(token: string, arrivedBy: string): Promise<void> {
    const code = newCode(this.#site.id)
    await this.#visit(newToken(), code, 'waiting')
    await this.#share(token, arrivedBy, code)
  }

  /** With an order's number, or with nothing but the key that keeps a repetition from counting twice. */
  async #buy(token: string): Promise<void> {
    const order = Math.random() < 0.5 ? { orderId: crypto.randomUUID() } : {}
    const body = { name: 'purchase', value: PRICE, currency: 'EUR', ...order }
    this.ledger.conversions.push(await this.#write<Conversion>('/v1/conversions', token, body))
  }

  /** Sometimes as an answer to somebody. */
  async #comment(token: string): Promise<void> {
    const words = crypto.randomUUID().replaceAll('-', ' ')
    const parent = Math.random() < 0.5 ? this.#someComment() : undefined
    const body = { url: `${ORIGIN}/article`, body: words, name: 'Ada', ...(parent ? { parent } : {}) }
    const { comment } = await this.#write<Posted>('/v1/comments', token, body)
    this.ledger.comments.set(comment.id, 0)
  }

  async #vote(token: string): Promise<void> {
    const { comments } = this.ledger
    const comment = this.#someComment()
    if (!comment) return
    await this.#write(`/v1/comments/${comment}/vote`, token, { value: 1 }, 'PUT')
    comments.set(comment, (comments.get(comment) ?? 0) + 1)
  }

  #someComment(): string | undefined {
    const ids = [...this.ledger.comments.keys()]
    return ids[Math.floor(Math.random() * ids.length)]
  }

  async #write<Answer>(
    path: string,
    token: string,
    body: object,
    method: Write['method'] = 'POST',
  ): Promise<Answer> {
    const write = { method, path, token, body, key: crypto.randomUUID() }
    const { status, text } = await this.#send(write)
    if (status >= 300) throw new Error(`${path} was answered ${status}: ${text}`)
    const { acknowledged } = this.ledger
    acknowledged.push({ write, status, text })
    for (const { count, reached } of this.#watchers) if (acknowledged.length >= count) reached()
    return JSON.parse(text) as Answer
  }

  async #send({ method, path, key, token, body }: Write): Promise<{ status: number; text: string }> {
    for (;;) {
      await this.#server.answering()
      try {
        const response = await fetch(this.#server.url + path, {
          method,
          headers: {
            ...HEADERS,
            'x-grapevine-site': this.#site.publishableKey,
            'idempotency-key': key,
            authorization: `Bearer ${token}`,
          },
          body: JSON.stringify(body),
        })
        return { status: response.status, text: await response.text() }
      } catch (error) {
        // The server was killed before it had answered: nobody knows whether the write is there, so it is sent again.
        if (!(error instanceof TypeError)) throw error
        await new Promise((resolve) => setImmediate(resolve))
      }
    }
  }
}

const newToken = (): string => `pt_${crypto.randomUUID().replaceAll('-', '')}`
