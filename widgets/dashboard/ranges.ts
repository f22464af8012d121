import type { Timeseries } from '../../server/contract/reports.ts'

/** The ranges one click away, shortest first. */
export const PRESETS = ['24h', '7d', '30d', '90d', '12m'] as const
export type Preset = (typeof PRESETS)[number]

/** What the owner asked for: a preset, or two days (`YYYY-MM-DD`, both included). */
export type Choice = { preset: Preset } | { first: string; last: string }

/** A choice made exact: instants in UTC, `from` included, `to` not, and the width of a bucket. */
export interface Range {
  from: string
  to: string
  interval: Timeseries['interval']
}

export const DEFAULT_CHOICE: Choice = { preset: '30d' }

const HOUR = 3_600_000
const DAY = 24 * HOUR
const DAY_SHAPE = /^\d{4}-\d{2}-\d{2}$/

/** Whether a text names a real day, as `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  if (!DAY_SHAPE.test(text)) return false
  const at = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text)
}

/** A choice of two days, in order, or none if either is no day. */
export function choiceOfDays(first: string, last: string): Choice | undefined {
  if (!isDay(first) || !isDay(last)) return undefined
  return first <= last ? { first, last } : { first: last, last: first }
}

/**
 * The instants of a choice. Presets end with the running hour and start on a whole bucket, so that the series
 * adds up to the totals; the last bucket is the one still filling.
 */
export function rangeOf(choice: Choice, now: number): Range {
  if ('first' in choice) {
    const from = Date.parse(`${choice.first}T00:00:00Z`)
    const to = Date.parse(`${choice.last}T00:00:00Z`) + DAY
    return exact(from, to, intervalFor(to - from))
  }
  const to = (Math.floor(now / HOUR) + 1) * HOUR
  const midnight = Math.floor(now / DAY) * DAY
  if (choice.preset === '24h') return exact(to - DAY, to, 'hour')
  if (choice.preset === '12m') {
    const day = new Date(now)
    return exact(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() - 11, 1), to, 'month')
  }
  return exact(midnight - (Number.parseInt(choice.preset, 10) - 1) * DAY, to, 'day')
}

/** The range of the same length just before. */
export function beforeOf({ from, to, interval }: Range): Range {
  const begin = Date.parse(from)
  return exact(begin - (Date.parse(to) - begin), begin, interval)
}

/** The first and last day of a range, for the two date fields. */
export function daysOf(range: Range): { first: string; last: string } {
  return {
    first: range.from.slice(0, 10),
    last: new Date(Date.parse(range.to) - 1).toISOString().slice(0, 10),
  }
}

/** Whether two choices are the same. */
export function sameChoice(a: Choice, b: Choice): boolean {
  if ('preset' in a) return 'preset' in b && a.preset === b.preset
  return 'first' in b && a.first === b.first && a.last === b.last
}

/** Hours up to three days, days up to half a year, months beyond: never more than some 190 points. */
function intervalFor(length: number): Range['interval'] {
  if (length <= 3 * DAY) return 'hour'
  return length <= 190 * DAY ? 'day' : 'month'
}

function exact(from: number, to: number, interval: Range['interval']): Range {
  return { from: new Date(from).toISOString(), to: new Date(to).toISOString(), interval }
}
