const UNITS = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const

/** Formats cost far more to make than to use. */
const formats = new Map<string, readonly [Intl.RelativeTimeFormat, Intl.DateTimeFormat]>()

function formatsIn(lang: string) {
  const known = formats.get(lang)
  if (known) return known
  const made = [
    new Intl.RelativeTimeFormat(lang, { numeric: 'auto' }),
    new Intl.DateTimeFormat(lang, { dateStyle: 'long', timeStyle: 'short' }),
  ] as const
  formats.set(lang, made)
  return made
}

/** How long ago a moment was, in words. A clock that runs behind the server's makes nothing come from the future. */
export function timeAgo(at: string, lang: string): string {
  const seconds = Math.max(0, (Date.now() - Date.parse(at)) / 1_000)
  const [unit, length] = UNITS.find(([, length]) => seconds >= length) ?? ['second', Infinity]
  return formatsIn(lang)[0].format(-Math.floor(seconds / length), unit)
}

/** A moment as a date and a time of day, in the reader's own time. */
export const timeText = (at: string, lang: string): string => formatsIn(lang)[1].format(new Date(at))
