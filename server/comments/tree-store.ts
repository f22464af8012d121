import { type Kysely, sql } from 'kysely'
import { isPostgres } from '../db/dialect.ts'
import { prepare } from '../db/prepared.ts'
import type { Database } from '../db/schema.ts'
import { type CommentRow, commentById, type ThreadRow, threadById } from './store.ts'

type Queries = Kysely<Database>

const lockedThread = prepare((db, slot: (name: 'site' | 'page') => never) =>
  db
    .selectFrom('thread')
    .selectAll()
    .where('site_id', '=', slot('site'))
    .where('page_id', '=', slot('page'))
    .forUpdate(),
)
const lockedComment = prepare((db, slot: (name: 'site' | 'id') => never) =>
  db
    .selectFrom('comment')
    .selectAll()
    .where('site_id', '=', slot('site'))
    .where('id', '=', slot('id'))
    .forUpdate(),
)

/** A page's thread, for a verb that changes its tree: one such verb at a time, so that every count comes out right. */
export async function holdThread(db: Queries, site: string, page: string): Promise<ThreadRow | undefined> {
  if (!isPostgres(db)) return threadById(db, site, page)
  return (await lockedThread(db, { site, page })).rows[0]
}

/** A comment, for a verb that counts on it: nobody else changes it meanwhile. */
export async function holdComment(db: Queries, site: string, id: string): Promise<CommentRow | undefined> {
  if (!isPostgres(db)) return commentById(db, site, id)
  return (await lockedComment(db, { site, id })).rows[0]
}

/** Enters a page's thread, unless it is there. */
export async function enterThread(db: Queries, row: ThreadRow): Promise<void> {
  await db
    .insertInto('thread')
    .values(row)
    .onConflict((conflict) => conflict.columns(['site_id', 'page_id']).doNothing())
    .execute()
}

/** Counts a comment that others see from now on (`by` is 1), or see no more (−1). */
export async function countInThread(
  db: Queries,
  site: string,
  page: string,
  by: 1 | -1,
  at: number,
): Promise<void> {
  const since = by === 1 ? { first_at: sql<number>`coalesce(first_at, ${at})`, last_at: at } : {}
  await db
    .updateTable('thread')
    .set((set) => ({ comments: set('comments', '+', by), ...since }))
    .where('site_id', '=', site)
    .where('page_id', '=', page)
    .execute()
}

/** The same for the comment at the top that it stands somewhere below. */
export async function countBelow(db: Queries, site: string, root: string, by: 1 | -1): Promise<void> {
  await db
    .updateTable('comment')
    .set((set) => ({ below: set('below', '+', by) }))
    .where('site_id', '=', site)
    .where('id', '=', root)
    .execute()
}

/** The same for the comment it stands right below. */
export async function countReply(db: Queries, site: string, parent: string, by: 1 | -1): Promise<CommentRow> {
  return db
    .updateTable('comment')
    .set((set) => ({ replies: set('replies', '+', by) }))
    .where('site_id', '=', site)
    .where('id', '=', parent)
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** Changes a comment's row. */
export async function changeComment(
  db: Queries,
  site: string,
  id: string,
  change: Partial<CommentRow>,
): Promise<void> {
  await db.updateTable('comment').set(change).where('site_id', '=', site).where('id', '=', id).execute()
}
