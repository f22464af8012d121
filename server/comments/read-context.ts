import type { Kysely } from 'kysely'
import { ANCESTORS_ALONG, LEVEL_LIMIT } from '../contract/comment-limits.ts'
import type { Context, Found } from '../contract/comments.ts'
import type { Database } from '../db/schema.ts'
import { readPlace } from './places.ts'
import { inOrder, readLevel } from './read-level.ts'
import type { OfPage } from './ready-answers.ts'
import { noComment } from './set-state.ts'
import { showRows } from './show-comments.ts'
import { commentById, commentsByIds, type ShownRow, urlOfPage } from './store.ts'

type Queries = Kysely<Database>

/** What a permalink opens: a comment below its nearest ancestors, with its first replies. */
export async function readContext(
  db: Queries,
  site: string,
  id: string,
): Promise<OfPage & { answer: Context }> {
  const row = await commentById(db, site, id)
  if (row?.shown !== 1) throw noComment()
  const page = row.page_id
  const above: ShownRow[] = []
  for (let next = row.parent_id; next !== null && above.length < ANCESTORS_ALONG; ) {
    const ancestor = await commentById(db, site, next)
    if (!ancestor) break
    above.unshift(ancestor)
    next = ancestor.parent_id
  }
  const place = readPlace(undefined, undefined, 'oldest')
  const replies = await readLevel(db, site, { page, above: row, place, limit: LEVEL_LIMIT })
  const chain = await inOrder(db, site, [...above, row], new Map())
  const comment = { ...chain.at(-1), next: replies.next } as Context['data'][number]
  const answer = {
    url: await urlOfPage(db, site, page),
    data: [...chain.slice(0, -1), comment, ...replies.data],
    earlier: (above[0] ?? row).parent_id !== null,
    next: replies.next,
  }
  return { page, answer }
}

/** Some comments by their ids: those that have a place. */
export async function readComments(
  db: Queries,
  site: string,
  ids: readonly string[],
): Promise<OfPage & { answer: Found }> {
  const rows = await commentsByIds(db, site, ids)
  const pages = new Set(rows.map(({ page_id }) => page_id))
  const [page] = pages
  // Of several pages, it is about none of them alone.
  return { page: pages.size === 1 ? page : undefined, answer: { data: await showRows(db, site, ids, rows) } }
}
