import type { Visit } from '../../server/contract/visits.ts'
import { arrivals, keepArrivals } from './arrivals.ts'
import { type Arrival, GrapevineEvent } from './events.ts'
import { tellFirstGesture } from './first-gesture.ts'
import { newKey } from './identity.ts'
import { codeIn, pageUrl, withoutCode } from './page.ts'
import { whenPresent } from './presence.ts'
import { enqueue } from './queue.ts'
import { storageAllowed } from './storage.ts'

/** Arrivals told while nobody might be known, by the key they were told under. */
const unknown = new Map<string, Arrival>()

/** Once a person is there, records the arrival that the address tells of and cleans the address bar. */
export function recordArrival(address: string): void {
  const code = codeIn(address)
  if (!code) return
  whenPresent(() => {
    const arrival: Arrival = { code, url: pageUrl(), at: Date.now() }
    const key = newKey()
    keepArrivals([arrival, ...othersThan(arrival)])
    cleanAddress()
    // What cannot be kept, or not be loaded, stays in the address for this page to show.
    if (storageAllowed() && location.hash.includes('gift='))
      void import('./receive-gift.ts').then((gift) => gift.receiveGift()).catch(() => undefined)
    document.dispatchEvent(new GrapevineEvent('arrived', arrival))
    // Without a token the visit could not be found again.
    if (storageAllowed()) tellFirstGesture(arrival)
    else unknown.set(key, arrival)
    void enqueue('/v1/visits', { code, url: arrival.url }, arrival.at, key).then(judge(arrival))
  })
}

/** Tells whose the arrivals were, once the visitor allows it: they are not counted again. */
export function tellWhose(): void {
  if (!storageAllowed()) return
  for (const [was, arrival] of unknown) {
    const { code, url, at } = arrival
    const gesture = navigator.userActivation?.hasBeenActive || undefined
    if (!gesture) tellFirstGesture(arrival)
    void enqueue('/v1/visits', { code, url, was, ...(gesture && { gesture }) }, at).then(judge(arrival))
  }
  unknown.clear()
}

const othersThan = ({ code }: Arrival) => arrivals().filter((other) => other.code !== code)

/** One's own link, or no person at all, brought nobody here. */
const judge = (arrival: Arrival) => (visit: Visit | null) => {
  if (visit?.outcome === 'own' || visit?.outcome === 'bot') keepArrivals(othersThan(arrival))
}

/** A link copied from the address bar must not carry somebody else's code. */
function cleanAddress(): void {
  const clean = withoutCode(location.href)
  if (clean !== location.href) history.replaceState(history.state, '', clean)
}
