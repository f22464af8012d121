import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import { recountCascades, recountEvents } from '../../server/reports/recount.ts'
import type { Year } from './year.ts'

/**
 * Enters what `grapevine rebuild` would count for a year: the same counting, but written by prepared statements in
 * order of key, which takes seconds where comparing and mending row by row takes minutes.
 */
export function enterCounts(file: string, site: string, { shares, happened }: Year): void {
  const { rollups, shareTotals, cascades: arrivals } = recountEvents(happened)
  const { below, cascades } = recountCascades(shares.toSorted((a, b) => a.depth - b.depth))
  const none = { visits: 0, conversions: 0 }

  const db = new DatabaseSync(file)
  db.exec('pragma synchronous = off; pragma cache_size = -262144; begin')
  const enter = (table: string, rows: Iterable<Record<string, unknown>>) => {
    let statement: ReturnType<typeof db.prepare> | undefined
    for (const row of rows) {
      const columns = Object.keys(row)
      statement ??= db.prepare(
        `insert into ${table} (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`,
      )
      statement.run(...(Object.values(row) as SQLInputValue[]))
    }
  }
  const inOrder = [...rollups.keys()]
    .sort()
    .map((key) => rollups.get(key) as object as Record<string, unknown>)
  enter('rollup', inOrder)
  enter(
    'share_total',
    shares.map(({ id }) => {
      const { visits, conversions } = shareTotals.get(`${site} ${id}`) ?? none
      return { site_id: site, share_id: id, below: below.get(id) ?? 0, visits, conversions }
    }),
  )
  enter(
    'cascade',
    cascades.map(({ root, size, depth, breadth, depthSum, distances, startedAt, lastAt }) => {
      const { visits, conversions } = arrivals.get(`${site} ${root}`) ?? none
      const grown = { size, depth, breadth, depth_sum: depthSum, distances, visits, conversions }
      return { site_id: site, root_id: root, ...grown, started_at: startedAt, last_at: lastAt }
    }),
  )
  enter(
    'cascade_level',
    cascades.flatMap(({ root, levels }) =>
      [...levels].map(([depth, count]) => ({ site_id: site, root_id: root, depth, shares: count })),
    ),
  )
  db.exec('commit')
  db.close()
}
