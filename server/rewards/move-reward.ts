import type { Work } from '../deps.ts'
import { AppError } from '../errors.ts'
import { post } from './ledger.ts'
import { type RewardRow, updateReward } from './store.ts'

/** What a reward comes to: its amount without what was taken back. A refused one comes to nothing. */
export const leftOf = ({ state, amount, reversed }: RewardRow): number =>
  state === 'refused' ? 0 : amount - reversed

/** Approves a locked reward: what its person was promised is now to be paid. Answers it as it is then. */
export async function approveReward(work: Work, site: string, reward: RewardRow): Promise<RewardRow> {
  expectState(reward, ['pending', 'review'], 'approved')
  await move(work, site, 'approved', reward, leftOf(reward), 'person', 'payable')
  return change(work, reward, { state: 'approved' })
}

/** Refuses a locked reward that is not paid yet: all that is left of it goes back to its programme. */
export async function refuseReward(work: Work, site: string, reward: RewardRow): Promise<RewardRow> {
  expectState(reward, ['pending', 'review', 'approved'], 'refused')
  await move(work, site, 'refused', reward, leftOf(reward), holds(reward), 'programme')
  return change(work, reward, { state: 'refused' })
}

/** Takes a locked reward's refusal back: it waits in review again, for what refunds have left of it. */
export async function restoreReward(work: Work, site: string, reward: RewardRow): Promise<RewardRow> {
  expectState(reward, ['refused'], 'restored')
  const left = reward.amount - reward.reversed
  await move(work, site, 'restored', reward, left, 'programme', 'person')
  return change(work, reward, { state: left === 0 ? 'reversed' : 'review' })
}

/**
 * Takes a part of a locked reward back for a refund, before or after it was paid. Of a refused one only the note
 * changes: its money has gone back already.
 */
export async function reversePart(
  work: Work,
  site: string,
  reward: RewardRow,
  amount: number,
): Promise<RewardRow> {
  const reversed = reward.reversed + amount
  if (amount < 0 || reversed > reward.amount)
    throw new Error(`Reward ${reward.id}: ${amount} of ${reward.amount - reward.reversed} cannot be reversed`)
  if (reward.state !== 'refused')
    await move(work, site, 'reversed', reward, amount, holds(reward), 'programme')
  const over = reversed === reward.amount && reward.state !== 'refused'
  return change(work, reward, over ? { reversed, state: 'reversed' } : { reversed })
}

type Account = 'person' | 'payable' | 'programme'

/** Where the money of a reward is: promised to its person, or to be paid (and after that, owed back). */
const holds = ({ state }: RewardRow): Account =>
  state === 'pending' || state === 'review' ? 'person' : 'payable'

function expectState({ id, state }: RewardRow, from: RewardRow['state'][], act: string): void {
  if (!from.includes(state)) throw new AppError('conflict', `Reward ${id} is ${state} and cannot be ${act}`)
}

async function move(
  work: Work,
  site: string,
  reason: string,
  reward: RewardRow,
  amount: number,
  from: Account,
  to: Account,
): Promise<void> {
  const entry = (account: Account, sign: 1 | -1) => ({
    account,
    holder: account === 'programme' ? reward.programme_id : reward.person_id,
    amount: sign * amount,
    currency: reward.currency,
    programme_id: reward.programme_id,
    conversion_id: reward.conversion_id,
    reward_id: reward.id,
  })
  await post(work, site, reason, [entry(from, -1), entry(to, 1)])
}

async function change(
  { db }: Work,
  reward: RewardRow,
  next: Partial<Pick<RewardRow, 'state' | 'reversed'>>,
): Promise<RewardRow> {
  await updateReward(db, reward, next)
  return { ...reward, ...next }
}
