import type { Kysely } from 'kysely'
import type { Database } from '../db/schema.ts'
import { type Site, siteOfRow } from './site.ts'

type Queries = Kysely<Database>

export async function siteById(db: Queries, site: string): Promise<Site | undefined> {
  const row = await db.selectFrom('site').selectAll().where('site_id', '=', site).executeTakeFirst()
  return row && siteOfRow(row)
}

export async function insertSite(db: Queries, site: Site): Promise<void> {
  await db
    .insertInto('site')
    .values({
      site_id: site.id,
      name: site.name,
      origins: JSON.stringify(site.origins),
      publishable_key: site.publishableKey,
      created_at: site.createdAt,
    })
    .execute()
}

export async function insertSecretKey(
  db: Queries,
  site: string,
  keyHash: string,
  hint: string,
  at: number,
): Promise<void> {
  await db
    .insertInto('secret_key')
    .values({ site_id: site, key_hash: keyHash, hint, created_at: at, revoked_at: null })
    .execute()
}

export async function secretKeyWorks(db: Queries, site: string, keyHash: string): Promise<boolean> {
  const row = await db
    .selectFrom('secret_key')
    .select('key_hash')
    .where('site_id', '=', site)
    .where('key_hash', '=', keyHash)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return row !== undefined
}

type OwnerSession = Database['owner_session']

export async function insertOwnerSession(db: Queries, row: OwnerSession): Promise<void> {
  await db.insertInto('owner_session').values(row).execute()
}

/** What names an owner's way in. */
type SessionKey = Pick<OwnerSession, 'site_id' | 'token_hash' | 'kind'>

export async function ownerSession(
  db: Queries,
  row: SessionKey,
  now: number,
): Promise<OwnerSession | undefined> {
  const found = await db
    .selectFrom('owner_session')
    .selectAll()
    .where('site_id', '=', row.site_id)
    .where('token_hash', '=', row.token_hash)
    .where('kind', '=', row.kind)
    .executeTakeFirst()
  return found && found.expires_at > now ? found : undefined
}

/** Ends all sessions of a person, and their links that were not used yet. */
export async function dropOwnerSessions(db: Queries, site: string, person: string): Promise<void> {
  await db.deleteFrom('owner_session').where('site_id', '=', site).where('person_id', '=', person).execute()
}

/** Ends a session or uses a link up; answers it if it was still good. */
export async function takeOwnerSession(
  db: Queries,
  row: SessionKey,
  now: number,
): Promise<OwnerSession | undefined> {
  const taken = await db
    .deleteFrom('owner_session')
    .where('site_id', '=', row.site_id)
    .where('token_hash', '=', row.token_hash)
    .where('kind', '=', row.kind)
    .returningAll()
    .executeTakeFirst()
  return taken && taken.expires_at > now ? taken : undefined
}
