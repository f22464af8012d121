import search from 'approx-string-match'
import type { Anchor } from '../../../server/contract/comments.ts'

/** Where a passage stands. */
export interface Place {
  start: number
  end: number
}

/** How much of a passage may have changed for it to be the same still, as a part of its length. */
const CHANGED = 0.4
/** Most characters that may have changed: the search takes time by it. */
const MOST_CHANGED = 200
/** What a place has to come to, of 1, to be taken for the passage. */
const ENOUGH = 0.55
/** What tells that a place is the one: its words most, then what stands around, a little where it was. */
const WEIGHTS = { quote: 50, prefix: 20, suffix: 20, position: 2 }

/**
 * Finds a passage again in a text that may have been edited since: the place that its words, the words around them and
 * its former position agree on best. Null where the passage is gone.
 */
export function locatePassage(text: string, anchor: Anchor): Place | null {
  const { exact, start = 0 } = anchor
  const exactly = occurrences(text, exact).map((at) => ({ start: at, end: at + exact.length, errors: 0 }))
  const places = exactly.length > 0 ? exactly : nearly(text, exact)
  let best: { place: Place; score: number } | undefined
  for (const { start: from, end, errors } of places) {
    const score = scoreOf(text, anchor, { start: from, end }, errors)
    const nearer = best && score === best.score && Math.abs(from - start) < Math.abs(best.place.start - start)
    if (!best || score > best.score || nearer) best = { place: { start: from, end }, score }
  }
  // What says exactly this is it, unless it is so short that it may stand anywhere.
  const certain = exactly.length === 1 && exact.length >= 16
  return best && (certain || best.score >= ENOUGH) ? best.place : null
}

function occurrences(text: string, words: string): number[] {
  const found: number[] = []
  for (let at = text.indexOf(words); at >= 0 && found.length < 1000; at = text.indexOf(words, at + 1))
    found.push(at)
  return found
}

function nearly(text: string, words: string) {
  const most = Math.min(MOST_CHANGED, Math.floor(words.length * CHANGED))
  return most === 0 ? [] : search(text, words, most)
}

/** How well a place agrees with a passage, from 0 to 1. What is not known of the passage does not count. */
function scoreOf(
  text: string,
  { exact, prefix, suffix, start }: Anchor,
  place: Place,
  errors: number,
): number {
  const before = text.slice(Math.max(0, place.start - prefix.length), place.start)
  const after = text.slice(place.end, place.end + suffix.length)
  const parts = [
    [WEIGHTS.quote, 1 - errors / exact.length],
    [prefix ? WEIGHTS.prefix : 0, likeness(before, prefix)],
    [suffix ? WEIGHTS.suffix : 0, likeness(after, suffix)],
    [
      start === undefined ? 0 : WEIGHTS.position,
      1 - Math.abs(place.start - (start ?? 0)) / Math.max(1, text.length),
    ],
  ] as const
  const all = parts.reduce((sum, [weight]) => sum + weight, 0)
  return parts.reduce((sum, [weight, part]) => sum + weight * Math.max(0, part), 0) / all
}

/** How alike what stands there is to what stood there, from 0 to 1. */
function likeness(found: string, known: string): number {
  if (found === known) return 1
  if (!found || !known) return 0
  const [nearest] = search(found, known, known.length)
  return nearest ? 1 - nearest.errors / known.length : 0
}
