import { type Kysely, sql } from 'kysely'
import { isAmong, isPostgres } from '../db/dialect.ts'
import { prepare } from '../db/prepared.ts'
import type { Database } from '../db/schema.ts'
import { type CommentRow, commentById, prepareSql, type ThreadRow, threadById } from './store.ts'

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

const inThread = prepareSql<'site' | 'page' | 'by' | 'at', never>(
  (
    slot,
  ) => sql`update thread set comments = comments + ${slot('by')}, first_at = coalesce(first_at, ${slot('at')}),
    last_at = coalesce(${slot('at')}, last_at) where site_id = ${slot('site')} and page_id = ${slot('page')}`,
)

/** Counts a comment that others see from now on (`by` is 1), or see no more (−1). */
export async function countInThread(
  db: Queries,
  site: string,
  page: string,
  by: 1 | -1,
  at: number,
): Promise<void> {
  await inThread(db, { site, page, by, at: by === 1 ? at : null })
}

const below = prepareSql<'site' | 'root' | 'by', never>(
  (slot) => sql`update comment set below = below + ${slot('by')}
    where site_id = ${slot('site')} and id = ${slot('root')}`,
)

/** The same for the comment at the top that it stands somewhere below. */
export async function countBelow(db: Queries, site: string, root: string, by: 1 | -1): Promise<void> {
  await below(db, { site, root, by })
}

const reply = prepareSql<'site' | 'parent' | 'by', CommentRow>(
  (slot) => sql<CommentRow>`update comment set replies = replies + ${slot('by')}
    where site_id = ${slot('site')} and id = ${slot('parent')} returning *`,
)

/** The same for the comment it stands right below; answers it. */
export async function countReply(db: Queries, site: string, parent: string, by: 1 | -1): Promise<CommentRow> {
  return (await reply(db, { site, parent, by })).rows[0] as CommentRow
}

/**
 * The same for a comment and, where that gains or loses its place by it, for the one above, and so on up; answers the ids
 * of those whose place changed. All at once: a thread may be 10,000 replies deep. Whoever calls this holds the thread.
 */
export async function countUpwards(db: Queries, site: string, first: string, by: 1 | -1): Promise<string[]> {
  const turns =
    by === 1 ? sql`shown = 0` : sql`replies = 1 and not (comment.state = 'visible' and comment.shadow = 0)`
  const { rows } = await sql<{ id: string; turns: number }>`
    with recursive above(id, parent_id, turns) as (
      select id, parent_id, case when ${turns} then 1 else 0 end from comment where site_id = ${site} and id = ${first}
      union all
      select comment.id, comment.parent_id, case when ${turns} then 1 else 0 end from above
      join comment on comment.site_id = ${site} and comment.id = above.parent_id where above.turns = 1)
    select id, turns from above`.execute(db)
  const turned = rows.filter((row) => row.turns === 1).map(({ id }) => id)
  // At most the last one keeps its place as it is.
  const kept = rows.find((row) => row.turns === 0)?.id ?? ''
  const all = rows.map(({ id }) => id)
  await sql`update comment set replies = replies + ${sql.lit(by)},
    shown = case when id = ${kept} then shown else ${sql.lit(by === 1 ? 1 : 0)} end
    where site_id = ${site} and ${isAmong(db, 'id', all)}`.execute(db)
  return turned
}

const placed = prepareSql<'site' | 'id' | 'shown', never>(
  (slot) => sql`update comment set shown = ${slot('shown')}
    where site_id = ${slot('site')} and id = ${slot('id')}`,
)

/** Gives a comment a place in lists, or takes it. */
export async function placeComment(db: Queries, site: string, id: string, shown: number): Promise<void> {
  await placed(db, { site, id, shown })
}

const COLUMNS = [
  ...(['site_id', 'id', 'page_id', 'person_id', 'parent_id', 'root_id', 'depth', 'body', 'markup'] as const),
  ...([
    'state',
    'shown',
    'shadow',
    'reasons',
    'replies',
    'below',
    'ups',
    'downs',
    'best',
    'reactions',
  ] as const),
  ...([
    'reports',
    'pinned_at',
    'accepted_id',
    'status',
    'status_note',
    'anchor',
    'print',
    'simhash',
  ] as const),
  ...(['at', 'edited_at', 'appeared_at', 'decided_at', 'counted'] as const),
] satisfies (keyof CommentRow)[]
const entered = prepare((db, slot: (name: keyof CommentRow) => never) =>
  db
    .insertInto('comment')
    .values(Object.fromEntries(COLUMNS.map((column) => [column, slot(column)])) as unknown as CommentRow),
)

/** Enters a comment. */
export async function enterComment(db: Queries, row: CommentRow): Promise<void> {
  await entered(db, row)
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
