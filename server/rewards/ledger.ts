import { inBatches } from '../db/batches.ts'
import type { Database } from '../db/schema.ts'
import type { Work } from '../deps.ts'

type Line = Database['ledger']

/** One side of a transaction. Amounts are minor units: plus is what the account gets. */
export type Entry = Pick<Line, 'account' | 'holder' | 'amount' | 'currency'> &
  Partial<Pick<Line, 'programme_id' | 'conversion_id' | 'reward_id'>>

/**
 * Writes one transaction of the double-entry ledger: all of its lines, which sum to zero in each currency, or none.
 * Lines of nothing are left out. The table is only ever added to, and only here.
 */
export async function post(
  { db, now, newId }: Work,
  site: string,
  reason: string,
  entries: readonly Entry[],
): Promise<void> {
  const lines = entries.filter(({ amount }) => amount !== 0)
  if (lines.length === 0) return
  const sums = new Map<string, bigint>()
  for (const { currency, amount } of lines) sums.set(currency, (sums.get(currency) ?? 0n) + BigInt(amount))
  for (const [currency, sum] of sums)
    if (sum !== 0n) throw new Error(`A ledger transaction (${reason}) is off by ${sum} ${currency}`)
  const txn = newId()
  const at = now()
  const rows = lines.map((entry, line) => ({
    site_id: site,
    txn,
    line,
    reason,
    at,
    programme_id: null,
    conversion_id: null,
    reward_id: null,
    ...entry,
  }))
  for (const some of inBatches(rows)) await db.insertInto('ledger').values(some).execute()
}
