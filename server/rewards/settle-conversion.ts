import type { Database } from '../db/schema.ts'
import type { Work } from '../deps.ts'
import { loadPurchases } from './bought.ts'
import { earn } from './earn.ts'
import { conversionById, earningOf, programmesFor, startedAfter } from './earning-store.ts'
import { giveBack } from './give-back.ts'
import { lockProgramme } from './programme-store.ts'
import { rewardLateBuyer } from './reward-late-buyer.ts'

type Conversion = Database['conversion']

/**
 * Job: makes what a conversion has earned under each programme what it should be. The first time under a programme it
 * earns; after that, what changed since can only take back, but for a buyer who was nobody yet. Whoever settles holds the programme, so that limits,
 * tiers and budgets hold however many conversions come at once.
 */
export async function settleConversion(work: Work, site: string, body: unknown): Promise<void> {
  const { id } = body as { id: string }
  const { db } = work
  for (const programmeId of await programmesFor(db, site, id)) {
    const programme = await lockProgramme(db, site, programmeId)
    // Read under the lock: another server may have settled it, or refunded it, a moment ago.
    const row = await conversionById(db, site, id)
    if (!programme || !row) continue
    const known = await earningOf(db, site, programmeId, id)
    if (known) {
      await giveBack(work, known, row)
      await rewardLateBuyer(work, programme, row)
    } else if (programme.status === 'running' && !(await isOldRefund(work, programmeId, row)))
      for (const purchase of await loadPurchases(db, site, [row])) await earn(work, programme, purchase)
  }
}

/** An order from before the programme ran does not come to earn by being refunded in part. */
const isOldRefund = async ({ db }: Work, programme: string, { site_id, id, refunded }: Conversion) =>
  refunded > 0 && (await startedAfter(db, site_id, programme, id))
