/** An exact part of something: numerator, denominator (above 0). */
export type Fraction = readonly [numerator: bigint, denominator: bigint]

export const NOTHING: Fraction = [0n, 1n]
export const ALL: Fraction = [1n, 1n]

/** A fraction as a number, for people to read. */
export const toNumber = ([numerator, denominator]: Fraction): number =>
  Number(numerator) / Number(denominator)

/** A sum in lowest terms, so that long sums stay short. */
export function plus([a, b]: Fraction, [c, d]: Fraction): Fraction {
  const [over, under] = [a * d + c * b, b * d]
  const common = commonDivisor(over, under)
  return [over / common, under / common]
}

/** How much of one is another, which is not 0. */
export const ratio = ([a, b]: Fraction, [c, d]: Fraction): Fraction => [a * d, b * c]

function commonDivisor(a: bigint, b: bigint): bigint {
  let [more, less] = [a, b]
  while (less !== 0n) [more, less] = [less, more % less]
  return more
}

/** A part of an amount of minor units, floored. */
export const partOf = (amount: number, [numerator, denominator]: Fraction): number =>
  Number((BigInt(amount) * numerator) / denominator)
