import type { NewPayout, Payout } from '../contract/rewards.ts'
import type { Work } from '../deps.ts'
import { AppError } from '../errors.ts'
import {
  changeRewards,
  endPayout,
  insertPayout,
  lockPayable,
  lockPayouts,
  lockRewardsIn,
  lockRewardsNamed,
  rulesOfSite,
} from './payout-store.ts'
import { programmeById } from './programme-store.ts'
import { recordDecision } from './record-decision.ts'
import { knownPayout, openLines, showPayout } from './show-payouts.ts'

/** Puts approved rewards into a batch of their own. Whoever owes back as much as they would get is left out. */
export async function createPayout(
  work: Work,
  site: string,
  who: string,
  wanted: NewPayout,
): Promise<Payout> {
  const { db, now, newId } = work
  await lockPayouts(db, site)
  const rewards = wanted.rewards
    ? await rewardsChosen(work, site, wanted.rewards, wanted.programme)
    : await rewardsPaidBy(work, site, wanted.method, wanted.programme)
  const payout = {
    site_id: site,
    id: newId(),
    method: wanted.method,
    state: 'open' as const,
    created_at: now(),
    created_by: who,
    paid_at: null,
  }
  await insertPayout(db, payout)
  await changeRewards(db, site, rewards, { payout_id: payout.id })
  await leaveOut(work, site, payout.id)
  const made = await showPayout(db, site, payout.id)
  if (made.data.length === 0) throw new AppError('conflict', 'There is nothing to pay')
  await recordDecision(work, site, { who, act: 'create', subject: payout.id })
  return made
}

/** Gives an open batch up: its rewards are approved as before. */
export async function cancelPayout(work: Work, site: string, who: string, id: string): Promise<void> {
  const { db } = work
  await lockPayouts(db, site)
  const payout = await knownPayout(db, site, id)
  if (payout.state === 'paid') throw new AppError('conflict', 'This payout has been paid')
  if (payout.state === 'cancelled') return
  const rewards = await lockRewardsIn(db, site, id)
  await changeRewards(
    db,
    site,
    rewards.map((reward) => reward.id),
    { payout_id: null },
  )
  await endPayout(db, payout, { state: 'cancelled', paid_at: null })
  await recordDecision(work, site, { who, act: 'cancel', subject: id })
}

/** Lets go of the rewards that an open batch does not pay; answers those that it does. */
export async function leaveOut({ db }: Work, site: string, payout: string) {
  // Locked first: what is refunded or refused from now on comes after this.
  const rewards = await lockRewardsIn(db, site, payout)
  const lines = (await openLines(db, site)).filter((line) => line.payout === payout)
  const paid = new Set(lines.map(({ person, currency }) => `${person} ${currency}`))
  const isPaid = (reward: (typeof rewards)[number]) =>
    reward.state === 'approved' && paid.has(`${reward.person_id} ${reward.currency}`)
  await changeRewards(
    db,
    site,
    rewards.filter((reward) => !isPaid(reward)).map(({ id }) => id),
    { payout_id: null },
  )
  return { lines, rewards: rewards.filter(isPaid) }
}

/** The rewards named, all of which can be paid. */
async function rewardsChosen(
  { db }: Work,
  site: string,
  named: readonly string[],
  programme: string | undefined,
): Promise<string[]> {
  const found = new Map((await lockRewardsNamed(db, site, named)).map((reward) => [reward.id, reward]))
  for (const id of named) {
    const reward = found.get(id)
    if (!reward) throw new AppError('not_found', `This site has no reward ${id}`)
    if (programme !== undefined && reward.programme_id !== programme)
      throw new AppError('conflict', `Reward ${id} is another programme's`)
    if (reward.state !== 'approved')
      throw new AppError('conflict', `Reward ${id} is ${reward.state}, not approved`)
    if (reward.payout_id !== null) throw new AppError('conflict', `Reward ${id} is in another payout`)
  }
  return [...found.keys()]
}

/** All that is approved, in no other batch, and paid by this method under the rule it came by. */
async function rewardsPaidBy(
  { db }: Work,
  site: string,
  method: NewPayout['method'],
  programme: string | undefined,
): Promise<string[]> {
  if (programme !== undefined && !(await programmeById(db, site, programme)))
    throw new AppError('not_found', 'This site has no such programme')
  const versions = new Set(
    (await rulesOfSite(db, site))
      .filter(({ rule }) => (JSON.parse(rule) as { pays?: string }).pays === method)
      .map(({ programme_id, version }) => `${programme_id} ${version}`),
  )
  const payable = await lockPayable(db, site, programme)
  return payable
    .filter(({ programme_id, version }) => versions.has(`${programme_id} ${version}`))
    .map(({ id }) => id)
}
