import { type Kysely, sql } from 'kysely'
import type { Counts } from '../contract/shares.ts'
import { isAmong } from '../db/dialect.ts'
import type { Database } from '../db/schema.ts'
import { pageByUrl } from '../pages/find-page.ts'

type Queries = Kysely<Database>

/** A page, as widgets name it. */
export interface NamedPage {
  url: URL
  pageId?: string | undefined
}

/** Counts pages, in the order asked: how often each was shared, and how many comments stand there; 0 for one nobody knows. */
export async function countPages(db: Queries, site: string, pages: readonly NamedPage[]): Promise<Counts[]> {
  const ids = await Promise.all(pages.map(({ url, pageId }) => pageByUrl(db, site, url, pageId)))
  const known = [...new Set(ids.filter((id) => id !== undefined))]
  if (known.length === 0) return ids.map(() => ({ shares: 0, comments: 0 }))
  const [shares, comments] = await Promise.all([sharesOf(db, site, known), commentsOf(db, site, known)])
  return ids.map((id = '') => ({ shares: shares.get(id) ?? 0, comments: comments.get(id) ?? 0 }))
}

/** Its literals are those of the index it goes by. */
async function sharesOf(db: Queries, site: string, pages: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ subject: string; shares: number }>`
    select subject, sum(shares) as shares from rollup
    where site_id = ${site} and ${isAmong(db, 'subject', pages)} and kind = 'page' and grain = 'day' and currency = ''
    group by subject`.execute(db)
  return new Map(rows.map(({ subject, shares }) => [subject, shares]))
}

async function commentsOf(db: Queries, site: string, pages: readonly string[]): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('thread')
    .select(['page_id', 'comments'])
    .where('site_id', '=', site)
    .where(isAmong(db, 'page_id', pages))
    .execute()
  return new Map(rows.map(({ page_id, comments }) => [page_id, comments]))
}
