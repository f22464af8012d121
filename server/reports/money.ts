import type { Money } from '../contract/values.ts'

/** An amount of a currency; null where there is none of either. */
export const moneyOf = (currency: string | null, amount: number | null): Money | null =>
  currency === null || amount === null ? null : { currency, amount }

/** Amounts added up, one a currency. */
export function sumOfMoney(amounts: readonly Money[]): Money[] {
  const sums = new Map<string, number>()
  for (const { currency, amount } of amounts) sums.set(currency, (sums.get(currency) ?? 0) + amount)
  return [...sums]
    .filter(([, amount]) => amount !== 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, amount]) => ({ currency, amount: Math.min(amount, Number.MAX_SAFE_INTEGER) }))
}
