import { latestArrival } from './arrivals.ts'
import { decideStorage } from './consent.ts'
import { GrapevineEvent } from './events.ts'
import type { Grapevine, Methods } from './grapevine.ts'
import { pageUrl } from './page.ts'
import { enqueue } from './queue.ts'
import { tellWhose } from './record-arrival.ts'
import { resumeQueue } from './resume-queue.ts'
import { mintShare, registerShare } from './sharing.ts'

export { recordArrival } from './record-arrival.ts'

/** See `Methods.convert`. */
export const convert: Methods['convert'] = async (name, { value, currency, orderId, coupon } = {}) => {
  const arrival = latestArrival()
  const gesture = gestured(arrival)
  const told = Object.entries({ value, currency, orderId, coupon, gesture, arrival: arrival?.code }).filter(
    ([, given]) => given !== undefined,
  )
  const conversion = await enqueue('/v1/conversions', { name, ...Object.fromEntries(told) })
  if (conversion) document.dispatchEvent(new GrapevineEvent('converted', conversion))
  return conversion
}

/** Whether the visitor has clicked, typed or touched; what they did on another page than this is not known here. */
function gestured(arrival: Grapevine['arrival']): boolean | undefined {
  const active = navigator.userActivation?.hasBeenActive
  return active || (arrival && arrival.at >= performance.timeOrigin) ? active : undefined
}

/** See `Methods.share`. */
export const share: Methods['share'] = async ({ url, channel = 'copy' } = {}) => {
  const share = mintShare(pageUrl(url), channel)
  registerShare(share)
  document.dispatchEvent(new GrapevineEvent('shared', share))
  return share
}

/** See `Methods.consent`. */
export const consent: Methods['consent'] = async (decision) => {
  decideStorage(decision)
  tellWhose()
}

/** See `Methods.identify`. */
export const identify: Methods['identify'] = async (who) => (await import('./signing-in.ts')).identify(who)

/** See `Grapevine.arrival`. */
export const arrival = (): Grapevine['arrival'] => latestArrival()

resumeQueue()
