import type { Totals } from '../../server/contract/reports.ts'
import { amountOf } from './money.ts'

/** The social dividend of one range, of what came through shares: value = shares × (visits ÷ share) × (value ÷ visit). Value in minor units. */
export interface Dividend {
  value: number
  shares: number
  visitsPerShare: number
  valuePerVisit: number
}

export type Factor = 'shares' | 'visitsPerShare' | 'valuePerVisit'

/** The three factors of a range in one currency. A factor with nothing to divide by is 0. */
export function dividendOf(totals: Totals, currency: string): Dividend {
  const value = amountOf(totals.earned, currency)
  return {
    value,
    shares: totals.shares,
    visitsPerShare: ratio(totals.visits, totals.shares),
    valuePerVisit: ratio(value, totals.visits),
  }
}

/**
 * The factor that moved the product most between two ranges: factors multiply, so their logarithms add up, and the
 * largest is the one to look at. None where either range has a factor of 0, or nothing moved by a hundredth.
 */
export function mainMover(now: Dividend, before: Dividend): Factor | undefined {
  let found: Factor | undefined
  let most = 0.01
  for (const factor of ['shares', 'visitsPerShare', 'valuePerVisit'] as const) {
    if (!(now[factor] > 0 && before[factor] > 0)) return undefined
    const moved = Math.abs(Math.log(now[factor] / before[factor]))
    if (moved > most) {
      most = moved
      found = factor
    }
  }
  return found
}

/** The change from one number to another as a part of the former; none where there was nothing before. */
export function changeOf(now: number, before: number): number | undefined {
  return before > 0 ? (now - before) / before : undefined
}

const ratio = (a: number, b: number): number => (b > 0 ? a / b : 0)
