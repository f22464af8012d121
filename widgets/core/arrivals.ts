import { ATTRIBUTION_WINDOW_DAYS } from '../../server/contract/limits.ts'
import type { Arrival } from './events.ts'
import { pageUrl } from './page.ts'
import { keep, recallList } from './storage.ts'

const WINDOW_MS = ATTRIBUTION_WINDOW_DAYS * 24 * 60 * 60 * 1000
/** Older arrivals than these can no longer be a parent of anything the visitor is likely to share. */
const MOST = 20

/** Arrivals within the attribution window, latest first. */
export function arrivals(): Arrival[] {
  return recallList<Arrival>('arrivals').filter(({ at }) => Date.now() - at < WINDOW_MS)
}

/** Keeps the latest of `all`, which come latest first. */
export const keepArrivals = (all: Arrival[]): void => keep('arrivals', JSON.stringify(all.slice(0, MOST)))

/** The latest arrival on this page, else on the site. */
export function latestArrival(url = pageUrl()): Arrival | null {
  const all = arrivals()
  return all.find((arrival) => arrival.url === url) ?? all[0] ?? null
}
