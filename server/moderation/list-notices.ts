import type { Kysely } from 'kysely'
import type { Notice, Notices } from '../contract/moderation.ts'
import type { NoticeReason } from '../contract/moderation-models.ts'
import { fromCursor, isRowId, toCursor } from '../cursor.ts'
import type { Database } from '../db/schema.ts'
import { AppError } from '../errors.ts'
import { actsByIds } from './list-acts.ts'
import { actsOnNotices, type NoticeRow, noticeById, noticesWanted } from './notice-store.ts'
import { moderatedByIds } from './show-moderated.ts'
import { readableWho } from './who-acts.ts'

type Queries = Kysely<Database>

/** Notices of a site with the comments they name and their paper trail, latest first. */
export async function listNotices(
  db: Queries,
  site: string,
  {
    limit,
    cursor,
    at,
    state,
  }: { state?: NoticeRow['state'] | undefined; limit: number; cursor?: string | undefined; at: number },
): Promise<Notices> {
  const after = fromCursor(cursor, isRowId)
  const rows = await noticesWanted(db, site, { state, after, most: limit + 1 })
  const listed = rows.slice(0, limit)
  const last = listed.at(-1)
  return {
    data: await shown(db, site, listed, at),
    next: rows.length > limit && last ? toCursor(last.id) : null,
  }
}

/** One notice. */
export async function showNotice(db: Queries, site: string, id: string, at: number): Promise<Notice> {
  const row = await noticeById(db, site, id)
  const [notice] = row ? await shown(db, site, [row], at) : []
  if (!notice) throw new AppError('not_found', 'There is no such notice on this site')
  return notice
}

const time = (at: number): string => new Date(at).toISOString()

async function shown(db: Queries, site: string, rows: readonly NoticeRow[], at: number): Promise<Notice[]> {
  const ids = rows.map(({ id }) => id)
  const commented = [...new Set(rows.flatMap(({ comment_id }) => comment_id ?? []))]
  const [listed, named, who] = await Promise.all([
    actsOnNotices(db, site, ids),
    moderatedByIds(db, site, commented, at),
    readableWho(
      db,
      site,
      rows.map(({ decided_by }) => decided_by),
    ),
  ])
  const acts = await actsByIds(
    db,
    site,
    listed.map(({ id }) => id),
  )
  const trails = Map.groupBy(acts, ({ subject }) => subject.id)
  const comments = new Map(named.map((comment) => [comment.id, comment]))
  return rows.map((row) => ({
    ...{ id: row.id, comment: comments.get(row.comment_id ?? '') ?? null, url: row.url },
    ...{ reason: row.reason as NoticeReason, explanation: row.explanation, name: row.name, mail: row.mail },
    ...{ state: row.state, statement: row.statement },
    decidedBy: row.decided_by === null ? null : who(row.decided_by),
    at: time(row.at),
    decidedAt: row.decided_at === null ? null : time(row.decided_at),
    trail: trails.get(row.id) ?? [],
  }))
}
