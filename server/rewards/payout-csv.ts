import type { Payout } from '../contract/rewards.ts'
import { toCsv } from '../csv.ts'

/** An amount of minor units in major ones, to the currency's last digit: `12.34`. */
export function majorUnits(amount: number, currency: string): string {
  const digits =
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 0
  const text = String(Math.abs(amount)).padStart(digits + 1, '0')
  const point = text.length - digits
  return `${amount < 0 ? '-' : ''}${text.slice(0, point)}${digits > 0 ? `.${text.slice(point)}` : ''}`
}

/** An amount as people read it: `€12.34`. */
export const inWords = (amount: number, currency: string): string =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).format(
    majorUnits(amount, currency) as `${number}`,
  )

const COLUMNS = ['person', 'name', 'pay_to', 'amount', 'currency', 'rewards']

/** A payout as a list for the bank: a line a person and currency. */
export const payoutCsv = ({ method, data }: Payout): string =>
  toCsv(
    data.map(({ person, payTo, amount, rewards, coupon }) => ({
      person: person.id,
      name: person.name,
      pay_to: payTo,
      amount: majorUnits(amount.amount, amount.currency),
      currency: amount.currency,
      rewards,
      coupon,
    })),
    method === 'coupon' ? [...COLUMNS, 'coupon'] : COLUMNS,
  )
