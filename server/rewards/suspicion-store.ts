import { type Kysely, sql } from 'kysely'
import { isAmong } from '../db/dialect.ts'
import type { Database } from '../db/schema.ts'
import { ROW_ID_LENGTH } from '../ids.ts'

type Queries = Kysely<Database>

/** The marks of some people: their mail and payout addresses, hashed. */
export const marksOf = (db: Queries, site: string, people: readonly string[]) =>
  db
    .selectFrom('person_mark')
    .select(['person_id', 'kind', 'hash'])
    .where('site_id', '=', site)
    .where(isAmong(db, 'person_id', people))
    .execute()

/** The keys that some people are known by. */
export const keysOf = (db: Queries, site: string, people: readonly string[]) =>
  db
    .selectFrom('person_key')
    .select(['person_id', 'key_hash'])
    .where('site_id', '=', site)
    .where(isAmong(db, 'person_id', people))
    .execute()

/** Characters of the nearest eight people of a chain. */
const NEAR = 8 * 16

/** What was bought by these people or by these keys, up to a moment; `nearest` are those who brought it, root first. */
export async function purchasesBy(
  db: Queries,
  site: string,
  by: { people: readonly string[]; keys: readonly string[] },
  { until, through }: { until: number; through: readonly string[] },
) {
  const bought = (column: 'buyer_id' | 'visitor', among: readonly string[]) =>
    db
      .selectFrom('conversion')
      .select(['id', 'buyer_id', 'visitor', 'mail_hash', 'at'])
      .select(
        sql<string>`substr(people, case when length(people) > ${sql.lit(NEAR)}
        then length(people) - ${sql.lit(NEAR - 1)} else 1 end)`.as('nearest'),
      )
      .select(isThrough(through).as('through'))
      .where('site_id', '=', site)
      .where('at', '<=', until)
      .where(isAmong(db, column, among))
      .execute()
  // Apart, as each has an index of its own.
  return [...(await bought('buyer_id', by.people)), ...(await bought('visitor', by.keys))]
}

/** Whether somebody is on a conversion's chain, by any of their ids: 1 or 0. They are of one length, and random enough not to overlap. */
const isThrough = (selves: readonly string[]) => {
  const found = selves.map((self) => sql`replace(people, ${self}, '') <> people`)
  return found.length === 0
    ? sql<number>`0`
    : sql<number>`case when ${sql.join(found, sql` or `)} then 1 else 0 end`
}

/** A visitor's first arrival through a share as their browser told it, and when that was minted. */
export const firstArrival = (db: Queries, site: string, visitors: readonly string[], share: string) =>
  db
    .selectFrom('visit')
    .innerJoin('share', (join) =>
      join.onRef('share.site_id', '=', 'visit.site_id').onRef('share.id', '=', 'visit.share_id'),
    )
    .select(['visit.at', 'share.at as minted'])
    .where('visit.site_id', '=', site)
    .where(isAmong(db, 'visit.visitor', visitors))
    .where('visit.share_id', '=', share)
    .where('visit.rung', '=', 'code')
    .orderBy('visit.at')
    .limit(1)
    .executeTakeFirst()

/** When conversions under one root happened around a moment: so many of the nearest before and after it. */
export async function conversionsAround(
  db: Queries,
  site: string,
  root: string,
  { at, within, most }: { at: number; within: number; most: number },
): Promise<number[]> {
  const under = db
    .selectFrom('conversion')
    .select('at')
    .where('site_id', '=', site)
    .where('path', 'is not', null)
    .where(sql`substr(path, 1, ${sql.lit(ROW_ID_LENGTH)})`, '=', root)
    .limit(most)
  const before = under
    .where('at', '<=', at)
    .where('at', '>=', at - within)
    .orderBy('at', 'desc')
  const after = under
    .where('at', '>', at)
    .where('at', '<=', at + within)
    .orderBy('at')
  return [...(await before.execute()), ...(await after.execute())].map((row) => row.at)
}
