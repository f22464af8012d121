/**
 * How one conversion's value runs up its chain. A split answers the divisors of the value for the `depth` people of
 * a chain, nearest first; each gets floor(value ÷ divisor), and null gets nothing.
 */
export type Split = (depth: number) => Iterable<bigint | null>

/** All to whoever passed it on last. */
export function* nearest(depth: number): Iterable<bigint | null> {
  for (let hop = 0; hop < depth; hop++) yield hop === 0 ? 1n : null
}

/**
 * Leibniz's harmonic triangle: the hop k of d gets 1 ÷ (d·C(d−1, k−1)). Inventing extra hops of oneself never pays,
 * since an entry is the sum of the two below it.
 */
export function* leibniz(depth: number): Iterable<bigint | null> {
  const d = BigInt(depth)
  let choose = 1n
  for (let hop = 0n; hop < d; hop++) {
    yield d * choose
    choose = (choose * (d - 1n - hop)) / (hop + 1n)
  }
}

export const SPLIT_RULES = { nearest, leibniz } satisfies Record<string, Split>

/** What a split makes of an amount: a part for each hop, nearest first, and the remainder, which is the house's. */
export function splitAmount(split: Split, amount: number, depth: number): { parts: number[]; house: number } {
  const value = BigInt(amount)
  const parts = Array.from(split(depth), (divisor) => (divisor === null ? 0 : Number(value / divisor)))
  return { parts, house: amount - parts.reduce((sum, part) => sum + part, 0) }
}
