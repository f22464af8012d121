import type { Rule } from '../contract/programmes.ts'
import type { Detail, EarnedLine } from './detail.ts'
import { sumUp } from './limits.ts'
import { type Bought, divide, isPaidFor } from './rules.ts'

/** What a conversion has become since it earned. */
export type Became = Omit<Bought, 'touches' | 'buyer' | 'author'>

/** What stands of an earning: each reward's part that was not taken back, and the house's. */
export interface Stands {
  rewards: readonly { role: EarnedLine['role']; person: string; left: number }[]
  house: number
}

/**
 * What is due of an earning by what its conversion has become: divided anew by the rule, chains and friend of the first
 * time. Nobody's part ever grows by it, nor the house's. Answers the rewards' parts in their order.
 */
export function dueNow(rule: Rule, detail: Detail, became: Became, stands: Stands) {
  const people = { buyer: detail.buyer.person, author: detail.author.person }
  const bought = { ...became, ...people, touches: detail.touches }
  const again = isPaidFor(rule, bought) ? divide(rule, detail.friend, bought) : { lines: [], house: 0 }
  const owed = new Map(
    sumUp(again.lines, 'amount').map(({ role, person, amount }) => [`${role} ${person}`, amount]),
  )
  return {
    rewards: stands.rewards.map(({ role, person, left }) =>
      Math.min(left, owed.get(`${role} ${person}`) ?? 0),
    ),
    house: Math.min(stands.house, again.house),
  }
}
