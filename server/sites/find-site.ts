import type { Kysely } from 'kysely'
import type { Database } from '../db/schema.ts'
import { siteOfKey } from '../ids.ts'
import { Recent } from '../recent.ts'
import { hashSecret } from '../secrets.ts'
import type { Site } from './site.ts'
import { ownerSession, secretKeyWorks, siteById } from './store.ts'

type Queries = Kysely<Database>

/** The site whose page carries this publishable key. */
export async function siteByPublishableKey(db: Queries, key: string): Promise<Site | undefined> {
  const id = siteOfKey('pk', key)
  const site = id === undefined ? undefined : await siteById(db, id)
  return site?.publishableKey === key ? site : undefined
}

/** The site that a secret key proves. */
export async function siteBySecretKey(db: Queries, key: string): Promise<Site | undefined> {
  const id = siteOfKey('sk', key)
  if (id === undefined || !(await secretKeyWorks(db, id, hashSecret(key)))) return undefined
  return siteById(db, id)
}

/** The site that this session opens, and what for. */
export async function siteByOwnerSession(
  db: Queries,
  token: string,
  now: number,
): Promise<{ site: Site; role: Role; person: string | null } | undefined> {
  const id = siteOfKey('os', token)
  if (id === undefined) return undefined
  const session = await ownerSession(db, { site_id: id, token_hash: hashSecret(token), kind: 'session' }, now)
  const site = session && (await siteById(db, id))
  return site && session && { site, role: session.role, person: session.person_id }
}

/** What a session may do: a moderator's is for moderation alone. */
export type Role = Database['owner_session']['role']

/** How long a key's site is taken as known, in ms: a revoked key or a removed origin works this much longer. */
const KNOWN_MS = 5000

/** Which site a publishable (`pk_…`) or secret (`sk_…`) key names; asked of the database every few seconds. */
export class KnownSites {
  readonly #known: Recent<Site>
  readonly #db: Queries

  constructor(db: Queries, now: () => number) {
    this.#db = db
    this.#known = new Recent({ forMs: KNOWN_MS, most: 10_000, now })
  }

  async byKey(key: string): Promise<Site | undefined> {
    const look = key.startsWith('sk_') ? siteBySecretKey : siteByPublishableKey
    return this.#known.get(key) ?? this.#known.find(key, () => look(this.#db, key))
  }
}
