import type { DividendReport } from '../contract/reports.ts'

/** What a range came to, in counts and minor units. */
export type Measured = DividendReport['now']
type Factors = Pick<DividendReport, 'information' | 'chain' | 'interaction' | 'log' | 'change'>

/** A factor with nothing to divide by is 0. */
const ratio = (a: number, b: number): number => (b > 0 ? a / b : 0)
const logOf = (now: number, before: number): number | null =>
  now > 0 && before > 0 ? Math.log(now / before) : null

/**
 * value = shares × (visits ÷ share) × (value ÷ visit), and each factor's part in its change. Logarithms of factors add
 * up to that of the product, so the change is split as they are (LMDI: Ang 2004), times the logarithmic mean of both
 * values. There is no such split where a factor is 0.
 */
export function factorsOf(now: Measured, before: Measured): Factors {
  const change = now.value - before.value
  const factors = [
    { now: now.shares, before: before.shares },
    { now: ratio(now.visits, now.shares), before: ratio(before.visits, before.shares) },
    { now: ratio(now.value, now.visits), before: ratio(before.value, before.visits) },
  ].map((factor) => ({ ...factor, log: logOf(factor.now, factor.before) }))
  const logs = factors.flatMap(({ log }) => log ?? [])
  const mean = logarithmicMean(now.value, before.value)
  const parts =
    logs.length === factors.length
      ? addingUpTo(
          change,
          logs.map((log) => log * mean),
        )
      : []
  const [information, chain, interaction] = factors.map((factor, index) => ({
    ...factor,
    part: parts[index] ?? null,
  })) as [Factors['chain'], Factors['chain'], Factors['chain']]
  return { information, chain, interaction, log: logOf(now.value, before.value), change }
}

/** (a − b) ÷ ln(a ÷ b), and a where both are the same. Each way to the logarithm is exact only on its side. */
function logarithmicMean(a: number, b: number): number {
  const change = a - b
  if (change === 0) return a
  return change / (Math.abs(change) < b / 2 ? Math.log1p(change / b) : Math.log(a / b))
}

/** Whole numbers near the exact ones, with the right sum (largest remainder: nobody is paid by them, they only have to add up). */
function addingUpTo(sum: number, exact: readonly number[]): number[] {
  const parts = exact.map(Math.floor)
  const left = sum - parts.reduce((a, b) => a + b, 0)
  const rest = (index: number) => (exact[index] as number) - Math.floor(exact[index] as number)
  const order = exact.map((_, index) => index).sort((a, b) => rest(b) - rest(a))
  for (let step = 0; step < Math.abs(left); step++) {
    const index = order[step % order.length] as number
    parts[index] = (parts[index] as number) + Math.sign(left)
  }
  return parts
}
