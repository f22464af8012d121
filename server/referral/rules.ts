import type { RewardState } from '../contract/models.ts'
import type { Pot, Rule } from '../contract/programmes.ts'
import type { Offer, PERSONAL_STATES, Referral } from '../contract/referral.ts'
import type { Money } from '../contract/values.ts'

/** A pot as people read it. */
export const offerOf = (pot: Pot, currency: string): Offer =>
  'fixed' in pot
    ? { fixed: { currency, amount: pot.fixed }, percent: null, cap: null }
    : {
        fixed: null,
        percent: pot.percent,
        cap: pot.cap === undefined ? null : { currency, amount: pot.cap },
      }

/** Whether a rule pays those who invite, at this moment. */
export const invites = ({ sharers, startsAt, endsAt }: Rule, now: number): boolean =>
  sharers && (!startsAt || Date.parse(startsAt) <= now) && (!endsAt || Date.parse(endsAt) > now)

/** The tier ahead: how many friends it begins with, and how many are left until then. */
export function nextTier({ tiers, currency }: Rule, friends: number): Referral['nextTier'] {
  const next = tiers.find(({ from }) => from > friends)
  return next ? { from: next.from, left: next.from - friends, get: offerOf(next.pot, currency) } : null
}

type Personal = (typeof PERSONAL_STATES)[number]

/** What became of a reward, as its person may know it: nobody is shown an accusation. */
export const personalState = (state: RewardState): Personal =>
  state === 'review' ? 'pending' : state === 'refused' ? 'reversed' : state

/** Sums by what became of the rewards; what was taken back counts for nothing. */
export function earnedOf(
  rows: readonly { state: RewardState; currency: string; amount: number }[],
): Referral['earned'] {
  const sums = (wanted: Personal): Money[] => {
    const amounts = new Map<string, number>()
    for (const { state, currency, amount } of rows)
      if (personalState(state) === wanted && amount > 0)
        amounts.set(currency, (amounts.get(currency) ?? 0) + amount)
    return [...amounts].sort().map(([currency, amount]) => ({ currency, amount }))
  }
  return { pending: sums('pending'), approved: sums('approved'), paid: sums('paid') }
}
