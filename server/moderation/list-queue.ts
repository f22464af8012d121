import type { Kysely } from 'kysely'
import type { ModeratedContext, Queue } from '../contract/moderation.ts'
import { fromCursor, isRowId, toCursor } from '../cursor.ts'
import type { Database } from '../db/schema.ts'
import { AppError } from '../errors.ts'
import { listActs } from './list-acts.ts'
import {
  commentsNamed,
  commentsWanted,
  countWaiting,
  editsOf,
  idsAbove,
  repliesTo,
  type Wanted,
} from './queue-store.ts'
import { moderatedByIds, showModerated } from './show-moderated.ts'

type Queries = Kysely<Database>

/** Comments of a site as moderators see them, latest first, and how much waits for them. */
export async function listQueue(
  db: Queries,
  site: string,
  { limit, cursor, at, ...wanted }: Wanted & { limit: number; cursor?: string | undefined; at: number },
): Promise<Queue> {
  const after = fromCursor(cursor, isRowId)
  const [rows, counts] = await Promise.all([
    wanted.page === '' ? [] : commentsWanted(db, site, wanted, { after, most: limit + 1 }),
    countWaiting(db, site),
  ])
  const listed = rows.slice(0, limit)
  const last = listed.at(-1)
  return {
    data: await showModerated(db, site, listed, at),
    next: rows.length > limit && last ? toCursor(last.id) : null,
    counts,
  }
}

/** How many comments above, replies, and others of the author stand around a comment. */
const AROUND = 10

/** A comment with what stands around it, what its author has said before, and what was decided. */
export async function readModerated(
  db: Queries,
  site: string,
  id: string,
  at: number,
): Promise<ModeratedContext> {
  const [row] = await commentsNamed(db, site, [id])
  if (!row) throw new AppError('not_found', 'This site has no such comment')
  const [above, replies, latest, edits, acts] = await Promise.all([
    idsAbove(db, site, id, AROUND),
    repliesTo(db, site, id, AROUND),
    commentsWanted(db, site, { show: 'all', person: row.person_id }, { most: AROUND + 1 }),
    editsOf(db, site, id),
    listActs(db, site, { subject: id, limit: 100 }),
  ])
  const history = latest.filter((other) => other.id !== id).slice(0, AROUND)
  const around = await showModerated(db, site, [row, ...replies, ...history], at)
  return {
    comment: around[0] as ModeratedContext['comment'],
    above: await moderatedByIds(db, site, above, at),
    replies: around.slice(1, 1 + replies.length),
    history: around.slice(1 + replies.length),
    edits: edits.map(({ at, body }) => ({ at: new Date(at).toISOString(), body })),
    acts: acts.data,
  }
}
