import { type Kysely, type RawBuilder, sql } from 'kysely'
import { LEVEL_LIMIT, REPLIES_ALONG, type Sort } from '../contract/comment-limits.ts'
import { isAmong, isPostgres } from '../db/dialect.ts'
import { prepare } from '../db/prepared.ts'
import type { Database } from '../db/schema.ts'
import type { Place } from './places.ts'

type Queries = Kysely<Database>
export type CommentRow = Database['comment']
export type ThreadRow = Database['thread']

const SHOWN = [
  ...(['id', 'page_id', 'person_id', 'parent_id', 'root_id', 'depth', 'markup', 'state', 'shown'] as const),
  ...([
    'shadow',
    'replies',
    'below',
    'ups',
    'downs',
    'best',
    'reactions',
    'pinned_at',
    'accepted_id',
  ] as const),
  ...(['status', 'status_note', 'anchor', 'at', 'edited_at'] as const),
]
/** What readers see of a comment. */
export type ShownRow = Pick<CommentRow, (typeof SHOWN)[number]>
const shown = sql.raw(SHOWN.join(', '))

/** A statement written out, with slots for its parameters, compiled once. */
export const prepareSql = <N extends string, R>(
  write: (slot: (name: N) => never, postgres: boolean) => RawBuilder<R>,
) =>
  prepare<N, R>((db, slot) => {
    const query = write(slot, isPostgres(db))
    return { compile: () => query.compile(db) }
  })

const ORDER: Record<Sort, RawBuilder<unknown>> = {
  best: sql`best desc, id desc`,
  newest: sql`id desc`,
  oldest: sql`id`,
}
type LevelSlot = 'site' | 'page' | 'parent' | 'best' | 'id'
const after = (sort: Sort, slot: (name: LevelSlot) => never): RawBuilder<unknown> => {
  if (sort === 'best') return sql`and (best, id) < (${slot('best')}, ${slot('id')})`
  return sort === 'newest' ? sql`and id < ${slot('id')}` : sql`and id > ${slot('id')}`
}

/**
 * A part of a level, by the index of its order. As many as can ever be asked for, and one: a limit that the planner
 * knows. Pinned ones at the top stand apart.
 */
const partOf = (sort: Sort, begun: boolean, top: boolean) =>
  prepareSql<LevelSlot, ShownRow>(
    (slot) => sql<ShownRow>`select ${shown} from comment
      where site_id = ${slot('site')} and page_id = ${slot('page')} and coalesce(parent_id, '') = ${top ? sql.lit('') : slot('parent')}
      and shown = 1 ${begun ? after(sort, slot) : sql``} ${top ? sql`and pinned_at is null` : sql``}
      order by ${ORDER[sort]} limit ${sql.lit(LEVEL_LIMIT + 2)}`,
  )
const parts = new Map<string, ReturnType<typeof partOf>>()

/** Comments of a level from a place on: at least so many as an answer takes and one more, if there are. */
export async function partOfLevel(
  db: Queries,
  site: string,
  page: string,
  parent: string | null,
  { sort, best, id }: Place,
): Promise<ShownRow[]> {
  const key = `${sort} ${id !== ''} ${parent === null}`
  let part = parts.get(key)
  if (!part) {
    part = partOf(sort, id !== '', parent === null)
    parts.set(key, part)
  }
  const { rows } = await part(db, { site, page, parent, best, id })
  return rows
}

const firstOfOne = prepareSql<'site' | 'page' | 'parent', ShownRow>(
  (slot) => sql<ShownRow>`select ${shown} from comment
    where site_id = ${slot('site')} and page_id = ${slot('page')} and coalesce(parent_id, '') = ${slot('parent')} and shown = 1
    order by id limit ${sql.lit(REPLIES_ALONG)}`,
)
const firstOfMany = prepareSql<'site' | 'page' | 'parents', ShownRow>(
  (
    slot,
  ) => sql<ShownRow>`select reply.* from unnest(${slot('parents')}::text[]) as above(id) cross join lateral (
    select ${shown} from comment where site_id = ${slot('site')} and page_id = ${slot('page')}
    and coalesce(parent_id, '') = above.id and shown = 1 order by id limit ${sql.lit(REPLIES_ALONG)}) as reply`,
)

/** The first replies of each of some comments of a page, oldest first. SQLite answers many small queries sooner than a large one. */
export async function firstReplies(
  db: Queries,
  site: string,
  page: string,
  parents: readonly string[],
): Promise<ShownRow[]> {
  if (isPostgres(db)) return (await firstOfMany(db, { site, page, parents })).rows
  const rows: ShownRow[] = []
  for (const parent of parents) rows.push(...(await firstOfOne(db, { site, page, parent })).rows)
  return rows
}

const pinned = prepareSql<'site' | 'page', ShownRow>(
  (slot) => sql<ShownRow>`select ${shown} from comment
    where site_id = ${slot('site')} and page_id = ${slot('page')} and pinned_at is not null and shown = 1
    order by pinned_at desc, id`,
)

/** What is pinned on a page, latest first. */
export async function pinnedOn(db: Queries, site: string, page: string): Promise<ShownRow[]> {
  return (await pinned(db, { site, page })).rows
}

const oneById = prepareSql<'site' | 'id', CommentRow>(
  (slot) => sql<CommentRow>`select * from comment where site_id = ${slot('site')} and id = ${slot('id')}`,
)

/** One comment, whatever became of it. */
export async function commentById(db: Queries, site: string, id: string): Promise<CommentRow | undefined> {
  return (await oneById(db, { site, id })).rows[0]
}

/** Some comments by their ids, in any order. */
export const commentsByIds = (db: Queries, site: string, ids: readonly string[]): Promise<ShownRow[]> =>
  db
    .selectFrom('comment')
    .select(SHOWN)
    .where('site_id', '=', site)
    .where(isAmong(db, 'id', ids))
    .execute()

const threadOfPage = prepareSql<'site' | 'page', ThreadRow>(
  (slot) =>
    sql<ThreadRow>`select * from thread where site_id = ${slot('site')} and page_id = ${slot('page')}`,
)

/** The thread of a page; none where nobody has spoken and nothing was set. */
export async function threadById(db: Queries, site: string, page: string): Promise<ThreadRow | undefined> {
  return (await threadOfPage(db, { site, page })).rows[0]
}

const pageUrl = prepareSql<'site' | 'page', { url: string }>(
  (slot) =>
    sql<{ url: string }>`select url from page where site_id = ${slot('site')} and id = ${slot('page')}`,
)

/** Where a page is. */
export async function urlOfPage(db: Queries, site: string, page: string): Promise<string> {
  return (await pageUrl(db, { site, page })).rows[0]?.url ?? ''
}

const spokeOn = prepareSql<'site' | 'page', Pick<CommentRow, 'person_id' | 'state' | 'shadow'>>(
  (slot) => sql`select person_id, state, shadow from comment
    where site_id = ${slot('site')} and page_id = ${slot('page')} order by id desc limit 1000`,
)

/** Who wrote the latest comments of a page. */
export async function lateSpeakers(db: Queries, site: string, page: string) {
  return (await spokeOn(db, { site, page })).rows
}

const voted = prepareSql<'site' | 'page' | 'person', { comment_id: string; value: number }>(
  (slot) => sql`select vote.comment_id, vote.value from comment_vote vote
    join comment on comment.site_id = vote.site_id and comment.id = vote.comment_id
    where vote.site_id = ${slot('site')} and vote.person_id = ${slot('person')} and comment.page_id = ${slot('page')}`,
)

/** How somebody voted on comments of a page. */
export async function votesOn(db: Queries, site: string, page: string, person: string) {
  return (await voted(db, { site, page, person })).rows
}

const reacted = prepareSql<'site' | 'page' | 'person', { comment_id: string; emoji: string }>(
  (slot) => sql`select given.comment_id, given.emoji from comment_reaction given
    join comment on comment.site_id = given.site_id and comment.id = given.comment_id
    where given.site_id = ${slot('site')} and given.person_id = ${slot('person')} and comment.page_id = ${slot('page')}
    order by given.at, given.emoji`,
)

/** How somebody reacted to comments of a page. */
export async function reactionsOn(db: Queries, site: string, page: string, person: string) {
  return (await reacted(db, { site, page, person })).rows
}

/** Most comments of one's own that nobody else sees, and most that wait, in one answer. */
const MOST_UNSEEN = 50

// The condition is that of the index it goes by.
const unseen = prepareSql<'site' | 'page' | 'person', ShownRow>(
  (slot) => sql<ShownRow>`select ${shown} from comment
    where site_id = ${slot('site')} and page_id = ${slot('page')} and person_id = ${slot('person')}
    and (state = 'held' or shadow = 1) and state in ('held', 'visible') order by id desc limit ${sql.lit(MOST_UNSEEN)}`,
)

/** What somebody wrote on a page that others do not see, latest first. */
export async function unseenOf(db: Queries, site: string, page: string, person: string): Promise<ShownRow[]> {
  return (await unseen(db, { site, page, person })).rows
}

const held = prepareSql<'site' | 'page', ShownRow>(
  (slot) => sql<ShownRow>`select ${shown} from comment
    where site_id = ${slot('site')} and page_id = ${slot('page')}
    and (state = 'held' or shadow = 1) and state = 'held' order by id desc limit ${sql.lit(MOST_UNSEEN)}`,
)

/** What waits for a moderator on a page, latest first. */
export async function heldOn(db: Queries, site: string, page: string): Promise<ShownRow[]> {
  return (await held(db, { site, page })).rows
}

/** What a comment said before it was changed, latest first. */
export const editsOf = (db: Queries, site: string, comment: string) =>
  db
    .selectFrom('comment_edit')
    .select(['at', 'body'])
    .where('site_id', '=', site)
    .where('comment_id', '=', comment)
    .orderBy('at', 'desc')
    .execute()

/** The ids of the latest comments of a page that have a place, oldest first. */
export async function latestOn(db: Queries, site: string, page: string, most: number): Promise<string[]> {
  const rows = await db
    .selectFrom('comment')
    .select('id')
    .where('site_id', '=', site)
    .where('page_id', '=', page)
    .where('shown', '=', 1)
    .orderBy('id', 'desc')
    .limit(most)
    .execute()
  return rows.map(({ id }) => id).reverse()
}
