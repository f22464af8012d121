import { MAX_VALUE } from '../../../server/contract/limits.ts'

/** Digits, perhaps in threes parted by spaces or apostrophes, and what follows a point or comma. */
const AMOUNT = /^(\d+|\d{1,3}(?:[ '’]\d{3})+)?(?:([.,])(\d*))?$/

/**
 * The minor units of an amount as it is typed, for a currency of so many digits: `12.3` of EUR is 1230. Exact, since it
 * moves the point in the text. None where it is no amount, has more digits than the currency, is beyond
 * {@link MAX_VALUE}, or could mean two things (`1,234`).
 */
export function minorUnits(typed: string, digits: number): number | undefined {
  const [, whole = '', mark, fraction = ''] = AMOUNT.exec(typed.normalize('NFKC').trim()) ?? []
  if (whole + fraction === '' || fraction.length > digits) return undefined
  if (mark === ',' && fraction.length === 3) return undefined
  const minor = Number(whole.replace(/\D/g, '') + fraction.padEnd(digits, '0'))
  return minor <= MAX_VALUE ? minor : undefined
}

/** The inverse of {@link minorUnits}, as short as it can be: 1230 of EUR is `12.30`, 1200 is `12`. */
export function majorUnits(amount: number, digits: number): string {
  const text = String(amount).padStart(digits + 1, '0')
  const [whole, fraction] = [text.slice(0, text.length - digits), text.slice(text.length - digits)]
  return /^0*$/.test(fraction) ? whole : `${whole}.${fraction}`
}
