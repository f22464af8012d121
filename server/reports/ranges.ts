import { AppError } from '../errors.ts'

const HOUR_MS = 60 * 60 * 1000
const DAY_MS = 24 * HOUR_MS
const DEFAULT_DAYS = 30
/** Most buckets of one series. */
const MAX_BUCKETS = 5000

/** From `from` to before `to`, in ms, whole hours. */
export interface Range {
  from: number
  to: number
}

/** Rollup rows of one grain. */
export type Piece = Range & { grain: 'hour' | 'day' }

export const hourOf = (at: number): number => Math.floor(at / HOUR_MS) * HOUR_MS
export const dayStart = (at: number): number => Math.floor(at / DAY_MS) * DAY_MS
const monthStart = (at: number): number => {
  const date = new Date(at)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth())
}
const nextMonth = (at: number): number => {
  const date = new Date(at)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1)
}

/** The range a report is asked for, widened to whole hours; the last 30 days up to the end of this hour by default. */
export function readRange(query: { from?: string | undefined; to?: string | undefined }, now: number): Range {
  const end = query.to === undefined ? now : Date.parse(query.to)
  const to = hourOf(end + HOUR_MS - 1)
  const from = query.from === undefined ? to - DEFAULT_DAYS * DAY_MS : hourOf(Date.parse(query.from))
  if (from >= to) throw new AppError('invalid', 'is not after `from`', { field: 'to' })
  return { from, to }
}

/** The range of the same length just before. */
export const beforeOf = ({ from, to }: Range): Range => ({ from: from - (to - from), to: from })

export const toText = (at: number): string => new Date(at).toISOString()
export const rangeText = ({ from, to }: Range) => ({ from: toText(from), to: toText(to) })

/** The rollup rows that make up a range exactly: whole days where they fit, hours at both ends. */
export function piecesOf({ from, to }: Range): Piece[] {
  const firstDay = dayStart(from + DAY_MS - 1)
  const lastDay = dayStart(to)
  if (firstDay >= lastDay) return [{ grain: 'hour', from, to }]
  const pieces: Piece[] = [{ grain: 'day', from: firstDay, to: lastDay }]
  if (from < firstDay) pieces.push({ grain: 'hour', from, to: firstDay })
  if (lastDay < to) pieces.push({ grain: 'hour', from: lastDay, to })
  return pieces
}

export type Interval = 'hour' | 'day' | 'month'
const START: Record<Interval, (at: number) => number> = { hour: hourOf, day: dayStart, month: monthStart }
const NEXT: Record<Interval, (at: number) => number> = {
  hour: (at) => at + HOUR_MS,
  day: (at) => at + DAY_MS,
  month: nextMonth,
}

/** The bucket a moment falls into. */
export const bucketOf = (interval: Interval, at: number): number => START[interval](at)

/** The start of every bucket that a range touches. */
export function bucketsOf(interval: Interval, { from, to }: Range): number[] {
  const buckets: number[] = []
  for (let at = START[interval](from); at < to; at = NEXT[interval](at)) {
    if (buckets.push(at) > MAX_BUCKETS) {
      throw new AppError('invalid', `is too fine for this range: more than ${MAX_BUCKETS} points`, {
        field: 'interval',
      })
    }
  }
  return buckets
}
