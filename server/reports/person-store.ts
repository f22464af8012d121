import { type Kysely, sql } from 'kysely'
import type { PersonReport } from '../contract/reports.ts'
import type { Money } from '../contract/values.ts'
import { toldSum } from '../db/amounts.ts'
import { isAmong } from '../db/dialect.ts'
import type { Database } from '../db/schema.ts'
import { buyerOf, withBuyer } from './buyers.ts'
import { isOnChain } from './on-chain.ts'
import type { Range } from './ranges.ts'

type Queries = Kysely<Database>

/** Most links, and most people brought, that are listed. */
const LATEST = 50

/** What came through somebody at any hop in a range, net of what was refunded. */
export async function influenceOf(
  db: Queries,
  site: string,
  { from, to }: Range,
  selves: readonly string[],
): Promise<Money[]> {
  const rows = await db
    .selectFrom('conversion')
    .select(['currency', toldSum(sql`value - refunded`).as('amount')])
    .where('site_id', '=', site)
    .where('at', '>=', from)
    .where('at', '<', to)
    .where('currency', 'is not', null)
    .where(sql<boolean>`value > refunded`)
    .where((where) => where.or(selves.map((self) => isOnChain('people', self))))
    .groupBy('currency')
    .orderBy('currency')
    .execute()
  return rows as Money[]
}

/** What the ledger says that somebody is owed, on hold or approved (below zero: owes back), and what they have got. */
export async function earnedBy(db: Queries, site: string, person: string): Promise<PersonReport['earned']> {
  const rows = await db
    .selectFrom('ledger')
    .select(['currency', toldSum(sql.ref('amount')).as('amount')])
    .select(sql<number>`case when account in ('person', 'payable') then 1 else 0 end`.as('owed'))
    .where('site_id', '=', site)
    .where('account', 'in', ['person', 'payable', 'credit', 'paid'])
    .where('holder', '=', person)
    .groupBy(['currency', 'owed'])
    .orderBy('currency')
    .execute()
  const amounts = (owed: 0 | 1) =>
    rows
      .filter((row) => row.owed === owed && row.amount !== 0)
      .map(({ currency, amount }) => ({ currency, amount }))
  return { owed: amounts(1), paid: amounts(0) }
}

/** People who were born of somebody's shares. */
const broughtThrough = (db: Queries, site: string, selves: readonly string[]) =>
  db
    .selectFrom('share')
    .innerJoin('person', (join) =>
      join.onRef('person.site_id', '=', 'share.site_id').onRef('person.brought_by', '=', 'share.id'),
    )
    .where('share.site_id', '=', site)
    .where(isAmong(db, 'share.person_id', selves))
    .where('person.id', 'not in', selves)

/** The latest people whom somebody brought. */
export const latestBrought = (db: Queries, site: string, selves: readonly string[]) =>
  broughtThrough(db, site, selves)
    .select(['person.id', 'person.created_at'])
    .orderBy('person.created_at', 'desc')
    .orderBy('person.id', 'desc')
    .limit(LATEST)
    .execute()

/** How many people somebody brought. */
export async function broughtCount(db: Queries, site: string, selves: readonly string[]): Promise<number> {
  const counted = await broughtThrough(db, site, selves)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return counted.count
}

/** Somebody's latest shares, with what came of each. */
export const latestLinks = (db: Queries, site: string, selves: readonly string[]) =>
  db
    .selectFrom('share')
    .innerJoin('share_total', (join) =>
      join.onRef('share_total.site_id', '=', 'share.site_id').onRef('share_total.share_id', '=', 'share.id'),
    )
    .select(['share.code', 'share.url', 'share.channel', 'share.at'])
    .select(['share_total.below', 'share_total.visits', 'share_total.conversions'])
    .where('share.site_id', '=', site)
    .where(isAmong(db, 'share.person_id', selves))
    .orderBy('share.at', 'desc')
    .orderBy('share.id', 'desc')
    .limit(LATEST)
    .execute()

/** How many conversions of a range were somebody's own. */
export async function purchasesOf(
  db: Queries,
  site: string,
  { from, to }: Range,
  person: string,
): Promise<number> {
  const counted = await withBuyer(db, site)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('conversion.at', '>=', from)
    .where('conversion.at', '<', to)
    .where(buyerOf, '=', person)
    .executeTakeFirstOrThrow()
  return counted.count
}
