import type { Timeseries } from '../../server/contract/reports.ts'

/** A whole number with the language's own separators. */
export function formatCount(count: number, lang: string): string {
  return new Intl.NumberFormat(lang).format(count)
}

/** A number short enough for an axis: 12K. */
export function formatShort(count: number, lang: string): string {
  return new Intl.NumberFormat(lang, { notation: 'compact', maximumFractionDigits: 1 }).format(count)
}

/** A mean or a ratio: two digits after the point. */
export function formatRatio(ratio: number, lang: string): string {
  return new Intl.NumberFormat(lang, { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(ratio)
}

/** A change as a signed percentage; beyond tenfold as a factor, since +1,900 % says little. */
export function formatChange(change: number, lang: string): string {
  if (change >= 9) return `×${new Intl.NumberFormat(lang, { maximumFractionDigits: 0 }).format(change + 1)}`
  const digits = Math.abs(change) < 0.1 ? 1 : 0
  const style = { style: 'percent', signDisplay: 'exceptZero', maximumFractionDigits: digits } as const
  return new Intl.NumberFormat(lang, style).format(change).replace('-', '−')
}

/** By what a number was multiplied; nothing that can be said where it was or became 0. */
export function formatFactor(factor: number, lang: string): string {
  return Number.isFinite(factor) && factor > 0 ? `×${formatRatio(factor, lang)}` : '–'
}

/** A part of a whole as a percentage: with a digit after the point where it is small. */
export function formatPart(part: number, lang: string): string {
  const maximumFractionDigits = part < 0.1 ? 1 : 0
  return new Intl.NumberFormat(lang, { style: 'percent', maximumFractionDigits }).format(part)
}

/** What stands for a person who has not named themselves: the end of their id, for the ids are time-ordered. */
export function shortId(id: string): string {
  return id.slice(-5)
}

/** A page's address without its origin, as its own site's owner knows it. */
export function pagePath(url: string): string {
  const parsed = URL.parse(url)
  return parsed ? decode(parsed.pathname) + parsed.search : url
}

/** The start of a bucket in words. Days and months are UTC, as the server cuts them; hours are the reader's own. */
export function formatBucket(at: number, interval: Timeseries['interval'], lang: string): string {
  if (interval === 'month') return date(lang, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(at)
  if (interval === 'day')
    return date(lang, { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' }).format(at)
  return date(lang, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  }).format(at)
}

/** A mark on the time axis: as short as its step allows. `step` in milliseconds. */
export function formatTick(at: number, step: number, interval: Timeseries['interval'], lang: string): string {
  const zone = interval === 'hour' ? {} : { timeZone: 'UTC' }
  if (step >= 28 * 86_400_000) return date(lang, { month: 'short', year: '2-digit', ...zone }).format(at)
  if (step >= 86_400_000) return date(lang, { day: 'numeric', month: 'short', ...zone }).format(at)
  return date(lang, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', ...zone }).format(at)
}

/** A moment, to the minute, in the reader's own time; the year only where it is not this one. */
export function formatMoment(at: string, lang: string, now = Date.now()): string {
  const day = new Date(at)
  const year = day.getFullYear() === new Date(now).getFullYear() ? {} : ({ year: 'numeric' } as const)
  const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
  return date(lang, { day: 'numeric', month: 'short', ...year, ...clock }).format(day)
}

/** A moment, to the day. */
export function formatDay(at: string, lang: string): string {
  return date(lang, { dateStyle: 'medium' }).format(Date.parse(at))
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** Making a format costs more than using it, and a table has hundreds of dates. */
function date(lang: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = lang + JSON.stringify(options)
  let format = formats.get(key)
  if (!format) {
    format = new Intl.DateTimeFormat(lang, options)
    formats.set(key, format)
  }
  return format
}

function decode(path: string): string {
  try {
    return decodeURI(path)
  } catch {
    return path
  }
}
