import type { Database } from '../db/schema.ts'
import type { Work } from '../deps.ts'
import { becameOf } from './bought.ts'
import { earnedAs, readDetail } from './detail.ts'
import { doubtAgain } from './doubt-again.ts'
import { dueNow } from './due.ts'
import { type EarningRow, updateEarning } from './earning-store.ts'
import { post } from './ledger.ts'
import { reversePart } from './move-reward.ts'
import { ruleOfVersion } from './programme-store.ts'
import { lockRewardsOf } from './store.ts'

/** Takes back what an earning's conversion is no longer worth. The earning's programme is locked. */
export async function giveBack(work: Work, earning: EarningRow, row: Database['conversion']): Promise<void> {
  const { site_id: site, programme_id, conversion_id, version } = earning
  const rule = await ruleOfVersion(work.db, site, programme_id, version)
  const rewards = await lockRewardsOf(work.db, site, programme_id, conversion_id)
  const detail = readDetail(earning.detail)
  const stands = rewards.map((reward) => ({
    role: reward.role,
    person: earnedAs(detail, reward),
    left: reward.amount - reward.reversed,
  }))
  const due = dueNow(rule, detail, becameOf(row), {
    rewards: stands,
    house: earning.house,
  })
  let pot = due.house
  const standing = []
  for (const [i, reward] of rewards.entries()) {
    const [left = 0, next = 0] = [stands[i]?.left, due.rewards[i]]
    standing.push(next < left ? await reversePart(work, site, reward, left - next) : reward)
    pot += next
  }
  await doubtAgain(work, row, standing)
  await reverseHouse(work, earning, earning.house - due.house)
  // Who brings nothing but returned goods climbs no tier.
  const nearest_id = pot === 0 && earning.pot > 0 ? null : earning.nearest_id
  if (pot !== earning.pot) await updateEarning(work.db, earning, { pot, house: due.house, nearest_id })
}

async function reverseHouse(work: Work, earning: EarningRow, amount: number): Promise<void> {
  const { site_id: site, programme_id, conversion_id, currency } = earning
  const common = { currency, programme_id, conversion_id }
  await post(work, site, 'reversed', [
    { ...common, account: 'house', holder: '', amount: -amount },
    { ...common, account: 'programme', holder: programme_id, amount },
  ])
}
