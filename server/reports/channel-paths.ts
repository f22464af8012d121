import { type Fraction, partOf, ratio, toNumber } from '../attribution/fractions.ts'
import { type ChannelPath, markov, type RemovalEffects } from '../attribution/markov.ts'
import { shapleyOfPaths } from '../attribution/shapley.ts'
import type { Touch } from '../contract/models.ts'
import type { AttributionReport } from '../contract/reports.ts'
import { Credits } from './credits.ts'

/** The models that look at the channels of many conversions, not at the visits of one. */
export type Analysis = 'markov' | 'shapley'
export const isAnalysis = (touch: Touch): touch is Analysis => touch === 'markov' || touch === 'shapley'

/** A way over channels, and the value that went it, per currency. */
interface WorthPath extends ChannelPath {
  worth: Map<string, number>
}

/** All ways over channels that people went in a range, each once. */
export class ChannelPaths {
  readonly #paths = new Map<string, WorthPath>()
  /** All value per currency, what nobody brought too. */
  readonly #totals = new Map<string, number>()
  #solved: RemovalEffects | undefined

  /** A conversion, by the channels that led to it. */
  converted(channels: readonly string[], value: number, currency: string | null): void {
    const path = channels.length === 0 ? undefined : this.#pathOf(channels)
    if (path) path.converted++
    if (currency === null) return
    this.#totals.set(currency, (this.#totals.get(currency) ?? 0) + value)
    path?.worth.set(currency, (path.worth.get(currency) ?? 0) + value)
  }

  /** Some people whose way led to nothing. */
  lost(channels: readonly string[], people: number): void {
    this.#pathOf(channels).lost += people
  }

  /** What each channel gets. Floored once a channel and currency; what remains is the house's. */
  credits(analysis: Analysis): Credits {
    const credits = new Credits()
    for (const { channels, converted } of this.#paths.values())
      if (converted > 0) for (const channel of new Set(channels)) credits.give(channel, converted, null, 0)
    const shares = analysis === 'markov' ? this.#removal().shares : undefined
    for (const [currency, total] of this.#totals) {
      const paths = this.#worthBy(({ worth }) => worth.get(currency) ?? 0)
      const brought = paths.reduce((sum, { worth }) => sum + worth, 0)
      const amounts = shares
        ? [...shares].map(([channel, share]) => [channel, partOf(brought, share)] as const)
        : [...shapleyOfPaths(paths)].map(([channel, value]) => [channel, partOf(1, value)] as const)
      // Channels of lost ways only get nothing, and have no line.
      for (const [channel, amount] of amounts) if (amount > 0) credits.give(channel, 0, currency, amount)
      credits.house.add(currency, total - amounts.reduce((sum, [, amount]) => sum + amount, 0))
    }
    return credits
  }

  /** What the analysis found; every conversion counts alike, whatever its value. */
  found(analysis: Analysis): NonNullable<AttributionReport['paths']> {
    let [converted, paths] = [0, 0]
    for (const path of this.#paths.values()) {
      converted += path.converted
      paths += path.converted + path.lost
    }
    const effects = analysis === 'markov' ? this.#removal().effects : this.#partsOf(converted)
    return {
      paths,
      converted,
      rate: paths === 0 ? 0 : converted / paths,
      effects: Object.fromEntries([...effects].map(([channel, effect]) => [channel, toNumber(effect)])),
    }
  }

  /** Solved once, when all paths are known. */
  #removal(): RemovalEffects {
    this.#solved ??= markov(this.#paths.values())
    return this.#solved
  }

  /** Shapley values of the channels where each conversion is worth 1, as parts of all. */
  #partsOf(converted: number): Map<string, Fraction> {
    const values = shapleyOfPaths(this.#worthBy((path) => path.converted))
    const all: Fraction = [BigInt(Math.max(1, converted)), 1n]
    return new Map([...values].map(([channel, value]) => [channel, ratio(value, all)]))
  }

  #worthBy(worth: (path: WorthPath) => number) {
    return [...this.#paths.values()].map((path) => ({ channels: path.channels, worth: worth(path) }))
  }

  #pathOf(channels: readonly string[]): WorthPath {
    const key = channels.join(' ')
    const known = this.#paths.get(key)
    if (known) return known
    const path = { channels, converted: 0, lost: 0, worth: new Map<string, number>() }
    this.#paths.set(key, path)
    return path
  }
}
