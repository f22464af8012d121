import type { Kysely } from 'kysely'
import { prepare } from '../db/prepared.ts'
import type { Database } from '../db/schema.ts'
import type { Work } from '../deps.ts'
import { whereMoved } from './follow-moves.ts'
import { pageIdentity } from './rules.ts'

type Queries = Kysely<Database>

/** What is told of a page besides its URL. */
export interface Named {
  /** The id its owner gave it. */
  pageId?: string | undefined
  /** Kept when it is the first. */
  title?: string | undefined
}

const identityToPage = prepare((db, slot: (name: 'site' | 'identity') => never) =>
  db
    .selectFrom('page')
    .select('id')
    .where('site_id', '=', slot('site'))
    .where('identity', '=', slot('identity')),
)
const aliasToPage = prepare((db, slot: (name: 'site' | 'identity') => never) =>
  db
    .selectFrom('page_alias')
    .select('page_id')
    .where('site_id', '=', slot('site'))
    .where('identity', '=', slot('identity')),
)

const aliasOf = (pageId: string): string => `id:${pageId}`

const byIdentity = async (db: Queries, site: string, identity: string): Promise<string | undefined> =>
  (await identityToPage(db, { site, identity })).rows[0]?.id

const byAlias = async (db: Queries, site: string, identity: string): Promise<string | undefined> =>
  (await aliasToPage(db, { site, identity })).rows[0]?.page_id

/**
 * The id of a page the site has seen: by the id its owner gave it, else by its URL, and where that has moved. Only what
 * is not found at once is looked for among the moves.
 */
export async function pageByUrl(
  db: Queries,
  site: string,
  url: URL,
  pageId?: string,
): Promise<string | undefined> {
  const known = pageId === undefined ? undefined : await byAlias(db, site, aliasOf(pageId))
  if (known) return known
  const identity = pageIdentity(url)
  let found = await byIdentity(db, site, identity)
  if (!found) {
    const moved = await whereMoved(db, site, identity)
    if (moved) found = await byIdentity(db, site, moved.identity)
  }
  // At this URL there is another page, with an id of its own.
  return found && pageId !== undefined && (await hasOwnId(db, site, found)) ? undefined : found
}

/** The id of a page, entered when it is first seen. */
export async function pageForUrl(work: Work, site: string, url: URL, named: Named = {}): Promise<string> {
  const { pageId, title } = named
  const id =
    pageId === undefined ? await pageAt(work, site, url) : await pageWithId(work, site, url, aliasOf(pageId))
  if (title) {
    await work.db
      .updateTable('page')
      .set({ title })
      .where('site_id', '=', site)
      .where('id', '=', id)
      .where('title', 'is', null)
      .execute()
  }
  return id
}

async function pageAt(work: Work, site: string, url: URL): Promise<string> {
  const identity = pageIdentity(url)
  const known = await byIdentity(work.db, site, identity)
  if (known) return known
  const moved = await whereMoved(work.db, site, identity)
  if (!moved) return enterPage(work, site, identity, url)
  return (
    (await byIdentity(work.db, site, moved.identity)) ??
    (await enterPage(work, site, moved.identity, new URL(moved.url)))
  )
}

/** The page with an id of its owner's: the one that was at its URL when the id was first told, unless that has another. */
async function pageWithId(work: Work, site: string, url: URL, alias: string): Promise<string> {
  const { db, now } = work
  const known = await byAlias(db, site, alias)
  if (known) {
    // The latest URL is where its comments are read.
    const { href } = plain(url)
    await db
      .updateTable('page')
      .set({ url: href })
      .where('site_id', '=', site)
      .where('id', '=', known)
      .where('url', '<>', href)
      .execute()
    return known
  }
  const there = await pageAt(work, site, url)
  const id = (await hasOwnId(db, site, there)) ? await enterPage(work, site, alias, url) : there
  await db
    .insertInto('page_alias')
    .values({ site_id: site, identity: alias, page_id: id, at: now() })
    .onConflict((conflict) => conflict.columns(['site_id', 'identity']).doNothing())
    .execute()
  return (await byAlias(db, site, alias)) ?? id
}

async function hasOwnId(db: Queries, site: string, page: string): Promise<boolean> {
  const row = await db
    .selectFrom('page_alias')
    .select('identity')
    .where('site_id', '=', site)
    .where('page_id', '=', page)
    .where('identity', 'like', 'id:%')
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

const plain = (url: URL): URL => {
  const bare = new URL(url)
  bare.hash = ''
  return bare
}

async function enterPage(
  { db, now, newId }: Work,
  site: string,
  identity: string,
  url: URL,
): Promise<string> {
  const row = await db
    .insertInto('page')
    .values({
      site_id: site,
      id: newId(),
      identity,
      url: plain(url).href,
      created_at: now(),
      author_id: null,
      title: null,
    })
    .onConflict((conflict) => conflict.columns(['site_id', 'identity']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row?.id ?? ((await byIdentity(db, site, identity)) as string)
}
