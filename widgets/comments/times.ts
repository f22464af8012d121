const UNITS = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const

/** How long ago a moment was, in words. A clock that runs behind the server's makes nothing come from the future. */
export function timeAgo(at: string, lang: string): string {
  const seconds = Math.max(0, (Date.now() - Date.parse(at)) / 1_000) || 0
  const [unit, length] = UNITS.find(([, length]) => seconds >= length) ?? ['second', Infinity]
  return relativeIn(lang).format(-Math.floor(seconds / length), unit)
}

/** A format costs far more to make than to use. */
const relatives = new Map<string, Intl.RelativeTimeFormat>()

function relativeIn(lang: string): Intl.RelativeTimeFormat {
  const format = relatives.get(lang) ?? new Intl.RelativeTimeFormat(lang, { numeric: 'auto' })
  relatives.set(lang, format)
  return format
}

/** A moment as a date and a time of day, in the reader's own time. */
export const timeText = (at: string, lang: string): string =>
  new Intl.DateTimeFormat(lang, { dateStyle: 'long', timeStyle: 'short' }).format(new Date(at))

/** Says anew, in place, how long ago everything was. */
export function sayTimes(root: ParentNode, lang: string): void {
  for (const time of root.querySelectorAll<HTMLTimeElement>('time:not([data-said])'))
    time.textContent = timeAgo(time.dateTime, lang)
}

/** Says exactly when it was, to whoever points there. */
export function sayExactly(target: Element, lang: string): void {
  const time = target.closest('time')
  if (time) time.title = timeText(time.dateTime, lang)
}
