import { type Kysely, sql } from 'kysely'
import { toldSum } from '../db/amounts.ts'
import { isAmong, isPostgres } from '../db/dialect.ts'
import type { Database } from '../db/schema.ts'
import type { RewardRow } from './store.ts'

type Queries = Kysely<Database>
export type PayoutRow = Database['payout']

/** Has a site's payouts made and paid one after another: what people owe back is netted once. */
export async function lockPayouts(db: Queries, site: string): Promise<void> {
  if (isPostgres(db)) await sql`select 1 from site where site_id = ${site} for no key update`.execute(db)
}

export async function insertPayout(db: Queries, row: PayoutRow): Promise<void> {
  await db.insertInto('payout').values(row).execute()
}

/** Ends an open payout. */
export async function endPayout(
  db: Queries,
  { site_id, id }: PayoutRow,
  end: Pick<PayoutRow, 'state' | 'paid_at'>,
): Promise<void> {
  await db.updateTable('payout').set(end).where('site_id', '=', site_id).where('id', '=', id).execute()
}

export const payoutById = (db: Queries, site: string, id: string): Promise<PayoutRow | undefined> =>
  db.selectFrom('payout').selectAll().where('site_id', '=', site).where('id', '=', id).executeTakeFirst()

/** So many of a site's payouts, latest first. */
export const latestPayouts = (db: Queries, site: string, most: number): Promise<PayoutRow[]> =>
  db.selectFrom('payout').selectAll().where('site_id', '=', site).orderBy('id', 'desc').limit(most).execute()

/** Approved rewards that are in no batch, each with the version of the rule it came by; locked. */
export function lockPayable(db: Queries, site: string, programme: string | undefined) {
  let query = db
    .selectFrom('reward')
    .innerJoin('earning', (join) =>
      join
        .onRef('earning.site_id', '=', 'reward.site_id')
        .onRef('earning.programme_id', '=', 'reward.programme_id')
        .onRef('earning.conversion_id', '=', 'reward.conversion_id'),
    )
    .select(['reward.id', 'reward.programme_id', 'earning.version'])
    .where('reward.site_id', '=', site)
    .where('reward.state', '=', 'approved')
    .where('reward.payout_id', 'is', null)
    .orderBy('reward.id')
  if (programme !== undefined) query = query.where('reward.programme_id', '=', programme)
  return (isPostgres(db) ? query.forUpdate('reward') : query).execute()
}

/** These rewards, locked. */
export function lockRewardsNamed(db: Queries, site: string, ids: readonly string[]): Promise<RewardRow[]> {
  const query = db
    .selectFrom('reward')
    .selectAll()
    .where('site_id', '=', site)
    .where(isAmong(db, 'id', ids))
    .orderBy('id')
  return (isPostgres(db) ? query.forUpdate() : query).execute()
}

/** The rewards of a batch, locked. */
export function lockRewardsIn(db: Queries, site: string, payout: string): Promise<RewardRow[]> {
  const query = db
    .selectFrom('reward')
    .selectAll()
    .where('site_id', '=', site)
    .where('payout_id', '=', payout)
    .orderBy('id')
  return (isPostgres(db) ? query.forUpdate() : query).execute()
}

/** Moves rewards into a batch, out of it, or on to being paid. */
export async function changeRewards(
  db: Queries,
  site: string,
  ids: readonly string[],
  change: Partial<Pick<RewardRow, 'state' | 'payout_id'>>,
): Promise<void> {
  await db
    .updateTable('reward')
    .set(change)
    .where('site_id', '=', site)
    .where(isAmong(db, 'id', ids))
    .execute()
}

/** What is in the open batches of a site, a row a batch, person and currency. */
export const openBatches = (db: Queries, site: string) =>
  db
    .selectFrom('payout')
    .innerJoin('reward', (join) =>
      join.onRef('reward.site_id', '=', 'payout.site_id').onRef('reward.payout_id', '=', 'payout.id'),
    )
    .select(['payout.id as payout', 'reward.person_id as person', 'reward.currency'])
    .select(({ fn }) => fn.countAll<number>().as('rewards'))
    .select(toldSum(sql`reward.amount - reward.reversed`).as('left'))
    .where('payout.site_id', '=', site)
    .where('payout.state', '=', 'open')
    .where('reward.state', '=', 'approved')
    .groupBy(['payout.id', 'reward.person_id', 'reward.currency'])
    .execute()

/** What is approved and in no batch, a row a person, currency and rule. */
export const unbatched = (db: Queries, site: string) =>
  db
    .selectFrom('reward')
    .innerJoin('earning', (join) =>
      join
        .onRef('earning.site_id', '=', 'reward.site_id')
        .onRef('earning.programme_id', '=', 'reward.programme_id')
        .onRef('earning.conversion_id', '=', 'reward.conversion_id'),
    )
    .select(['reward.programme_id as programme', 'earning.version', 'reward.person_id as person'])
    .select(['reward.currency', toldSum(sql`reward.amount - reward.reversed`).as('left')])
    .select(({ fn }) => fn.countAll<number>().as('rewards'))
    .where('reward.site_id', '=', site)
    .where('reward.state', '=', 'approved')
    .where('reward.payout_id', 'is', null)
    .groupBy(['reward.programme_id', 'earning.version', 'reward.person_id', 'reward.currency'])
    .execute()

/** What accounts of this kind come to, a row a person and currency. */
export const balancesOf = (
  db: Queries,
  site: string,
  account: 'payable' | 'credit',
  people: readonly string[],
) =>
  db
    .selectFrom('ledger')
    .select(['holder', 'currency', toldSum(sql`amount`).as('balance')])
    .where('site_id', '=', site)
    .where('account', '=', account)
    .where(isAmong(db, 'holder', people))
    .groupBy(['holder', 'currency'])
    .orderBy('currency')
    .execute()

/** What may be paid out to each of these people, in each currency; below zero, they owe it back. */
export async function payableTo(
  db: Queries,
  site: string,
  people: readonly string[],
): Promise<(person: string, currency: string) => number> {
  const rows = await balancesOf(db, site, 'payable', people)
  const known = new Map(rows.map(({ holder, currency, balance }) => [`${holder} ${currency}`, balance]))
  return (person, currency) => known.get(`${person} ${currency}`) ?? 0
}

/** What people are called and where their money goes. */
export const payees = (db: Queries, site: string, people: readonly string[]) =>
  db
    .selectFrom('person as known')
    .innerJoin('person', (join) =>
      join
        .onRef('person.site_id', '=', 'known.site_id')
        .on('person.id', '=', ({ fn }) => fn.coalesce('known.merged_into', 'known.id')),
    )
    .select(['known.id', 'person.name', 'person.payout'])
    .where('known.site_id', '=', site)
    .where(isAmong(db, 'known.id', people))
    .execute()

/** Which versions of a site's programmes pay in which way: the rules as they are stored. */
export const rulesOfSite = (db: Queries, site: string) =>
  db
    .selectFrom('programme_version')
    .select(['programme_id', 'version', 'rule'])
    .where('site_id', '=', site)
    .execute()
