import { CHANNELS, type Channel } from '../../server/contract/channels.ts'
import { loadTexts, type Texts } from '../core/i18n.ts'
import { type ShareKey, shareMoreEn } from '../locales/share-more.en.ts'
import { MORE_ICONS } from './icons.ts'
import { MORE_NETWORKS } from './networks.ts'
import { ICONS, NETWORKS, type Place } from './usual.ts'

// From now on every channel has a glyph and an address.
Object.assign(ICONS, MORE_ICONS)
Object.assign(NETWORKS, MORE_NETWORKS)

/** What this visitor's browser and this owner's settings can do. */
export interface Means {
  /** The browser has a share sheet of its own. */
  native: boolean
  /** The owner gave a Messenger app id. */
  messenger: boolean
}

/** What a person shares over by acting inside another widget, not by a button here. */
const ELSEWHERE: readonly Channel[] = ['comment', 'referral']

/** The channels that can be offered here, in the order of the contract. */
export const offered = ({ native, messenger }: Means): Channel[] =>
  CHANNELS.filter(
    (channel) =>
      !ELSEWHERE.includes(channel) &&
      (channel !== 'native' || native) &&
      (channel !== 'messenger' || messenger),
  )

/** Reads the `channels` attribute: what can be offered, in the owner's order, and the words that mean nothing. */
export function readChannels(attribute: string, means: Means): { places: Place[]; unknown: string[] } {
  const words = [
    ...new Set(
      attribute
        .toLowerCase()
        .split(/[\s,]+/)
        .filter(Boolean),
    ),
  ]
  const possible: readonly string[] = [...offered(means), 'more']
  const known: readonly string[] = [...offered({ native: true, messenger: true }), 'more']
  return {
    places: words.filter((word) => possible.includes(word)) as Place[],
    unknown: words.filter((word) => !known.includes(word)),
  }
}

/** The texts for every channel and dialog. */
export const loadEveryText = (): Promise<Texts<ShareKey>> =>
  loadTexts(shareMoreEn, { 'zh-Hans': async () => (await import('../locales/share.zh-Hans.ts')).shareZhHans })
