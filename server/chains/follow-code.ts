import type { Kysely } from 'kysely'
import { SITE_ID_LENGTH } from '../contract/limits.ts'
import { CODE_SHAPE } from '../contract/values.ts'
import type { Database } from '../db/schema.ts'
import { withCode } from '../pages/rules.ts'
import { Recent } from '../recent.ts'
import { targetOfCode } from './store.ts'

/** How long a link's target is taken as known, in ms: a revoked share is attributed this much longer. */
const KNOWN_MS = 5000

interface Target {
  url: string
  /** Whether the code still works and goes along. */
  carries: boolean
  /** The URL as the link leads to it when no query came along. */
  coded: string
}

/** Where short links lead: to the share's own page, if it is still on an origin of the site. */
export class Links {
  readonly #known: Recent<Target>
  readonly #db: Kysely<Database>

  constructor(db: Kysely<Database>, now: () => number) {
    this.#db = db
    this.#known = new Recent({ forMs: KNOWN_MS, most: 50_000, now })
  }

  /** The URL a code leads to, with the query that came along; none for a code that means nothing. */
  async follow(code: string, query: string): Promise<string | undefined> {
    const target = this.#known.get(code) ?? (await this.#known.find(code, () => this.#look(code)))
    return target && query && target.carries ? withCode(target.url, code, query) : target?.coded
  }

  /** Forgets what was known, so that a revocation counts at once. */
  forget(): void {
    this.#known.forget()
  }

  async #look(code: string): Promise<Target | undefined> {
    if (!CODE_SHAPE.test(code)) return undefined
    const target = await targetOfCode(this.#db, code.slice(0, SITE_ID_LENGTH), code)
    const origins = target ? (JSON.parse(target.origins) as string[]) : []
    if (!target || !origins.some((origin) => target.url.startsWith(`${origin}/`))) return undefined
    const { url, revoked_at } = target
    return revoked_at === null
      ? { url, carries: true, coded: withCode(url, code) }
      : { url, carries: false, coded: url }
  }
}
