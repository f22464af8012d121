import { arrivals, keepArrivals } from './arrivals.ts'
import { type Arrival, GrapevineEvent } from './events.ts'
import { tellFirstGesture } from './first-gesture.ts'
import { codeIn, pageUrl, withoutCode } from './page.ts'
import { whenPresent } from './presence.ts'
import { enqueue } from './queue.ts'
import { storageAllowed } from './storage.ts'

/** Once a person is there, records the arrival that the address tells of and cleans the address bar. */
export function recordArrival(address: string): void {
  const code = codeIn(address)
  if (!code) return
  whenPresent(() => {
    const arrival: Arrival = { code, url: pageUrl(), at: Date.now() }
    const others = () => arrivals().filter((other) => other.code !== code)
    keepArrivals([arrival, ...others()])
    cleanAddress()
    document.dispatchEvent(new GrapevineEvent('arrived', arrival))
    // Without a token the visit could not be found again.
    if (storageAllowed()) tellFirstGesture(arrival)
    void enqueue('/v1/visits', { code, url: arrival.url }).then((visit) => {
      // One's own link, or no person at all, brought nobody here.
      if (visit?.outcome === 'own' || visit?.outcome === 'bot') keepArrivals(others())
    })
  })
}

/** A link copied from the address bar must not carry somebody else's code. */
function cleanAddress(): void {
  const clean = withoutCode(location.href)
  if (clean !== location.href) history.replaceState(history.state, '', clean)
}
