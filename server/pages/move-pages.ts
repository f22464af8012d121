import { sql } from 'kysely'
import type { Move } from '../contract/pages.ts'
import type { Work } from '../deps.ts'
import { AppError } from '../errors.ts'
import { enqueue } from '../outbox.ts'
import { whereMoved } from './follow-moves.ts'
import { joinPages } from './join-pages.ts'
import { runsInCircle, toIdentity } from './moves.ts'

/** Most moves of a site. */
const MOST_MOVES = 5_000
/** Pages that one job moves. */
const AT_ONCE = 100

/** That a page moved, or all that begin so. `from` is an identity, `to` a URL. */
export interface Moving {
  from: string
  to: string
  prefix: boolean
}

/** Says that pages moved. A single one has moved when this is done; many follow one after the other. */
export async function movePages(work: Work, site: string, moving: Moving): Promise<Move> {
  const { db, newId, now } = work
  const row = {
    ...{ site_id: site, id: newId(), at: now() },
    ...{ from_url: moving.from, to_url: moving.to, prefix: Number(moving.prefix) },
  }
  const before = await db.selectFrom('page_move').selectAll().where('site_id', '=', site).execute()
  const same = before.find(({ from_url, prefix }) => from_url === row.from_url && prefix === row.prefix)
  if (same?.to_url === row.to_url) return showMove(same)
  if (same)
    throw new AppError('conflict', `has moved to ${same.to_url} already: delete that move first`, {
      field: 'from',
    })
  if (before.length >= MOST_MOVES)
    throw new AppError('conflict', `There are ${MOST_MOVES} moves: move whole beginnings instead`)
  if (runsInCircle([...before, row]))
    throw new AppError('invalid', 'leads back to where it came from, or through too many moves', {
      field: 'to',
    })
  const entered = await db
    .insertInto('page_move')
    .values(row)
    .onConflict((conflict) => conflict.columns(['site_id', 'from_url', 'prefix']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!entered) throw new AppError('conflict', 'has just been moved', { field: 'from' })
  if (moving.prefix) await enqueue(work, site, 'move-pages', { from: moving.from, after: '' })
  else await movePage(work, site, moving.from)
  return showMove(row)
}

/** Moves the pages that begin so, some at a time: a job of the outbox. */
export async function moveMore(work: Work, site: string, body: unknown): Promise<void> {
  const { from, after } = body as { from: string; after: string }
  const pages = await work.db
    .selectFrom('page')
    .select('identity')
    .where('site_id', '=', site)
    .where('identity', '>', after)
    // '/' is followed by '0', '?' by '@': what begins with the path and goes on, or ends, there.
    .where(
      sql<boolean>`(identity = ${from} or (identity >= ${`${from}/`} and identity < ${`${from}0`})
        or (identity >= ${`${from}?`} and identity < ${`${from}@`}))`,
    )
    .orderBy('identity')
    .limit(AT_ONCE)
    .execute()
  for (const { identity } of pages) await movePage(work, site, identity)
  const last = pages.at(-1)
  if (last && pages.length === AT_ONCE)
    await enqueue(work, site, 'move-pages', { from, after: last.identity })
}

/** Brings the page that had this identity to where it is by now; joins it with one that is there. */
async function movePage(work: Work, site: string, identity: string): Promise<void> {
  const { db } = work
  const page = await pageWith(work, site, identity)
  const moved = page && (await whereMoved(db, site, identity))
  if (!page || !moved) return
  const there = await pageWith(work, site, moved.identity)
  if (there) return joinPages(work, site, page, there)
  await db
    .updateTable('page')
    .set({ identity: moved.identity, url: moved.url })
    .where('site_id', '=', site)
    .where('id', '=', page.id)
    .execute()
}

const pageWith = ({ db }: Work, site: string, identity: string) =>
  db
    .selectFrom('page')
    .select(['id', 'author_id', 'title'])
    .where('site_id', '=', site)
    .where('identity', '=', identity)
    .executeTakeFirst()

/** The moves of a site, latest first. */
export async function listMoves({ db }: Pick<Work, 'db'>, site: string): Promise<Move[]> {
  const rows = await db
    .selectFrom('page_move')
    .selectAll()
    .where('site_id', '=', site)
    .orderBy('id', 'desc')
    .execute()
  return rows.map(showMove)
}

/** Takes a move back: from now on its URLs are pages of their own. What has moved stays where it is. */
export async function deleteMove({ db }: Work, site: string, id: string): Promise<void> {
  const row = await db
    .deleteFrom('page_move')
    .where('site_id', '=', site)
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst()
  if (!row) throw new AppError('not_found', 'There is no such move')
}

interface MoveRow {
  id: string
  from_url: string
  to_url: string
  prefix: number
  at: number
}

const showMove = ({ id, from_url, to_url, prefix, at }: MoveRow): Move => ({
  id,
  from: `https://${from_url}`,
  to: to_url,
  prefix: prefix === 1,
  at: new Date(at).toISOString(),
})

/** The identity of a page that may be anywhere, and the URL of where it went; a beginning has no query. */
export function readMoving(from: URL, to: URL, prefix: boolean): Moving {
  for (const [field, url] of Object.entries({ from, to }))
    if (prefix && url.search !== '')
      throw new AppError('invalid', 'has a query, which no beginning has', { field })
  const bare = new URL(to)
  bare.hash = ''
  const moving = { from: toIdentity(from.href), to: bare.href, prefix }
  if (moving.from === toIdentity(moving.to))
    throw new AppError('invalid', 'is the same page as `from`', { field: 'to' })
  return moving
}
