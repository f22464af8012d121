import { type Kysely, type SelectQueryBuilder, sql } from 'kysely'
import type { Rule } from '../contract/programmes.ts'
import { toldSum } from '../db/amounts.ts'
import { isAmong } from '../db/dialect.ts'
import type { Database } from '../db/schema.ts'
import type { Standing } from './limits.ts'
import { left } from './programme-store.ts'

type Queries = Kysely<Database>
/** An earning as it is stored: `pot` is what the programme gives now, `house` the site's part of it. */
export type EarningRow = Database['earning']

/** The programmes that a conversion may concern: those that run, and those it has earned under; in one order for all. */
export async function programmesFor(db: Queries, site: string, conversion: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from programme where site_id = ${site} and status = 'running'
    union select programme_id as id from earning where site_id = ${site} and conversion_id = ${conversion}
    order by id`.execute(db)
  return rows.map(({ id }) => id)
}

/** Whether a programme was started, or started again, after a row was entered: ids tell the order. */
export async function startedAfter(
  db: Queries,
  site: string,
  programme: string,
  id: string,
): Promise<boolean> {
  const start = await db
    .selectFrom('decision')
    .select('id')
    .where('site_id', '=', site)
    .where('subject', '=', programme)
    .where('act', '=', 'run')
    .where('id', '>', id)
    .executeTakeFirst()
  return start !== undefined
}

/** A conversion as it is now. */
export const conversionById = (db: Queries, site: string, id: string) =>
  db.selectFrom('conversion').selectAll().where('site_id', '=', site).where('id', '=', id).executeTakeFirst()

export const earningOf = (db: Queries, site: string, programme: string, conversion: string) =>
  db
    .selectFrom('earning')
    .selectAll()
    .where('site_id', '=', site)
    .where('programme_id', '=', programme)
    .where('conversion_id', '=', conversion)
    .executeTakeFirst()

export async function insertEarning(db: Queries, row: EarningRow): Promise<void> {
  await db.insertInto('earning').values(row).execute()
}

/** Sets what an earning comes to now; how it was made stays, but for a buyer who is known only later. */
export async function updateEarning(
  db: Queries,
  { site_id, programme_id, conversion_id }: EarningRow,
  change: Partial<Pick<EarningRow, 'pot' | 'house' | 'nearest_id' | 'friend' | 'detail'>>,
): Promise<void> {
  await db
    .updateTable('earning')
    .set(change)
    .where('site_id', '=', site_id)
    .where('programme_id', '=', programme_id)
    .where('conversion_id', '=', conversion_id)
    .execute()
}

/** Makes a friend of somebody's who was known by a key alone the person that the key has turned out to be. */
export async function nameFriend(
  db: Queries,
  site: string,
  programme: string,
  { nearest, friend }: { nearest: string; friend: string },
): Promise<void> {
  const keys = db
    .selectFrom('person_key')
    .select(sql<string>`'visitor ' || key_hash`.as('friend'))
    .where('site_id', '=', site)
    .where('person_id', '=', friend)
  await db
    .updateTable('earning')
    .set({ friend: `person ${friend}` })
    .where('site_id', '=', site)
    .where('programme_id', '=', programme)
    .where('nearest_id', '=', nearest)
    .where('friend', 'in', keys)
    .execute()
}

/** How many friends somebody has brought under a programme, besides one: the same buyer again is no other friend. */
export async function friendsOf(
  db: Queries,
  site: string,
  programme: string,
  person: string,
  besides: string,
): Promise<number> {
  const { friends } = await db
    .selectFrom('earning')
    .select(({ fn }) => fn.count<number>('friend').distinct().as('friends'))
    .where('site_id', '=', site)
    .where('programme_id', '=', programme)
    .where('nearest_id', '=', person)
    .where('friend', '<>', besides)
    .executeTakeFirstOrThrow()
  return friends
}

/** What a programme has given so far, as far as its limits ask: in its rule's currency, to these people. */
export async function standingOf(
  db: Queries,
  site: string,
  programme: string,
  { currency, limits }: Rule,
  people: readonly string[],
): Promise<Omit<Standing, 'first'>> {
  const counted = limits.totalRewards !== null
  const perPerson = limits.personAmount !== null || limits.personRewards !== null
  const rewards = db
    .selectFrom('reward')
    .where('site_id', '=', site)
    .where('programme_id', '=', programme)
    .where('currency', '=', currency)
  return {
    spent: limits.budget === null ? 0 : await sumOf(rewards),
    conversions: counted ? await conversionsPaid(db, site, programme) : 0,
    given: perPerson ? await givenTo(db, rewards, people) : new Map(),
  }
}

type Rewards = SelectQueryBuilder<Database, 'reward', object>

async function sumOf(rewards: Rewards): Promise<number> {
  const { spent } = await rewards.select(toldSum(left).as('spent')).executeTakeFirstOrThrow()
  return spent
}

async function conversionsPaid(db: Queries, site: string, programme: string): Promise<number> {
  const { conversions } = await db
    .selectFrom('earning')
    .select(({ fn }) => fn.countAll<number>().as('conversions'))
    .where('site_id', '=', site)
    .where('programme_id', '=', programme)
    .where('pot', '>', 0)
    .executeTakeFirstOrThrow()
  return conversions
}

async function givenTo(db: Queries, rewards: Rewards, people: readonly string[]): Promise<Standing['given']> {
  const rows = await rewards
    .where(isAmong(db, 'person_id', people))
    .where(left, '>', 0)
    .select(['person_id', toldSum(left).as('amount'), ({ fn }) => fn.countAll<number>().as('rewards')])
    .groupBy('person_id')
    .execute()
  return new Map(rows.map(({ person_id, amount, rewards }) => [person_id, { amount, rewards }]))
}
