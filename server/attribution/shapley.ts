import { type Fraction, NOTHING, plus } from './fractions.ts'

/** Most players whose coalitions are all looked at: a million of them. */
const MAX_PLAYERS = 20

/**
 * Shapley values, exactly: over all coalitions, what each player adds to those without them, weighted by how often
 * the players arrive in that order. `worth` is the table of coalition values, asked once for each; players keep their
 * order. Throws a RangeError beyond 20 players.
 */
export function shapley<P>(
  players: readonly P[],
  worth: (coalition: readonly P[]) => number,
): Map<P, number> {
  const { length } = players
  if (length > MAX_PLAYERS) throw new RangeError(`${length} players have too many coalitions`)
  const worths = Array.from({ length: 2 ** length }, (_, coalition) =>
    worth(players.filter((_, i) => coalition & (1 << i))),
  )
  return new Map(players.map((player, i) => [player, worthOf(1 << i, length, worths)]))
}

/** Sums by size of coalition first: then a table of integers is summed without error. */
function worthOf(player: number, players: number, worths: readonly number[]): number {
  const added = new Array<number>(players).fill(0)
  for (const [coalition, worth] of worths.entries()) {
    if (coalition & player) continue
    const size = bitsOf(coalition)
    added[size] = (added[size] as number) + (worths[coalition | player] as number) - worth
  }
  let choose = 1
  let value = 0
  for (const [size, sum] of added.entries()) {
    value += sum / (players * choose)
    choose = (choose * (players - 1 - size)) / (size + 1)
  }
  return value
}

function bitsOf(number: number): number {
  let bits = 0
  for (let rest = number; rest > 0; rest >>= 1) bits += rest & 1
  return bits
}

/**
 * Shapley values where a coalition is worth all the paths that it covers: each path's worth, in equal parts to its
 * distinct channels. Exact.
 */
export function shapleyOfPaths(
  paths: Iterable<{ channels: readonly string[]; worth: number }>,
): Map<string, Fraction> {
  // By how many share a path, since only those have a denominator in common.
  const sums = new Map<string, Map<number, bigint>>()
  for (const { channels, worth } of paths) {
    const distinct = new Set(channels)
    for (const channel of distinct) {
      const bySize = sums.get(channel) ?? new Map<number, bigint>()
      bySize.set(distinct.size, (bySize.get(distinct.size) ?? 0n) + BigInt(worth))
      sums.set(channel, bySize)
    }
  }
  return new Map(
    [...sums].map(([channel, bySize]) => {
      const parts = [...bySize].map(([size, sum]): Fraction => [sum, BigInt(size)])
      return [channel, parts.reduce(plus, NOTHING)]
    }),
  )
}
