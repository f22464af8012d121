import { type Kysely, type SqlBool, sql } from 'kysely'
import type { ScreenReason } from '../contract/moderation-models.ts'
import { isAmong } from '../db/dialect.ts'
import type { Database } from '../db/schema.ts'

type Queries = Kysely<Database>

/** Which comments are asked for. */
export interface Wanted {
  show: 'held' | 'reported' | 'visible' | 'refused' | 'deleted' | 'all'
  q?: string | undefined
  person?: string | undefined
  page?: string | undefined
  reason?: ScreenReason | undefined
}

/** Nobody asks any more for what these were reported for. Said so, the index of states is not taken for that of reports. */
const GONE = ['refused', 'deleted'] as const

/** Comments with where they stand and what they answer, latest first. */
const described = (db: Queries, site: string) =>
  db
    .selectFrom('comment')
    .innerJoin('page', (join) =>
      join.onRef('page.site_id', '=', 'comment.site_id').onRef('page.id', '=', 'comment.page_id'),
    )
    .leftJoin('comment as above', (join) =>
      join.onRef('above.site_id', '=', 'comment.site_id').onRef('above.id', '=', 'comment.parent_id'),
    )
    .selectAll('comment')
    .select(['page.url', 'page.title', 'above.person_id as above_person', 'above.body as above_body'])
    .where('comment.site_id', '=', site)
    .orderBy('comment.id', 'desc')

export type DescribedComment = Awaited<ReturnType<typeof commentsNamed>>[number]

/** So many of the comments asked for, latest first, after the one named. */
export function commentsWanted(
  db: Queries,
  site: string,
  { show, q, person, page, reason }: Wanted,
  { after, most }: { after?: string | undefined; most: number },
): Promise<DescribedComment[]> {
  let query = described(db, site).limit(most)
  if (show === 'reported')
    query = query.where('comment.reports', '>', 0).where('comment.state', 'not in', GONE)
  else if (show !== 'all') query = query.where('comment.state', '=', show)
  if (person !== undefined) query = query.where('comment.person_id', '=', person)
  if (page !== undefined) query = query.where('comment.page_id', '=', page)
  if (reason !== undefined) query = query.where(contains('comment.reasons', `"reason":"${reason}"`))
  for (const word of q?.split(/\s+/u).filter(Boolean) ?? []) query = query.where(says(word))
  return (after === undefined ? query : query.where('comment.id', '<', after)).execute()
}

const contains = (column: string, text: string) =>
  sql<SqlBool>`${sql.ref(column)} like ${`%${text.replaceAll(/[\\%_]/g, '\\$&')}%`} escape '\\'`

/** Whether a comment says a word, in the usual spellings: the two databases differ in what they take for one letter. */
function says(word: string) {
  const lower = word.toLowerCase()
  const spellings = new Set([word, lower, word.toUpperCase(), lower.replace(/^./u, (l) => l.toUpperCase())])
  const found = [...spellings].map((spelling) => contains('comment.body', spelling))
  return sql<SqlBool>`(${sql.join(found, sql` or `)})`
}

/** These comments, latest first. */
export const commentsNamed = (db: Queries, site: string, ids: readonly string[]) =>
  described(db, site)
    .where(isAmong(db, 'comment.id', ids))
    .execute()

/** The first replies of a comment in any state, oldest first. */
export const repliesTo = (db: Queries, site: string, parent: string, most: number) =>
  described(db, site)
    .where('comment.parent_id', '=', parent)
    .clearOrderBy()
    .orderBy('comment.id')
    .limit(most)
    .execute()

/** The ids of the nearest comments above one, topmost first. */
export async function idsAbove(db: Queries, site: string, id: string, most: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive above(id, steps) as (
      select parent_id, 1 from comment where site_id = ${site} and id = ${id} and parent_id is not null
      union all
      select comment.parent_id, above.steps + 1 from above
      join comment on comment.site_id = ${site} and comment.id = above.id
      where comment.parent_id is not null and above.steps < ${sql.lit(most)})
    select id from above order by steps desc`.execute(db)
  return rows.map((row) => row.id)
}

/** What some comments are reported for that nobody has dealt with, oldest first. */
export const openReports = (db: Queries, site: string, comments: readonly string[]) =>
  db
    .selectFrom('comment_report')
    .select(['comment_id', 'person_id', 'reason', 'note', 'at'])
    .where('site_id', '=', site)
    .where('resolved_at', 'is', null)
    .where(isAmong(db, 'comment_id', comments))
    .orderBy('at')
    .orderBy('person_id')
    .execute()

/** What is known of some authors, and whose share brought them. */
export const authorsKnown = (db: Queries, site: string, people: readonly string[]) =>
  db
    .selectFrom('person')
    .leftJoin('person_standing as standing', (join) =>
      join.onRef('standing.site_id', '=', 'person.site_id').onRef('standing.person_id', '=', 'person.id'),
    )
    .leftJoin('share', (join) =>
      join.onRef('share.site_id', '=', 'person.site_id').onRef('share.id', '=', 'person.brought_by'),
    )
    .leftJoin('person as sharer', (join) =>
      join.onRef('sharer.site_id', '=', 'share.site_id').onRef('sharer.id', '=', 'share.person_id'),
    )
    .select(['person.id', 'person.name', 'person.role', 'person.member_since'])
    .select(['standing.approved', 'standing.refused'])
    .select((select) => select.fn.coalesce('sharer.merged_into', 'sharer.id').as('bringer'))
    .where('person.site_id', '=', site)
    .where(isAmong(db, 'person.id', people))
    .execute()

/** What a comment said before, latest first. */
export const editsOf = (db: Queries, site: string, comment: string) =>
  db
    .selectFrom('comment_edit')
    .select(['at', 'body'])
    .where('site_id', '=', site)
    .where('comment_id', '=', comment)
    .orderBy('at', 'desc')
    .limit(100)
    .execute()

const countOf = (rows: { count: string | number | bigint }[]): number => Number(rows[0]?.count ?? 0)

/** How much waits for a moderator. */
export async function countWaiting(
  db: Queries,
  site: string,
): Promise<{ held: number; reported: number; notices: number }> {
  const comments = db
    .selectFrom('comment')
    .select((select) => select.fn.countAll().as('count'))
    .where('site_id', '=', site)
  const [held, reported, notices] = await Promise.all([
    comments.where('state', '=', 'held').execute(),
    comments.where('reports', '>', 0).where('state', 'not in', GONE).execute(),
    db
      .selectFrom('notice')
      .select((select) => select.fn.countAll().as('count'))
      .where('site_id', '=', site)
      .where('state', '=', 'received')
      .execute(),
  ])
  return { held: countOf(held), reported: countOf(reported), notices: countOf(notices) }
}
