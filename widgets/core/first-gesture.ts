import type { Arrival } from './events.ts'
import { enqueue } from './queue.ts'

const GESTURES = ['pointerdown', 'keydown']

/** Tells of the first click, key or touch on the page arrived at, once: somebody is there, and interested. */
export function tellFirstGesture({ code, url, at }: Arrival): void {
  const tell = ({ isTrusted }: Event) => {
    if (!isTrusted) return
    for (const type of GESTURES) removeEventListener(type, tell, true)
    // As of the arrival, so that it is found where midnight has passed since.
    void enqueue('/v1/visits', { code, url, gesture: true }, at)
  }
  for (const type of GESTURES) addEventListener(type, tell, { capture: true, passive: true })
}
