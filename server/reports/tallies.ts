import { creditChain, type Hop, type Model } from '../attribution/rules.ts'
import type { AttributionReport } from '../contract/reports.ts'
import { type Analysis, ChannelPaths } from './channel-paths.ts'
import { Credits, type KeyOf } from './credits.ts'
import type { TouchedConversion } from './touched-conversions.ts'

/** One choice of models at work over the conversions of a range. */
export interface Tally {
  /** The hops that have a part in a conversion, and how it is counted once their keys are known. */
  take(conversion: TouchedConversion): { hops: readonly Hop[]; count(keyOf: KeyOf): void }
  /** Who gets what of all that was counted. */
  credits(): Credits
  /** Takes people whose way over channels led to nothing; absent where that does not matter. */
  lost?(channels: readonly string[], people: number): void
  found?(): AttributionReport['paths']
}

/** Divides each conversion among the chains that led to it. */
export function tallyOfChains(model: Model): Tally {
  const credits = new Credits()
  return {
    take({ value, currency, at, touches }) {
      const parts = creditChain(value, at, touches, model)
      return { hops: parts.lines, count: (keyOf) => credits.divide(parts, currency, keyOf) }
    },
    credits: () => credits,
  }
}

/** Learns people's ways over channels, by the nearest share of each touch, and credits channels when all are known. */
export function tallyOfPaths(analysis: Analysis): Tally {
  const paths = new ChannelPaths()
  return {
    take({ value, currency, touches }) {
      const hops = touches.flatMap((touch) => touch.hops.slice(0, 1))
      return { hops, count: (keyOf) => paths.converted(hops.map(keyOf), value, currency) }
    },
    credits: () => paths.credits(analysis),
    lost: (channels, people) => paths.lost(channels, people),
    found: () => paths.found(analysis),
  }
}
