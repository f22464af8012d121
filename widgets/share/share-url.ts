import type { Channel } from '../../server/contract/channels.ts'
import { type Message, NETWORKS } from './usual.ts'

/** Percent-encoded, spaces as %20 since mail programs show a plus as a plus. Half a character would be refused. */
export const encode = (value: string): string =>
  encodeURIComponent(value.replace(/\p{Surrogate}/gu, '\ufffd'))

/** The URL at which a network takes a link and a text, or undefined where a channel is not reached by a URL. */
export function shareUrl(channel: Channel, message: Message): string | undefined {
  const network = NETWORKS[channel]
  if (typeof network !== 'object') return network?.(message)
  const { link, text } = message
  const [address, linkName, textName] = network
  const said = linkName === textName ? `${text} ${link}`.trim() : link
  const told = textName && textName !== linkName && text ? `&${textName}=${encode(text)}` : ''
  return `${address}${linkName}=${encode(said)}${told}`
}
