import type { Reason } from '../contract/models.ts'
import type { Database } from '../db/schema.ts'
import type { Work } from '../deps.ts'
import { findReasons } from './find-reasons.ts'
import { type RewardRow, updateReward } from './store.ts'

/**
 * Looks once more at who is to be rewarded, now that more is known of a conversion: who bought, say. What is found
 * sends a reward to review as long as it is not approved; a reason once found stays.
 */
export async function doubtAgain(
  work: Work,
  conversion: Database['conversion'],
  rewards: readonly RewardRow[],
): Promise<void> {
  const waiting = rewards.filter(({ state }) => state === 'pending' || state === 'review')
  if (waiting.length === 0) return
  const people = [...new Set(waiting.map(({ person_id }) => person_id))]
  const found = await findReasons(work, conversion.site_id, conversion, people)
  for (const reward of waiting) {
    const known = JSON.parse(reward.reasons) as Reason[]
    const own: Reason[] =
      reward.role !== 'buyer' && reward.person_id === conversion.buyer_id ? ['self_referral'] : []
    const all = [...new Set([...known, ...own, ...(found.get(reward.person_id) ?? [])])]
    if (all.length > known.length)
      await updateReward(work.db, reward, { state: 'review', reasons: JSON.stringify(all) })
  }
}
