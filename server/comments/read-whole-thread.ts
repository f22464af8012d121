import { type Kysely, sql } from 'kysely'
import type { Comment } from '../contract/comments.ts'
import { fromCursor, toCursor } from '../cursor.ts'
import type { Database } from '../db/schema.ts'
import { authorsOf } from '../identity/authors.ts'
import { toComment } from './show-comments.ts'

/** Comments on one page of HTML. */
const AT_ONCE = 500

type Place = [parent: string, id: string]
const isPlace = (place: unknown): place is Place =>
  Array.isArray(place) &&
  place.length === 2 &&
  place.every((part) => typeof part === 'string' && /^[\w-]{0,64}$/.test(part))

const level = sql<string>`coalesce(parent_id, '')`

/** All comments of a page, some at a time: those at the top, oldest first, then the replies, those of one comment together. */
export async function readWholeThread(
  db: Kysely<Database>,
  site: string,
  page: string,
  after: string | undefined,
): Promise<{ comments: Comment[]; next: string | null }> {
  const place = fromCursor(after, isPlace)
  let query = db
    .selectFrom('comment')
    .selectAll()
    .where('site_id', '=', site)
    .where('page_id', '=', page)
    .where('shown', '=', 1)
  if (place) query = query.where(sql<boolean>`(${level}, id) > (${place[0]}, ${place[1]})`)
  const found = await query
    .orderBy(level)
    .orderBy('id')
    .limit(AT_ONCE + 1)
    .execute()
  const rows = found.slice(0, AT_ONCE)
  const authors = await authorsOf(
    db,
    site,
    rows.map(({ person_id }) => person_id),
  )
  const last = rows.at(-1)
  return {
    comments: rows.map((row) => toComment(row, authors, null)),
    next: last && found.length > AT_ONCE ? toCursor([last.parent_id ?? '', last.id]) : null,
  }
}
