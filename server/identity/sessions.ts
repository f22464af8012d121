import type { ExpressionBuilder, Kysely } from 'kysely'
import { nanoid } from 'nanoid'
import { TOKEN_RANDOM_LENGTH } from '../contract/limits.ts'
import { prepare } from '../db/prepared.ts'
import type { Database } from '../db/schema.ts'
import type { Work } from '../deps.ts'
import { visitorKey } from './find-person.ts'

const DAY_MS = 24 * 60 * 60 * 1000
/** How long somebody stays signed in, in ms. */
export const SESSION_MS = 365 * DAY_MS
/** How long a token that works no longer is known as such, in ms. */
const RETIRED_MS = 30 * DAY_MS

/** A token as it is given: seen once, stored hashed. */
export interface Session {
  token: string
  key: string
  expiresAt: number
}

const retired = prepare((db, slot: (name: 'site' | 'key') => never) =>
  db
    .selectFrom('person_key')
    .select('kind')
    .where('site_id', '=', slot('site'))
    .where('key_hash', '=', slot('key'))
    .where('kind', '=', 'retired'),
)

/** Whether a token works no longer: its person signed out, or has another since. */
export async function isRetired(db: Kysely<Database>, site: string, key: string): Promise<boolean> {
  const { rows } = await retired(db, { site, key })
  return rows.length > 0
}

/** Gives a person a token. */
export async function openSession({ db, now }: Work, site: string, person: string): Promise<Session> {
  const token = `pt_${nanoid(TOKEN_RANDOM_LENGTH)}`
  const key = visitorKey({ token })
  const at = now()
  const expiresAt = at + SESSION_MS
  await db
    .insertInto('person_key')
    .values({
      site_id: site,
      key_hash: key,
      person_id: person,
      created_at: at,
      kind: 'token',
      expires_at: expiresAt,
    })
    .execute()
  return { token, key, expiresAt }
}

/** Ends tokens of a person: one, or all. What was done by them stays theirs. */
export async function endSessions(
  { db, now }: Work,
  site: string,
  person: string,
  key?: string,
): Promise<void> {
  const ending = db
    .updateTable('person_key')
    .set({ kind: 'retired', expires_at: now() + RETIRED_MS })
    .where('site_id', '=', site)
    .where('person_id', '=', person)
    .where('kind', '=', 'token')
  await (key === undefined ? ending : ending.where('key_hash', '=', key)).execute()
}

/** Notes that a token which was nobody's was this person's, and works no longer. */
export async function retireVisitor(
  { db, now }: Work,
  site: string,
  person: string,
  key: string,
): Promise<void> {
  const at = now()
  await db
    .insertInto('person_key')
    .values({
      site_id: site,
      key_hash: key,
      person_id: person,
      created_at: at,
      kind: 'retired',
      expires_at: at + RETIRED_MS,
    })
    .onConflict((conflict) => conflict.columns(['site_id', 'key_hash']).doNothing())
    .execute()
}

/** Ends tokens that have expired, and forgets those that ended long ago, but for those that something was bought by. */
export async function sweepTokens({ db, now }: Work): Promise<void> {
  const at = now()
  const expired = (kind: 'token' | 'retired') => (where: ExpressionBuilder<Database, 'person_key'>) =>
    where.and([where('kind', '=', kind), where('expires_at', '<=', at)])
  await db
    .deleteFrom('person_key')
    .where(expired('retired'))
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('conversion')
            .select('conversion.id')
            .whereRef('conversion.site_id', '=', 'person_key.site_id')
            .whereRef('conversion.visitor', '=', 'person_key.key_hash'),
        ),
      ),
    )
    .execute()
  await db.updateTable('person_key').set({ expires_at: null }).where(expired('retired')).execute()
  await db
    .updateTable('person_key')
    .set({ kind: 'retired', expires_at: at + RETIRED_MS })
    .where(expired('token'))
    .execute()
  await db.deleteFrom('sign_in').where('expires_at', '<=', at).execute()
}
