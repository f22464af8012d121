import type { Kysely } from 'kysely'
import type { Balances, LedgerLines } from '../contract/rewards.ts'
import { fromCursor, isKeyset, toCursor } from '../cursor.ts'
import type { Database } from '../db/schema.ts'
import { type LinesWanted, linesWanted, sumsOfAccounts, sumsOfLedger } from './ledger-store.ts'

type Queries = Kysely<Database>

/** Lines of the ledger, those of the latest transaction first. */
export async function ledgerLines(
  db: Queries,
  site: string,
  { limit, cursor, ...wanted }: LinesWanted & { limit: number; cursor?: string | undefined },
): Promise<LedgerLines> {
  const rows = await linesWanted(db, site, wanted, { after: fromCursor(cursor, isKeyset), most: limit + 1 })
  const listed = rows.slice(0, limit)
  const last = listed.at(-1)
  return {
    data: listed.map((row) => ({
      txn: row.txn,
      line: row.line,
      at: new Date(row.at).toISOString(),
      account: row.account,
      holder: row.holder,
      amount: { currency: row.currency, amount: row.amount },
      reason: row.reason,
      programme: row.programme_id,
      conversion: row.conversion_id,
      reward: row.reward_id,
    })),
    next: rows.length > limit && last ? toCursor([last.line, last.txn]) : null,
  }
}

/** What each account comes to, and all of them together. */
export async function ledgerBalances(db: Queries, site: string): Promise<Balances> {
  const accounts = await sumsOfAccounts(db, site)
  const sums = await sumsOfLedger(db, site)
  return {
    data: accounts.map(({ account, holder, currency, balance }) => ({
      account,
      holder,
      balance: { currency, amount: balance },
    })),
    sum: sums.map(({ currency, balance }) => ({ currency, amount: balance })),
  }
}
