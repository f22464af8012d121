import type { Kysely } from 'kysely'
import { holdThread } from '../comments/tree-store.ts'
import { isAmong, isPostgres } from '../db/dialect.ts'
import type { Database } from '../db/schema.ts'
import { AppError } from '../errors.ts'
import type { Role } from './rules.ts'

type Queries = Kysely<Database>
export type CommentRow = Database['comment']

const unknown = (ids: readonly string[], found: ReadonlyMap<string, unknown>) =>
  new AppError(
    'not_found',
    ids.length === 1
      ? 'There is no such comment'
      : `This site has no comment ${ids.find((id) => !found.has(id))}`,
  )

/**
 * Holds some comments until the transaction is over, first their threads, as every verb that changes a tree does; each in
 * one order, so that two decisions never wait for each other. 404 if one of them is not there.
 */
export async function holdComments(
  db: Queries,
  site: string,
  ids: readonly string[],
): Promise<Map<string, CommentRow>> {
  const wanted = db
    .selectFrom('comment')
    .selectAll()
    .where('site_id', '=', site)
    .where(isAmong(db, 'id', ids))
    .orderBy('id')
  const read = async (query = wanted) => new Map((await query.execute()).map((row) => [row.id, row]))
  const found = await read()
  if (ids.some((id) => !found.has(id))) throw unknown(ids, found)
  if (!isPostgres(db)) return found
  for (const page of [...new Set([...found.values()].map(({ page_id }) => page_id))].sort())
    await holdThread(db, site, page)
  return read(wanted.forUpdate())
}

/** The roles of some people. */
export async function rolesOf(
  db: Queries,
  site: string,
  people: readonly string[],
): Promise<Map<string, Role>> {
  const rows = await db
    .selectFrom('person')
    .select(['id', 'role'])
    .where('site_id', '=', site)
    .where(isAmong(db, 'id', people))
    .execute()
  return new Map(rows.map(({ id, role }) => [id, role]))
}

/** Takes the open reports of a comment as dealt with. */
export async function resolveReports(db: Queries, site: string, comment: string, at: number): Promise<void> {
  await db
    .updateTable('comment_report')
    .set({ resolved_at: at })
    .where('site_id', '=', site)
    .where('comment_id', '=', comment)
    .where('resolved_at', 'is', null)
    .execute()
}

/** Opens the reports again that were dealt with at a moment; answers how many are open then. */
export async function reopenReports(db: Queries, site: string, comment: string, at: number): Promise<number> {
  await db
    .updateTable('comment_report')
    .set({ resolved_at: null })
    .where('site_id', '=', site)
    .where('comment_id', '=', comment)
    .where('resolved_at', '=', at)
    .execute()
  const { count } = await db
    .selectFrom('comment_report')
    .select((select) => select.fn.countAll().as('count'))
    .where('site_id', '=', site)
    .where('comment_id', '=', comment)
    .where('resolved_at', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** Whether a comment is the accepted answer of the one it stands under. */
export async function isAccepted(db: Queries, { site_id, id, parent_id }: CommentRow): Promise<boolean> {
  if (parent_id === null) return false
  const parent = await db
    .selectFrom('comment')
    .select('accepted_id')
    .where('site_id', '=', site_id)
    .where('id', '=', parent_id)
    .executeTakeFirst()
  return parent?.accepted_id === id
}
