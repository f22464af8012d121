import { keep } from './storage.ts'

/** The gift's code in a page's fragment. */
const GIFT = /(?<=[#&])gift=([\w-]{4,32})&?/

/** Takes a gift out of the address, where whoever copies that would give it away, and keeps it for whatever shows it. */
export function receiveGift(): void {
  const code = GIFT.exec(location.hash)?.[1]
  if (!code) return
  const rest = location.hash.replace(GIFT, '').replace(/[#&]$/, '')
  history.replaceState(history.state, '', location.pathname + location.search + rest)
  keep('gift', code.toUpperCase())
}
