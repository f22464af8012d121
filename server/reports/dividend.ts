import type { Kysely } from 'kysely'
import type { DividendReport } from '../contract/reports.ts'
import type { Money } from '../contract/values.ts'
import type { Database } from '../db/schema.ts'
import { factorsOf } from './factors.ts'
import { beforeOf, type Range, rangeText } from './ranges.ts'
import { currenciesIn, earnedInRange, sumOf } from './store.ts'

type Queries = Kysely<Database>

/** What the social dividend is told in where nothing has ever had a value: every amount is 0 then. */
const NO_CURRENCY = 'EUR'

/** The social dividend of a range, of what came through shares, against the range of the same length before it. */
export async function dividendReport(
  db: Queries,
  site: string,
  range: Range,
  asked: string | undefined,
): Promise<DividendReport> {
  const [now, before, currencies] = await Promise.all([
    measure(db, site, range),
    measure(db, site, beforeOf(range)),
    currenciesIn(db, site, { from: beforeOf(range).from, to: range.to }),
  ])
  const currency = asked ?? largest(now.earned) ?? largest(before.earned) ?? currencies[0] ?? NO_CURRENCY
  const [one, other] = [now, before].map(({ shares, visits, earned }) => ({
    shares,
    visits,
    value: earned.find((money) => money.currency === currency)?.amount ?? 0,
  })) as [DividendReport['now'], DividendReport['before']]
  return {
    range: rangeText(range),
    currency,
    currencies,
    now: one,
    before: other,
    ...factorsOf(one, other),
  }
}

async function measure(db: Queries, site: string, range: Range) {
  const [counts, earned] = await Promise.all([
    sumOf(db, site, 'site', range, ['shares', 'visits']),
    earnedInRange(db, site, range),
  ])
  return { ...counts, earned }
}

const largest = (amounts: readonly Money[]): string | undefined =>
  amounts.toSorted((a, b) => b.amount - a.amount)[0]?.currency
