import { type Kysely, sql } from 'kysely'
import { toldSum } from '../db/amounts.ts'
import type { Database } from '../db/schema.ts'

type Queries = Kysely<Database>

/** Which lines are asked for. */
export interface LinesWanted {
  account?: Database['ledger']['account'] | undefined
  holder?: string | undefined
  reward?: string | undefined
  conversion?: string | undefined
}

const COLUMN = {
  account: 'account',
  holder: 'holder',
  reward: 'reward_id',
  conversion: 'conversion_id',
} as const

/** So many lines, those of the latest transaction first, after a line of a transaction. */
export function linesWanted(
  db: Queries,
  site: string,
  wanted: LinesWanted,
  { after, most }: { after?: readonly [line: number, txn: string] | undefined; most: number },
) {
  let query = db
    .selectFrom('ledger')
    .selectAll()
    .where('site_id', '=', site)
    .orderBy('txn', 'desc')
    .orderBy('line')
    .limit(most)
  for (const name of Object.keys(COLUMN) as (keyof LinesWanted)[]) {
    const value = wanted[name]
    if (value !== undefined) query = query.where(COLUMN[name], '=', value)
  }
  if (after) {
    const [line, txn] = after
    query = query.where((where) =>
      where.or([where('txn', '<', txn), where.and([where('txn', '=', txn), where('line', '>', line)])]),
    )
  }
  return query.execute()
}

/** What every account of a site comes to, in each currency. */
export const sumsOfAccounts = (db: Queries, site: string) =>
  db
    .selectFrom('ledger')
    .select(['account', 'holder', 'currency', toldSum(sql`amount`).as('balance')])
    .where('site_id', '=', site)
    .groupBy(['account', 'holder', 'currency'])
    .orderBy('account')
    .orderBy('holder')
    .orderBy('currency')
    .execute()

/** What all lines of a site come to, in each currency: nothing. */
export const sumsOfLedger = (db: Queries, site: string) =>
  db
    .selectFrom('ledger')
    .select(['currency', toldSum(sql`amount`).as('balance')])
    .where('site_id', '=', site)
    .groupBy('currency')
    .orderBy('currency')
    .execute()
