import type { PayingTouch, Split } from '../contract/models.ts'
import { ROW_ID_LENGTH } from '../ids.ts'
import { partOf } from './fractions.ts'
import { splitParts } from './splits.ts'
import { touchWeights } from './touches.ts'

export type { Fraction } from './fractions.ts'

/** A share on a chain, and the person who passed it on. */
export interface Hop {
  share: string
  person: string
}

/** The chain of one visit of the buyer, nearest first, and when the visit was, in ms. */
export interface TouchedChain {
  at: number
  hops: readonly Hop[]
}

/** A touch model with a chain split: who earns how much. `alpha` is the nearest sharer's part of a blend. */
export interface Model {
  touch: PayingTouch
  split: Split
  halfLifeDays: number
  alpha: number
}

/** What one hop of one touch gets: both are places in what was credited. */
export interface CreditLine extends Hop {
  touch: number
  hop: number
  amount: number
}

/** A conversion as far as it tells what led to it: `touches` is JSON (schema.ts), `at` in ms. */
interface Led {
  touches: string | null
  share_id: string | null
  at: number
}

/** The touches that led to a conversion, oldest first. One that kept none was led to by the share it came by, if any. */
export function touchesOf({ touches, share_id, at }: Led): (readonly [share: string, at: number])[] {
  if (touches !== null) return JSON.parse(touches) as [string, number][]
  return share_id === null ? [] : [[share_id, at]]
}

/**
 * The chain of a touch, nearest first, out of its share's path and people (ids, root first). The buyer's own hops are
 * left out, then consecutive hops of one person count once: the one nearest to the buyer stands for them.
 */
export function chainOf(path: string, people: string, buyer: string | null): Hop[] {
  const hops: Hop[] = []
  for (let end = people.length; end > 0; end -= ROW_ID_LENGTH) {
    const person = people.slice(end - ROW_ID_LENGTH, end)
    if (person === buyer || person === hops.at(-1)?.person) continue
    hops.push({ share: path.slice(end - ROW_ID_LENGTH, end), person })
  }
  return hops
}

/**
 * Divides an amount, which is not below 0, among the chains that led to a conversion: a line for each hop that the model
 * names, floored, and what remains, which is the house's. They add up to the amount exactly. The touches are those of
 * the conversion at `at`, oldest first.
 */
export function creditChain(
  amount: number,
  at: number,
  touches: readonly TouchedChain[],
  { touch: touchModel, split, halfLifeDays, alpha }: Model,
): { lines: CreditLine[]; house: number } {
  const lines: CreditLine[] = []
  let house = amount
  const weights = touchWeights(touchModel, { touches: touches.map((touch) => touch.at), at, halfLifeDays })
  weights.forEach(([weight, sum], touch) => {
    const hops = weight === 0n ? [] : (touches[touch]?.hops ?? [])
    const parts = splitParts(split, hops.length, alpha)
    for (const [hop, { share, person }] of hops.entries()) {
      const [part, whole] = parts[hop] ?? [0n, 1n]
      if (part === 0n) continue
      const credit = partOf(amount, [weight * part, sum * whole])
      house -= credit
      lines.push({ touch, hop, share, person, amount: credit })
    }
  })
  return { lines, house }
}
