import type { Split } from '../contract/models.ts'
import { ALL, type Fraction, NOTHING } from './fractions.ts'

/** No amount is as great as this, so that the floor of a part below 1 ÷ BEYOND is 0 for any. */
const BEYOND = 2n ** 53n
/** Blends are exact to this part. */
const ALPHA_GRAIN = 1_000_000

/**
 * How a touch's part runs up its chain: exact parts for the `depth` hops, nearest first. What they leave of 1 is the
 * house's. Parts too small for any amount are told as some part below 1 ÷ 2^53: the floor is the same, and a chain of a
 * thousand hops needs no numbers of a thousand bits.
 */
export const splitParts = (split: Split, depth: number, alpha: number): Fraction[] =>
  depth === 0 ? [] : PARTS[split](depth, alpha)

const PARTS: Record<Split, (depth: number, alpha: number) => Fraction[]> = {
  nearest: (depth) => Array.from({ length: depth }, (_, hop) => (hop === 0 ? ALL : NOTHING)),
  root: (depth) => Array.from({ length: depth }, (_, hop) => (hop === depth - 1 ? ALL : NOTHING)),
  linear: (depth) => Array.from({ length: depth }, () => [1n, BigInt(depth)]),
  halving,
  leibniz,
  blend,
}

/** ½, ¼, ⅛ … as in MIT's search for red balloons (Pickard et al., 2011). */
function halving(depth: number): Fraction[] {
  let denominator = 1n
  return Array.from({ length: depth }, () => {
    if (denominator <= BEYOND) denominator *= 2n
    return [1n, denominator]
  })
}

/**
 * Leibniz's harmonic triangle: hop k of d gets 1 ÷ (d·C(d−1, k−1)). Inventing extra hops of oneself never pays, since
 * an entry is the sum of the two below it.
 */
function leibniz(depth: number): Fraction[] {
  const d = BigInt(depth)
  const parts = new Array<Fraction>(depth)
  let choose = 1n
  for (let hop = 0; hop <= (depth - 1) / 2; hop++) {
    parts[hop] = parts[depth - 1 - hop] = [1n, d * choose]
    // Binomials grow up to the middle.
    if (choose <= BEYOND) choose = (choose * (d - 1n - BigInt(hop))) / BigInt(hop + 1)
  }
  return parts
}

/** α·nearest + (1 − α)·leibniz. */
function blend(depth: number, alpha: number): Fraction[] {
  const grain = BigInt(ALPHA_GRAIN)
  const nearest = BigInt(Math.round(alpha * ALPHA_GRAIN))
  return leibniz(depth).map(([, denominator], hop) => [
    (hop === 0 ? nearest * denominator : 0n) + (grain - nearest),
    grain * denominator,
  ])
}
