import type { Kysely } from 'kysely'
import { prepare } from '../db/prepared.ts'
import type { Database } from '../db/schema.ts'
import type { Work } from '../deps.ts'
import { refOf } from '../events.ts'
import { fingerprint } from '../secrets.ts'

/** The hash a person is known by: of the token their browser keeps, or of the site's own customer id. */
export const visitorKey = (known: { token: string } | { customerId: string }): string =>
  fingerprint('token' in known ? known.token : `customer:${known.customerId}`)

const keyToPerson = prepare((db, slot: (name: 'site' | 'key') => never) =>
  db
    .selectFrom('person_key')
    .select('person_id')
    .where('site_id', '=', slot('site'))
    .where('key_hash', '=', slot('key')),
)

/** The person known by this key; none for somebody who has only looked so far. */
export async function personByKey(
  db: Kysely<Database>,
  site: string,
  key: string,
): Promise<string | undefined> {
  const { rows } = await keyToPerson(db, { site, key })
  return rows[0]?.person_id
}

const keyToKeys = prepare((db, slot: (name: 'site' | 'key') => never) =>
  db
    .selectFrom('person_key as own')
    .innerJoin('person_key', (join) =>
      join
        .onRef('person_key.site_id', '=', 'own.site_id')
        .onRef('person_key.person_id', '=', 'own.person_id')
        .onRef('person_key.key_hash', '<>', 'own.key_hash'),
    )
    .select('person_key.key_hash')
    .where('own.site_id', '=', slot('site'))
    .where('own.key_hash', '=', slot('key')),
)

/** By which other keys the person of this one is known: of their other browsers, and by the site's own id of them. */
export async function otherKeys(db: Kysely<Database>, site: string, key: string): Promise<string[]> {
  const { rows } = await keyToKeys(db, { site, key })
  return rows.map(({ key_hash }) => key_hash)
}

/**
 * The person known by this key, born now if this is their first deliberate act. Without a key nobody can claim them.
 * `broughtBy` is the share they arrived through, `at` when they acted, if not now.
 */
export async function personForAct(
  { db, emit, now, newId }: Work,
  site: string,
  key: string | undefined,
  broughtBy: string | null = null,
  at: number = now(),
): Promise<string> {
  const known = key && (await personByKey(db, site, key))
  if (known) return known
  const id = newId()
  await db
    .insertInto('person')
    .values({
      site_id: site,
      id,
      created_at: at,
      name: null,
      listed: 0,
      payout: null,
      brought_by: broughtBy,
      member_since: null,
      role: 'member',
      name_key: null,
      mail: null,
      mail_confirmed: 0,
      avatar: null,
      merged_into: null,
    })
    .execute()
  const born =
    key === undefined ||
    (await db
      .insertInto('person_key')
      .values({
        site_id: site,
        key_hash: key,
        person_id: id,
        created_at: at,
        kind: 'token',
        expires_at: null,
      })
      .onConflict((conflict) => conflict.columns(['site_id', 'key_hash']).doNothing())
      .returning('person_id')
      .executeTakeFirst())
  if (!born) {
    // Born in another transaction a moment ago: that one is the person, ours never was.
    await db.deleteFrom('person').where('site_id', '=', site).where('id', '=', id).execute()
    return (await personByKey(db, site, key as string)) as string
  }
  const share = broughtBy === null ? undefined : await shareOf(db, site, broughtBy)
  if (share) emit({ type: 'birth', site, at, share: refOf(share) })
  return id
}

const shareOf = (db: Kysely<Database>, site: string, id: string) =>
  db
    .selectFrom('share')
    .select(['id', 'root_id', 'page_id', 'channel', 'person_id'])
    .where('site_id', '=', site)
    .where('id', '=', id)
    .executeTakeFirst()
