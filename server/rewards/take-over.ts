import { sql } from 'kysely'
import { toldSum } from '../db/amounts.ts'
import type { Work } from '../deps.ts'
import { enqueue } from '../outbox.ts'
import { post } from './ledger.ts'
import { lockPayouts } from './payout-store.ts'
import { lockProgramme } from './programme-store.ts'

/**
 * A guest's rewards are those of the member that they turned out to be, and so is what the ledger says of them: it is
 * moved reward by reward, so that every account still tells what each reward came to. What earnings were made of stays
 * as it was written, for receipts; what was earned is looked at anew, as the member may have bought it themselves.
 */
export async function takeOverRewards(work: Work, site: string, from: string, to: string): Promise<void> {
  const { db } = work
  // Whoever settles or pays holds these: nothing is earned or paid meanwhile.
  const programmes = await db
    .selectFrom('programme')
    .select('id')
    .where('site_id', '=', site)
    .orderBy('id')
    .execute()
  for (const { id } of programmes) await lockProgramme(db, site, id)
  await lockPayouts(db, site)
  await db
    .updateTable('reward')
    .set({ person_id: to })
    .where('site_id', '=', site)
    .where('person_id', '=', from)
    .execute()
  await moveBalances(work, site, from, to)
  await moveFriends(work, site, from, to)
  const waiting = await db
    .selectFrom('reward')
    .select('conversion_id')
    .distinct()
    .where('site_id', '=', site)
    .where('person_id', '=', to)
    .where('state', 'in', ['pending', 'review'])
    .execute()
  for (const { conversion_id: id } of waiting) await enqueue(work, site, 'settle-conversion', { id })
}

async function moveBalances(work: Work, site: string, from: string, to: string): Promise<void> {
  const balances = await work.db
    .selectFrom('ledger')
    .select(['account', 'currency', 'programme_id', 'conversion_id', 'reward_id'])
    .select(toldSum(sql`amount`).as('amount'))
    .where('site_id', '=', site)
    .where('account', 'in', ['person', 'payable', 'credit', 'paid'])
    .where('holder', '=', from)
    .groupBy(['account', 'currency', 'programme_id', 'conversion_id', 'reward_id'])
    .execute()
  await post(
    work,
    site,
    'merged',
    balances.flatMap((balance) => [
      { ...balance, holder: from, amount: -balance.amount },
      { ...balance, holder: to },
    ]),
  )
}

/** Whom the guest brought the member has brought, and whoever brought the guest has brought the member. */
async function moveFriends({ db }: Work, site: string, from: string, to: string): Promise<void> {
  await db
    .updateTable('earning')
    .set({ nearest_id: to })
    .where('site_id', '=', site)
    .where('nearest_id', '=', from)
    .execute()
  await db
    .updateTable('earning')
    .set({ friend: `person ${to}` })
    .where('site_id', '=', site)
    .where('friend', '=', `person ${from}`)
    .execute()
}
