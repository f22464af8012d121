import type { NewDecision, Reward } from '../contract/rewards.ts'
import type { Work } from '../deps.ts'
import { AppError } from '../errors.ts'
import { standingOf } from './earning-store.ts'
import { showRewards } from './list-rewards.ts'
import { approveReward, refuseReward, restoreReward } from './move-reward.ts'
import { lockProgramme } from './programme-store.ts'
import { rewardsNamed } from './queue-store.ts'
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
  if (act === 'approve') await lockProgrammes(work, site, ids)
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
  if (reward.state === 'refused') await expectBudget(work, site, reward)
  const waiting = reward.state === 'refused' ? await restoreReward(work, site, reward) : reward
  if (waiting.state === 'reversed')
    throw new AppError('conflict', `Reward ${reward.id} has been refunded: nothing of it is left to approve`)
  await approveReward(work, site, waiting)
}

async function refuse(work: Work, site: string, reward: RewardRow): Promise<void> {
  const refused = await refuseReward(work, site, reward)
  if (refused.payout_id !== null) await updateReward(work.db, refused, { payout_id: null })
}

/** Holds the programmes of those that are refused, as whoever settles does: what went back to a budget may be spent. */
async function lockProgrammes({ db }: Work, site: string, ids: readonly string[]): Promise<void> {
  const refused = (await rewardsNamed(db, site, ids)).filter(({ state }) => state === 'refused')
  for (const id of new Set(refused.map(({ programme_id }) => programme_id).sort()))
    await lockProgramme(db, site, id)
}

async function expectBudget({ db }: Work, site: string, reward: RewardRow): Promise<void> {
  const { programme_id, currency, amount, reversed } = reward
  const programme = await lockProgramme(db, site, programme_id)
  const budget = programme?.rule.limits.budget ?? null
  if (!programme || budget === null || programme.rule.currency !== currency) return
  const { spent } = await standingOf(db, site, programme_id, programme.rule, [])
  const left = Math.max(0, budget - spent)
  if (amount - reversed > left)
    throw new AppError(
      'conflict',
      `Reward ${reward.id} is more than the ${left} ${currency} that are left of its programme’s budget`,
    )
}
