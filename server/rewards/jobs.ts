import type { Work } from '../deps.ts'
import { approveReward } from './move-reward.ts'
import { lockReward } from './store.ts'

/** Job: approves a reward once its hold is over, unless somebody or something has dealt with it before. */
export async function approveDueReward(work: Work, site: string, body: unknown): Promise<void> {
  const { id } = body as { id: string }
  const reward = await lockReward(work.db, site, id)
  if (reward?.state === 'pending' && reward.approve_at <= work.now()) await approveReward(work, site, reward)
}
