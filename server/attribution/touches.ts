import type { PayingTouch } from '../contract/models.ts'
import { ALL, type Fraction, NOTHING } from './fractions.ts'

const DAY_MS = 24 * 60 * 60 * 1000
/** What the strongest touch counts under time decay; a double has no finer grain. */
const GRAIN = 2 ** 52

/** What a touch model goes by: when each touch was, oldest first, and when the conversion. Times in ms. */
export interface Journey {
  touches: readonly number[]
  at: number
  halfLifeDays: number
}

/** How much of a conversion each touch gets, in their order: exact parts that sum to 1 where there is a touch. */
export const touchWeights = (touch: PayingTouch, journey: Journey): Fraction[] =>
  journey.touches.length === 0 ? [] : WEIGHTS[touch](journey)

const WEIGHTS: Record<PayingTouch, (journey: Journey) => Fraction[]> = {
  first: ({ touches }) => touches.map((_, i) => (i === 0 ? ALL : NOTHING)),
  last: ({ touches }) => touches.map((_, i) => (i === touches.length - 1 ? ALL : NOTHING)),
  linear: ({ touches }) => touches.map(() => [1n, BigInt(touches.length)]),
  decay,
  position,
}

/** 2^(−Δt ÷ half-life), as parts of their sum. Measured from the latest touch, so that they never all vanish. */
function decay({ touches, at, halfLifeDays }: Journey): Fraction[] {
  const ages = touches.map((touch) => Math.max(0, at - touch))
  const youngest = Math.min(...ages)
  // However long ago it was, a touch counts a grain.
  const weights = ages.map((age) =>
    BigInt(Math.max(1, Math.round(GRAIN * 2 ** ((youngest - age) / (halfLifeDays * DAY_MS))))),
  )
  const sum = weights.reduce((all, weight) => all + weight, 0n)
  return weights.map((weight) => [weight, sum])
}

/** 40 % to the first and the last, 20 % to those between. */
function position({ touches: { length } }: Journey): Fraction[] {
  if (length <= 2) return Array.from({ length }, () => [1n, BigInt(length)])
  const between: Fraction = [1n, 5n * BigInt(length - 2)]
  return Array.from({ length }, (_, i) => (i === 0 || i === length - 1 ? [2n, 5n] : between))
}
