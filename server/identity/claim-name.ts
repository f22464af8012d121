import { z } from '@hono/zod-openapi'
import { type Kysely, sql } from 'kysely'
import { isPostgres } from '../db/dialect.ts'
import type { Database } from '../db/schema.ts'
import type { Work } from '../deps.ts'
import { AppError } from '../errors.ts'
import { settingsOf } from '../settings.ts'
import { nameKey } from './name-key.ts'

type Queries = Kysely<Database>

/** Lets a person be called by a name, unless a member, the staff or the owner has it, however it is spelled. */
export async function claimName(work: Work, site: string, person: string, name: string): Promise<void> {
  const fault = await takeName(work, site, person, name)
  if (fault) throw new AppError('conflict', fault, { field: 'name' })
}

/** Calls a person so who is called nothing yet, if the name is free. */
export async function takeFreeName(work: Work, site: string, person: string, name: string): Promise<void> {
  if ((await personOf(work.db, site, person)).name === null) await takeName(work, site, person, name)
}

/** Guards the name of a person who has become a member or staff: from now on no guest can take it. */
export async function guardName(work: Work, site: string, person: string): Promise<void> {
  const { name } = await personOf(work.db, site, person)
  if (name !== null) await keepName(work, site, person, name, nameKey(name))
}

/** Names a person; answers what is in the way, so that it reads after the field. */
async function takeName(work: Work, site: string, person: string, name: string): Promise<string | undefined> {
  const key = nameKey(name)
  await holdName(work.db, site, key)
  const { role, member_since } = await personOf(work.db, site, person)
  const isGuest = member_since === null
  const fault = role === 'member' ? await inTheWay(work.db, site, { person, key, isGuest }) : undefined
  if (!fault) await keepName(work, site, person, name, isGuest && role === 'member' ? null : key)
  return fault
}

/** Of two who take one name at once, the second sees the first. SQLite has one writer. */
async function holdName(db: Queries, site: string, key: string): Promise<void> {
  if (isPostgres(db))
    await sql`select pg_advisory_xact_lock(hashtextextended(${`${site} name ${key}`}, 0))`.execute(db)
}

const personOf = (db: Queries, site: string, id: string) =>
  db
    .selectFrom('person')
    .select(['name', 'role', 'member_since'])
    .where('site_id', '=', site)
    .where('id', '=', id)
    .executeTakeFirstOrThrow()

/** Only members' and the staff's names are guarded, so only theirs have a key. */
async function keepName(
  { db }: Work,
  site: string,
  person: string,
  name: string,
  name_key: string | null,
): Promise<void> {
  await db
    .updateTable('person')
    .set({ name, name_key })
    .where('site_id', '=', site)
    .where('id', '=', person)
    .execute()
}

/** As the owner keeps it among the settings of comments. */
const Reserved = z.object({ reservedNames: z.array(z.string()).default([]) })

async function inTheWay(
  db: Queries,
  site: string,
  { person, key, isGuest }: { person: string; key: string; isGuest: boolean },
): Promise<string | undefined> {
  const holders = await db
    .selectFrom('person')
    .select('role')
    .where('site_id', '=', site)
    .where('name_key', '=', key)
    .where('id', '<>', person)
    .where('merged_into', 'is', null)
    .execute()
  if (holders.some(({ role }) => role !== 'member'))
    return 'belongs to somebody who runs this site: choose another'
  if (isGuest && holders.length > 0) return 'belongs to a member: sign in if it is yours, or choose another'
  const { reservedNames } = await settingsOf(db, site, 'comments', Reserved)
  const known = await db
    .selectFrom('site')
    .select('name')
    .where('site_id', '=', site)
    .executeTakeFirstOrThrow()
  return [...reservedNames, known.name].some((reserved) => nameKey(reserved) === key)
    ? 'is kept for those who run this site: choose another'
    : undefined
}
