import type { Kysely } from 'kysely'
import type { Database } from '../db/schema.ts'
import { siteOfKey } from '../ids.ts'
import { hashSecret } from '../secrets.ts'
import { ownerSession, type Site, secretKeyWorks, siteById } from './store.ts'

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

/** The site whose owner holds this session. */
export async function siteByOwnerSession(db: Queries, token: string, now: number): Promise<Site | undefined> {
  const id = siteOfKey('os', token)
  if (id === undefined) return undefined
  const session = { site_id: id, token_hash: hashSecret(token), kind: 'session' } as const
  return (await ownerSession(db, session, now)) ? siteById(db, id) : undefined
}
