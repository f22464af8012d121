import type { Channel } from '../../server/contract/channels.ts'
import { latestArrival } from './arrivals.ts'
import type { Passed } from './events.ts'
import { newCode } from './identity.ts'
import { withCode } from './page.ts'
import { enqueue } from './queue.ts'

const passed = new Map<string, Passed>()
const registered = new Map<Passed, Promise<unknown>>()

/** The share of a page over a channel, with a code that exists at once. Asked again on this page, the same. */
export function mintShare(url: string, channel: Channel): Passed {
  const place = `${channel} ${url}`
  let share = passed.get(place)
  if (!share) {
    const code = newCode()
    share = { channel, code, url, link: withCode(url, code) }
    passed.set(place, share)
  }
  return share
}

/** Tells the server of a share, once, when it can be reached; resolves when it knows. */
export function registerShare(share: Passed): Promise<unknown> {
  let known = registered.get(share)
  if (!known) {
    const { url, channel, code } = share
    const arrival = latestArrival(url)?.code
    known = enqueue('/v1/shares', { url, channel, code, ...(arrival && { arrival }) })
    registered.set(share, known)
  }
  return known
}
