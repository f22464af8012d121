import type { NewDecision, Reward } from '../contract/rewards.ts'
import type { Work } from '../deps.ts'
import { AppError } from '../errors.ts'
import { showRewards } from './list-rewards.ts'
import { approveReward, refuseReward, restoreReward } from './move-reward.ts'
import { recordDecision } from './record-decision.ts'
import { lockReward, type RewardRow, updateReward } from './store.ts'

/** The owner's word on some rewards, at once and against any reason: on all of them, or on none. */
export async function decideRewards(
  work: Work,
  site: string,
  who: string,
  { rewards, act, note = '' }: NewDecision,
): Promise<Reward[]> {
  const ids = [...new Set(rewards)]
  // Locked in one order, so that two decisions never wait for each other.
  for (const id of ids.toSorted()) {
    const reward = await lockReward(work.db, site, id)
    if (!reward) throw new AppError('not_found', `This site has no reward ${id}`)
    if (isSettled(reward, act)) continue
    if (act === 'approve') await approve(work, site, reward)
    else await refuse(work, site, reward)
    await recordDecision(work, site, { who, act, subject: id, detail: note })
  }
  return showRewards(work.db, site, ids)
}

/** Said already: nothing changes, and nothing is written down again. */
const isSettled = ({ state }: RewardRow, act: NewDecision['act']): boolean =>
  state === (act === 'approve' ? 'approved' : 'refused')

async function approve(work: Work, site: string, reward: RewardRow): Promise<void> {
  const waiting = reward.state === 'refused' ? await restoreReward(work, site, reward) : reward
  if (waiting.state === 'reversed')
    throw new AppError('conflict', `Reward ${reward.id} has been refunded: nothing of it is left to approve`)
  await approveReward(work, site, waiting)
}

async function refuse(work: Work, site: string, reward: RewardRow): Promise<void> {
  const refused = await refuseReward(work, site, reward)
  if (refused.payout_id !== null) await updateReward(work.db, refused, { payout_id: null })
}
