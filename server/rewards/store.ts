import type { Kysely } from 'kysely'
import { inBatches } from '../db/batches.ts'
import { isPostgres } from '../db/dialect.ts'
import type { Database } from '../db/schema.ts'

type Queries = Kysely<Database>
/** A reward as it is stored. */
export type RewardRow = Database['reward']

const rewardsOf = (db: Queries, site: string) =>
  db.selectFrom('reward').selectAll().where('site_id', '=', site)

/** A reward, locked until the transaction ends. SQLite has one writer and needs no row locks. */
export async function lockReward(db: Queries, site: string, id: string): Promise<RewardRow | undefined> {
  const found = rewardsOf(db, site).where('id', '=', id)
  return (isPostgres(db) ? found.forUpdate() : found).executeTakeFirst()
}

/** The rewards a programme made for a conversion, in order, locked until the transaction ends. */
export async function lockRewardsOf(
  db: Queries,
  site: string,
  programme: string,
  conversion: string,
): Promise<RewardRow[]> {
  const found = rewardsOf(db, site)
    .where('programme_id', '=', programme)
    .where('conversion_id', '=', conversion)
    .orderBy('line')
  return (isPostgres(db) ? found.forUpdate() : found).execute()
}

export async function insertRewards(db: Queries, rows: readonly RewardRow[]): Promise<void> {
  for (const some of inBatches(rows)) await db.insertInto('reward').values(some).execute()
}

/** Moves a reward on; what it was made of never changes. */
export async function updateReward(
  db: Queries,
  { site_id, id }: RewardRow,
  change: Partial<Pick<RewardRow, 'state' | 'reversed' | 'reasons' | 'payout_id'>>,
): Promise<void> {
  await db.updateTable('reward').set(change).where('site_id', '=', site_id).where('id', '=', id).execute()
}
