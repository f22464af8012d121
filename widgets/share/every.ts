import { CHANNELS, type Channel } from '../../server/contract/channels.ts'
import { loadTexts, type Texts } from '../core/i18n.ts'
import { type ShareKey, shareMoreEn } from '../locales/share-more.en.ts'
import { MORE_ICONS } from './icons.ts'
import { MORE_NETWORKS } from './networks.ts'
import { ICONS, NETWORKS, type Place } from './usual.ts'

// From now on every channel has a glyph and an address.
Object.assign(ICONS, MORE_ICONS)
Object.assign(NETWORKS, MORE_NETWORKS)

/** What a person shares over by acting inside another widget, not by a button here. */
const ELSEWHERE: readonly Channel[] = ['comment', 'referral', 'coupon']
const BY_BUTTON = CHANNELS.filter((channel) => !ELSEWHERE.includes(channel))

/** The channels that can be offered here, in the order of the contract: Messenger only with an app id. */
export const offered = (messengerAppId: string): Channel[] =>
  BY_BUTTON.filter(
    (channel) =>
      (channel !== 'native' || 'share' in navigator) && (channel !== 'messenger' || messengerAppId),
  )

const warned = new Set<string>()

/** Reads the `channels` attribute: what can be offered, in the owner's order. Warns once of words that mean nothing. */
export function readChannels(attribute: string, messengerAppId: string): Place[] {
  const words = [
    ...new Set(
      attribute
        .toLowerCase()
        .split(/[\s,]+/)
        .filter(Boolean),
    ),
  ]
  const possible: readonly string[] = [...offered(messengerAppId), 'more']
  const known: readonly string[] = [...BY_BUTTON, 'more']
  const unknown = words.filter((word) => !known.includes(word)).join(', ')
  if (unknown && !warned.has(unknown)) console.warn(`<grapevine-share> does not know: ${unknown}`)
  warned.add(unknown)
  return words.filter((word) => possible.includes(word)) as Place[]
}

/** The texts for every channel and dialog. */
export const loadEveryText = (): Promise<Texts<ShareKey>> =>
  loadTexts(shareMoreEn, { 'zh-Hans': async () => (await import('../locales/share.zh-Hans.ts')).shareZhHans })
