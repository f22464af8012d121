import type { Money } from '../../server/contract/values.ts'

/** The minor units that one unit of a currency has, as a power of ten: EUR 2, JPY 0, KWD 3. */
export function minorDigits(currency: string): number {
  return (
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  )
}

/** An amount in minor units as money, in the currency's own digits; `extra` digits for averages. */
export function formatMoney(
  { amount, currency }: Money,
  lang: string,
  extra = 0,
  trailingZeroDisplay: 'auto' | 'stripIfInteger' = 'auto',
): string {
  const digits = minorDigits(currency)
  const style = { style: 'currency', currency, currencyDisplay: 'narrowSymbol', trailingZeroDisplay } as const
  const fraction = { minimumFractionDigits: digits, maximumFractionDigits: digits + extra }
  return new Intl.NumberFormat(lang, { ...style, ...fraction }).format(amount / 10 ** digits)
}
