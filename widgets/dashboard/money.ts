import type { Money } from '../../server/contract/values.ts'
import { formatMoney, minorDigits } from '../ui/money.ts'

export { formatMoney, minorDigits }

/** A change of money: with its sign, unless nothing changed. */
export function formatSignedMoney(money: Money, lang: string): string {
  const sign = money.amount > 0 ? '+' : money.amount < 0 ? '−' : ''
  return sign + formatMoney({ ...money, amount: Math.abs(money.amount) }, lang)
}

/** An average of money: with one more digit where it is small, so that it can be seen to move. */
export function formatAverage(money: Money, lang: string): string {
  const small = Math.abs(money.amount) < 10 ** (minorDigits(money.currency) + 1)
  return formatMoney(money, lang, small ? 1 : 0)
}

/** Money short enough for an axis: €5,000, €12.3K. */
export function formatShortMoney({ amount, currency }: Money, lang: string): string {
  const major = amount / 10 ** minorDigits(currency)
  const style = {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    trailingZeroDisplay: 'stripIfInteger',
  } as const
  const compact = { notation: 'compact', maximumFractionDigits: 1 } as const
  return new Intl.NumberFormat(lang, { ...style, ...(Math.abs(major) < 10_000 ? {} : compact) }).format(major)
}

/** The minor units of one currency in a list of amounts, 0 where it has none. */
export function amountOf(amounts: readonly Money[], currency: string): number {
  return amounts.find((money) => money.currency === currency)?.amount ?? 0
}

/** Every currency that some lists of amounts name, in the order they name them. */
export function currenciesOf(...lists: (readonly Money[])[]): string[] {
  return [...new Set(lists.flat().map((money) => money.currency))]
}
