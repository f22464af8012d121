import type { AttributionReport } from '../../../server/contract/reports.ts'
import { amountOf, currenciesOf } from '../money.ts'

/** Credit in one currency, in minor units; `against` and `difference` only beside a second choice of models. */
export interface Credit {
  credit: number
  against: number | undefined
  difference: number | undefined
}

export type CreditRow = AttributionReport['data'][number] & { amounts: Credit }

/** Every currency that the report names, the one of most rows first. */
export function currenciesIn({ data, house }: AttributionReport): string[] {
  const rows = new Map(currenciesOf(...data.map(moneyOf), house).map((currency) => [currency, 0]))
  for (const row of data)
    for (const currency of currenciesOf(moneyOf(row))) rows.set(currency, (rows.get(currency) ?? 0) + 1)
  return [...rows].sort(([, a], [, b]) => b - a).map(([currency]) => currency)
}

/** The rows in one currency, most credit first, and what stayed with the house; both together are the value. Without a currency: all rows. */
export function creditRows(report: AttributionReport, currency: string | undefined) {
  const rows: CreditRow[] = report.data
    .filter((row) => currency === undefined || currenciesOf(moneyOf(row)).includes(currency))
    .map((row) => ({ ...row, amounts: amounts(row.credit, row.against, currency) }))
  rows.sort((a, b) => weight(b.amounts) - weight(a.amounts) || b.conversions - a.conversions)
  const house = amounts(report.house, report.againstHouse, currency)
  return { rows, house, total: [...rows.map((row) => row.amounts), house].reduce(plus) }
}

const moneyOf = ({ credit, against }: AttributionReport['data'][number]) => [...credit, ...(against ?? [])]

/** Whoever has credit under the first choice comes before whoever has it under the second only. */
const weight = ({ credit, against }: Credit): number => credit || (against ?? 0) / Number.MAX_SAFE_INTEGER

function amounts(
  credit: AttributionReport['house'],
  other: AttributionReport['house'] | null,
  currency: string | undefined,
): Credit {
  const of = (list: AttributionReport['house']) => (currency ? amountOf(list, currency) : 0)
  const amount = of(credit)
  const against = other ? of(other) : undefined
  return { credit: amount, against, difference: against === undefined ? undefined : amount - against }
}

function plus(a: Credit, b: Credit): Credit {
  const add = (one?: number, other?: number) =>
    one === undefined || other === undefined ? undefined : one + other
  return {
    credit: a.credit + b.credit,
    against: add(a.against, b.against),
    difference: add(a.difference, b.difference),
  }
}
