import { type Fraction, NOTHING, plus, ratio } from './fractions.ts'

/** The channels of somebody's visits, oldest first, and how many went this way and converted, or did not. */
export interface ChannelPath {
  channels: readonly string[]
  converted: number
  lost: number
}

/** What would be lost without each channel, as a part of all conversions; and their parts of it all, which sum to 1 if there are any. */
export interface RemovalEffects {
  effects: Map<string, Fraction>
  shares: Map<string, Fraction>
}

/**
 * Removal effects in the Markov chain of order 1 that the paths make, start → channel → … → conversion or nothing
 * (Anderl et al., 2016), solved exactly. All are 0 where nothing converted.
 *
 * Let A = D − T, of how often each channel was visited (D) and followed by each other (T), and b how often by a
 * conversion: x = A⁻¹b is the chance to convert from each channel. All conversions that pass a channel are lost when
 * it is removed: hit · x ÷ P. As the chain reproduces the visits it was made of, hit = 1 ÷ (n·A⁻¹ᵢᵢ) of n paths and
 * P = Σb ÷ n, so the effect is xᵢ ÷ (Σb·A⁻¹ᵢᵢ).
 */
export function markov(paths: Iterable<ChannelPath>): RemovalEffects {
  const { names, system, converting } = countSteps(paths)
  const conversions = converting.reduce((sum, count) => sum + count, 0n)
  const named = (part: (place: number) => Fraction) => new Map(names.map((name, i) => [name, part(i)]))
  if (conversions === 0n) return { effects: named(() => NOTHING), shares: named(() => NOTHING) }
  const inverse = adjugate(system)
  const effects = inverse.map((row, i): Fraction => {
    const chance = row.reduce((sum, entry, j) => sum + entry * (converting[j] as bigint), 0n)
    return [chance, conversions * (row[i] as bigint)]
  })
  const all = effects.reduce(plus)
  const effect = (place: number) => effects[place] as Fraction
  return { effects: named(effect), shares: named((place) => ratio(effect(place), all)) }
}

/** A and b of the chain, and the channels in their order. */
function countSteps(paths: Iterable<ChannelPath>) {
  const places = new Map<string, number>()
  const steps: number[][] = []
  const converting: number[] = []
  const placeOf = (channel: string): number => {
    const known = places.get(channel)
    if (known !== undefined) return known
    places.set(channel, steps.length)
    converting.push(0)
    return steps.push([]) - 1
  }
  const add = (row: number[], at: number, count: number) => {
    row[at] = (row[at] ?? 0) + count
  }
  for (const { channels, converted, lost } of paths) {
    let last: number | undefined
    for (const channel of channels) {
      const place = placeOf(channel)
      add(steps[place] as number[], place, converted + lost)
      if (last !== undefined) add(steps[last] as number[], place, -(converted + lost))
      last = place
    }
    if (last !== undefined) add(converting, last, converted)
  }
  return {
    names: [...places.keys()],
    system: steps.map((row) => steps.map((_, column) => BigInt(row[column] ?? 0))),
    converting: converting.map(BigInt),
  }
}

/**
 * The inverse of a matrix of integers times its determinant, by elimination without fractions (Bareiss, 1968). Every
 * leading minor has to be positive, as in A above: from each channel some path leads out.
 */
function adjugate(matrix: bigint[][]): bigint[][] {
  const rows = matrix.map((row, i) => [...row, ...matrix.map((_, j) => (i === j ? 1n : 0n))])
  let before = 1n
  rows.forEach((pivotRow, k) => {
    const pivot = pivotRow[k] as bigint
    rows.forEach((row, i) => {
      const factor = row[k] as bigint
      if (i === k) return
      row.forEach((entry, j) => {
        row[j] = (pivot * entry - factor * (pivotRow[j] as bigint)) / before
      })
    })
    before = pivot
  })
  return rows.map((row) => row.slice(matrix.length))
}
