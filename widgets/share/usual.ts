import type { Channel } from '../../server/contract/channels.ts'

/** One button of the row: a channel, or the door to all of them. */
export type Place = Channel | 'more'

/** What a network needs to be told. */
export interface Message {
  link: string
  text: string
  /** Messenger shares only on behalf of an app registered with Facebook. */
  messengerAppId?: string
  /** The host of the visitor's Mastodon server. */
  mastodonHost?: string
}

/**
 * Where a network takes a page from: the address up to its parameters, then the names of the parameters for the
 * link and for the text. One name for both means that it takes one text, which ends in the link.
 */
export type Network = [address: string, link: string, text?: string] | ((message: Message) => string)

/** Our own glyphs as SVG path data, drawn with round strokes on a 24 × 24 grid. A zero-length line is a dot. */
export const ICONS: { [place in Place]?: string } = {
  native: 'M12 15V3.5M8 7.2l4-4 4 4M7.5 10.5h-2v10h13v-10h-2',
  copy: 'M10 8.2 12.6 5.6a4.1 4.1 0 0 1 5.8 5.8L15.8 14M14 15.8l-2.6 2.6a4.1 4.1 0 0 1-5.8-5.8L8.2 10M9.5 14.5l5-5',
  whatsapp: 'M4 20l1.2-4.3A8.2 8.2 0 1 1 8.4 18.8zM9 9c.2 3.2 2.8 5.8 6 6',
  x: 'M4.5 4.5h3.7l11.3 15h-3.7zM19 4.5l-6.2 6.6M5 19.5l6-6.5',
  email: 'M3.5 6h17v12.5h-17zM4 6.5l8 6.3 8-6.3',
  more: 'M5.5 12v.01M12 12v.01M18.5 12v.01',
}

/** The networks of the usual row. `every.ts` adds the others when a row or a dialog needs them. */
export const NETWORKS: { [channel in Channel]?: Network } = {
  whatsapp: ['https://wa.me/?', 'text', 'text'],
  x: ['https://x.com/intent/post?', 'url', 'text'],
  email: ['mailto:?', 'body', 'subject'],
}

/** The row when the owner names no channels: short enough for one line of a small phone. */
export const usualPlaces = (): Place[] =>
  'share' in navigator ? ['native', 'copy', 'whatsapp', 'more'] : ['copy', 'whatsapp', 'x', 'email', 'more']
