import { ATTRIBUTION_WINDOW_DAYS, SITE_ID_LENGTH } from '../contract/limits.ts'
import { ROW_ID_LENGTH } from '../ids.ts'

const DAY_MS = 24 * 60 * 60 * 1000
export const WINDOW_MS = ATTRIBUTION_WINDOW_DAYS * DAY_MS
/** Two queued requests of one visitor may tell their order this much wrong, in ms. */
export const SKEW_MS = 60_000
/** Longest chain, in hops. A path takes 16 bytes a hop. */
export const MAX_DEPTH = 10_000
/** How long a visit or share waits for its code to be registered, in ms. */
export const WAIT_MS = 7 * DAY_MS
/** Most visits and shares that wait for one code. */
export const MAX_WAITING = 1000

/** The UTC day of a moment, in days since 1970. */
export const dayOf = (at: number): number => Math.floor(at / DAY_MS)

/** Whether a well-formed code is one of this site's. */
export const codeOfSite = (code: string, site: string): boolean => code.slice(0, SITE_ID_LENGTH) === site

/** The share ids of a path, root first. */
export const idsOfPath = (path: string): string[] =>
  Array.from({ length: path.length / ROW_ID_LENGTH }, (_, i) =>
    path.slice(i * ROW_ID_LENGTH, (i + 1) * ROW_ID_LENGTH),
  )

/** An arrival that may make somebody's next share or conversion a hop. */
export interface Arrival {
  pageId: string
  at: number
}

/** Those of some arrivals that count at `at`. */
const inWindow = <A extends Arrival>(arrivals: readonly A[], at: number): A[] =>
  arrivals.filter((a) => a.at >= at - WINDOW_MS && a.at <= at + SKEW_MS)

/** The arrival that counts at `at`: the latest on the same page if there is one, else the latest on the site. */
export function latestArrival<A extends Arrival>(
  arrivals: readonly A[],
  at: number,
  pageId?: string,
): A | undefined {
  const counted = inWindow(arrivals, at)
  const latest = (from: readonly A[]) =>
    from.reduce<A | undefined>((best, a) => (best && best.at > a.at ? best : a), undefined)
  return latest(counted.filter((a) => a.pageId === pageId)) ?? latest(counted)
}

/** One of the visits that led to a conversion: through which share, and when, in ms. */
export type Touch = readonly [share: string, at: number]

/** Most touches that a conversion keeps: beyond, the first and the latest. */
const MAX_TOUCHES = 500

/** The visits that led to an act at `at`, oldest first: the last is the latest arrival, if its share is known. */
export function touchesBefore(
  arrivals: readonly (Arrival & { shareId: string | null })[],
  at: number,
): Touch[] {
  const touches = inWindow(arrivals, at)
    .flatMap(({ shareId, at }): Touch[] => (shareId === null ? [] : [[shareId, at]]))
    .sort(([, a], [, b]) => a - b)
  return touches.length > MAX_TOUCHES ? [...touches.slice(0, 1), ...touches.slice(1 - MAX_TOUCHES)] : touches
}
