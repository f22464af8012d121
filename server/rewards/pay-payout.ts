import type { Payout } from '../contract/rewards.ts'
import { createCoupon } from '../coupons/create-coupon.ts'
import type { Work } from '../deps.ts'
import { AppError } from '../errors.ts'
import { leaveOut } from './create-payout.ts'
import { type Entry, post } from './ledger.ts'
import { leftOf } from './move-reward.ts'
import { inWords } from './payout-csv.ts'
import type { PayoutLine } from './payout-lines.ts'
import { changeRewards, endPayout, lockPayouts } from './payout-store.ts'
import { recordDecision } from './record-decision.ts'
import { knownPayout, type PaidLine, showPayout } from './show-payouts.ts'
import type { RewardRow } from './store.ts'

/** Marks a batch paid, once, at what its rewards come to by now: refunds since are not paid. */
export async function payPayout(
  work: Work,
  { id: site, origins }: { id: string; origins: readonly string[] },
  who: string,
  id: string,
): Promise<Payout> {
  const { db, now } = work
  await lockPayouts(db, site)
  const payout = await knownPayout(db, site, id)
  if (payout.state === 'cancelled') throw new AppError('conflict', 'This payout has been given up')
  if (payout.state === 'paid') return showPayout(db, site, id)
  const { lines, rewards } = await leaveOut(work, site, id)
  if (lines.length === 0) throw new AppError('conflict', 'Nothing of this payout is left to pay: give it up')
  await changeRewards(
    db,
    site,
    rewards.map((reward) => reward.id),
    { state: 'paid' },
  )
  const account = payout.method === 'credit' ? 'credit' : 'paid'
  const rewardsOf = Map.groupBy(rewards, ({ person_id, currency }) => `${person_id} ${currency}`)
  const paid: PaidLine[] = []
  for (const line of lines) {
    const { person, currency, amount } = line
    await post(work, site, 'paid', entriesOf(line, rewardsOf.get(`${person} ${currency}`) ?? [], account))
    const coupon = payout.method === 'coupon' ? await issueCoupon(work, site, origins, line) : null
    paid.push({ person, currency, amount, rewards: line.rewards, coupon })
  }
  await endPayout(db, payout, { state: 'paid', paid_at: now() })
  await recordDecision(work, site, { who, act: 'pay', subject: id, detail: JSON.stringify(paid) })
  return showPayout(db, site, id)
}

/** Reward by reward what is paid, then what the person owed back, which is not. */
function entriesOf(
  { person, currency, left, amount }: PayoutLine,
  rewards: readonly RewardRow[],
  to: 'paid' | 'credit',
): Entry[] {
  const moved = (moving: number, about: Partial<Entry> = {}): Entry[] => [
    { account: 'payable', holder: person, amount: -moving, currency, ...about },
    { account: to, holder: person, amount: moving, currency, ...about },
  ]
  return [
    ...rewards.flatMap((reward) =>
      moved(leftOf(reward), {
        programme_id: reward.programme_id,
        conversion_id: reward.conversion_id,
        reward_id: reward.id,
      }),
    ),
    ...moved(amount - left),
  ]
}

/** A coupon worth what is paid, for one use on the site's front page. */
async function issueCoupon(
  work: Work,
  site: string,
  origins: readonly string[],
  { person, amount, currency }: PayoutLine,
): Promise<string> {
  const label = inWords(amount, currency)
  const { code } = await createCoupon(work, site, { person, url: new URL(origins[0] ?? ''), label, most: 1 })
  return code
}
