import type { Money } from '../contract/values.ts'

/** An amount of a currency; null where there is none of either. */
export const moneyOf = (currency: string | null, amount: number | null): Money | null =>
  currency === null || amount === null ? null : { currency, amount }
