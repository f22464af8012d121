import type { Kysely } from 'kysely'
import type { FunnelReport } from '../contract/reports.ts'
import { fromCursor, isOffset, toCursor } from '../cursor.ts'
import type { Database } from '../db/schema.ts'
import { type Range, rangeText } from './ranges.ts'
import { pageUrls, STEPS, sumOf, topSubjects } from './store.ts'

type Asked = { by: FunnelReport['by']; limit: number; cursor?: string | undefined }

/** How far those went who came through shares: by page or channel, the most visited first, and all of them in sum. */
export async function funnelReport(
  db: Kysely<Database>,
  site: string,
  range: Range,
  { by, limit, cursor }: Asked,
): Promise<FunnelReport> {
  const offset = fromCursor(cursor, isOffset) ?? 0
  const [total, found] = await Promise.all([
    sumOf(db, site, by, range, STEPS),
    topSubjects(db, site, by, range, STEPS, { sort: 'visits', limit: limit + 1, offset }),
  ])
  const rows = found.slice(0, limit)
  const subjects = rows.map(({ subject }) => subject)
  const urls = by === 'page' ? await pageUrls(db, site, subjects) : undefined
  return {
    range: rangeText(range),
    by,
    total: asSteps(total),
    data: rows.map((row) => ({
      key: urls ? (urls.get(row.subject) ?? '') : row.subject,
      ...asSteps(row),
    })),
    next: found.length > limit ? toCursor(offset + limit) : null,
  }
}

/** SICAS: sense, interact, connect, act, share. */
const asSteps = (counts: Record<(typeof STEPS)[number], number>): FunnelReport['total'] => ({
  sense: counts.visits,
  interact: counts.interacted,
  connect: counts.joined,
  act: counts.conversions,
  share: counts.passed_on,
})
