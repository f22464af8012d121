import type { Database } from '../db/schema.ts'
import type { Work } from '../deps.ts'
import { readDetail } from './detail.ts'
import { type EarningRow, updateEarning } from './earning-store.ts'
import { post } from './ledger.ts'
import { sumUp } from './limits.ts'
import { reversePart } from './move-reward.ts'
import { ruleOfVersion } from './programme-store.ts'
import { type Bought, divide, isPaidFor } from './rules.ts'
import { lockRewardsOf } from './store.ts'

type Conversion = Database['conversion']

/**
 * Takes back what a conversion is no longer worth: divides anew by the rule, chain and friend of the first time, and
 * reverses what is over. Nobody's part ever grows by it, the house's neither.
 */
export async function giveBack(work: Work, earning: EarningRow, row: Conversion): Promise<void> {
  const { site_id: site, programme_id, conversion_id } = earning
  const now = await worthNow(work, earning, row)
  let left = 0
  for (const reward of await lockRewardsOf(work.db, site, programme_id, conversion_id)) {
    const standing = reward.amount - reward.reversed
    const due = Math.min(standing, now.people.get(`${reward.role} ${reward.person_id}`) ?? 0)
    if (due < standing) await reversePart(work, site, reward, standing - due)
    left += due
  }
  const house = Math.min(earning.house, now.house)
  const common = { currency: earning.currency, programme_id, conversion_id }
  await post(work, site, 'reversed', [
    { ...common, account: 'house', holder: '', amount: house - earning.house },
    { ...common, account: 'programme', holder: programme_id, amount: earning.house - house },
  ])
  const pot = left + house
  // Who brings nothing but returned goods climbs no tier.
  const nearest_id = earning.pot > 0 && pot === 0 ? null : earning.nearest_id
  if (pot !== earning.pot) await updateEarning(work.db, earning, { pot, house, nearest_id })
}

/** What the rule of the first time would give each person and the house for what the conversion is now. */
async function worthNow({ db }: Work, earning: EarningRow, row: Conversion) {
  const detail = readDetail(earning.detail)
  const rule = await ruleOfVersion(db, earning.site_id, earning.programme_id, earning.version)
  const bought: Bought = {
    name: row.name,
    proved: row.proved === 1,
    at: row.at,
    gross: row.value,
    currency: row.currency,
    refunded: row.refunded,
    voided: row.voided === 1,
    touches: detail.touches,
    buyer: detail.buyer.person,
    author: detail.author.person,
  }
  if (!isPaidFor(rule, bought)) return { people: new Map<string, number>(), house: 0 }
  const { lines, house } = divide(rule, detail.friend, bought)
  const people = new Map(
    sumUp(lines, 'amount').map(({ role, person, amount }) => [`${role} ${person}`, amount]),
  )
  return { people, house }
}
