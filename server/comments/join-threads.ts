import { sql } from 'kysely'
import type { Work } from '../deps.ts'
import { enterThread, holdThread } from './tree-store.ts'

/** The comments of one page go on under another: a job, told by whoever joined the pages. */
export async function joinThreads(work: Work, site: string, body: unknown): Promise<void> {
  const { db, emit, now } = work
  const { from, into } = body as { from: string; into: string }
  const old = await holdThread(db, site, from)
  if (!old) return
  await enterThread(db, { ...old, page_id: into, comments: 0, first_at: null, last_at: null })
  await holdThread(db, site, into)
  const moved = await db
    .updateTable('comment')
    .set({ page_id: into })
    .where('site_id', '=', site)
    .where('page_id', '=', from)
    .returning('id')
    .execute()
  await db.deleteFrom('thread').where('site_id', '=', site).where('page_id', '=', from).execute()
  await recount(work, site, into, old)
  const comment = moved.at(-1)?.id
  if (comment === undefined) return
  for (const page of [from, into]) emit({ type: 'comment', site, at: now(), page, comment, fresh: false })
}

/** Counts a thread from its comments, which came from two; when it began and was last said something in, too. */
async function recount(
  { db }: Work,
  site: string,
  page: string,
  old: { first_at: number | null; last_at: number | null },
): Promise<void> {
  const { comments } = await db
    .selectFrom('comment')
    .select(({ fn }) => fn.countAll<number | string>().as('comments'))
    .where('site_id', '=', site)
    .where('page_id', '=', page)
    .where('state', '=', 'visible')
    .where('shadow', '=', 0)
    .executeTakeFirstOrThrow()
  const { first_at, last_at } = old
  await db
    .updateTable('thread')
    .set({
      comments: Number(comments),
      first_at: sql`case when first_at < ${first_at} then first_at else coalesce(${first_at}, first_at) end`,
      last_at: sql`case when last_at > ${last_at} then last_at else coalesce(${last_at}, last_at) end`,
    })
    .where('site_id', '=', site)
    .where('page_id', '=', page)
    .execute()
}
