import type { AttributionReport } from '../../../server/contract/reports.ts'
import { amountOf, currenciesOf } from '../money.ts'

/** Credit in one currency, in minor units; `against` and `difference` only beside a second choice of models. */
export interface Credit {
  credit: number
  against: number | undefined
  difference: number | undefined
}

export type CreditRow = AttributionReport['data'][number] & { amounts: Credit }

/** Every currency that the report names, those of the credits first. */
export function currenciesIn({ data, house }: AttributionReport): string[] {
  return currenciesOf(...data.flatMap(({ credit, against }) => [credit, against ?? []]), house)
}

/** The rows in one currency, most credit first, and what stayed with the house; both together are the value. */
export function creditRows(report: AttributionReport, currency: string) {
  const rows = report.data.map((row) => ({ ...row, amounts: amounts(row.credit, row.against, currency) }))
  rows.sort((a, b) => weight(b.amounts) - weight(a.amounts) || b.conversions - a.conversions)
  const house = amounts(report.house, report.againstHouse, currency)
  const total = [...rows.map((row) => row.amounts), house].reduce(plus)
  return { rows: rows as CreditRow[], house, total }
}

/** Whoever has credit under the first choice comes before whoever has it under the second only. */
const weight = ({ credit, against }: Credit): number => credit || (against ?? 0) / Number.MAX_SAFE_INTEGER

function amounts(
  credit: AttributionReport['house'],
  other: AttributionReport['house'] | null,
  currency: string,
): Credit {
  const amount = amountOf(credit, currency)
  const against = other ? amountOf(other, currency) : undefined
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
