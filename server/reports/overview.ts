import type { Kysely } from 'kysely'
import type { Overview, Timeseries, Totals } from '../contract/reports.ts'
import type { Database } from '../db/schema.ts'
import {
  beforeOf,
  bucketOf,
  bucketsOf,
  type Interval,
  type Piece,
  piecesOf,
  type Range,
  rangeText,
  toText,
} from './ranges.ts'
import { earnedInRange, siteSeries, siteTotals } from './store.ts'

type Queries = Kysely<Database>

/** What happened in a range, beside the one of the same length before it. */
export async function overview(db: Queries, site: string, range: Range): Promise<Overview> {
  const [totals, previous] = await Promise.all([
    totalsOf(db, site, range),
    totalsOf(db, site, beforeOf(range)),
  ])
  return { range: rangeText(range), totals, previous }
}

async function totalsOf(db: Queries, site: string, range: Range): Promise<Totals> {
  const [rows, earned] = await Promise.all([siteTotals(db, site, range), earnedInRange(db, site, range)])
  const counts = rows.find(({ currency }) => currency === '')
  const { shares = 0, visits = 0, conversions = 0, attributed = 0, proved = 0 } = counts ?? {}
  const value = rows
    .filter((r) => r.currency !== '' && r.amount !== 0)
    .map(({ currency, amount }) => ({ currency, amount }))
  return { shares, visits, conversions, attributed, proved, value, earned }
}

/** The same numbers bucket by bucket; they add up to the overview's. */
export async function timeseries(
  db: Queries,
  site: string,
  range: Range,
  interval: Interval,
): Promise<Timeseries> {
  const buckets = bucketsOf(interval, range)
  const pieces: Piece[] = interval === 'hour' ? [{ grain: 'hour', ...range }] : piecesOf(range)
  const points = new Map(
    buckets.map((at) => [
      at,
      { at: toText(at), shares: 0, visits: 0, conversions: 0, value: new Map<string, number>() },
    ]),
  )
  for (const row of await siteSeries(db, site, pieces)) {
    const point = points.get(bucketOf(interval, row.at))
    if (!point) continue
    if (row.currency === '') {
      point.shares += row.shares
      point.visits += row.visits
      point.conversions += row.conversions
    } else point.value.set(row.currency, (point.value.get(row.currency) ?? 0) + row.amount)
  }
  const data = [...points.values()].map(({ value, ...point }) => ({
    ...point,
    value: [...value]
      .filter(([, amount]) => amount !== 0)
      .map(([currency, amount]) => ({ currency, amount: Math.min(amount, Number.MAX_SAFE_INTEGER) })),
  }))
  return { range: rangeText(range), interval, data }
}
