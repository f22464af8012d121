import { type Kysely, sql } from 'kysely'
import type { Database } from '../db/schema.ts'
import type { Work } from '../deps.ts'
import { rankOf } from './rules.ts'
import { tellChanged } from './settle.ts'
import { threadById } from './store.ts'
import { changeComment, holdComment } from './tree-store.ts'

/**
 * What a guest said, changed, voted for and reported is what the member did that they turned out to be. Where both did
 * it, the member's stays; and nobody votes for themselves.
 */
export async function takeOverComments(work: Work, site: string, from: string, to: string): Promise<void> {
  const { db } = work
  const spoken = await db
    .updateTable('comment')
    .set({ person_id: to })
    .where('site_id', '=', site)
    .where('person_id', '=', from)
    .returning(['id', 'page_id'])
    .execute()
  await db
    .updateTable('comment_edit')
    .set({ person_id: to })
    .where('site_id', '=', site)
    .where('person_id', '=', from)
    .execute()
  const recounted = new Set([
    ...(await moveOnce(db, site, 'comment_vote', from, to)),
    ...(await moveOnce(db, site, 'comment_reaction', from, to)),
    ...(await moveOnce(db, site, 'comment_report', from, to)),
    ...(await dropOwnVotes(db, site, to)),
  ])
  await moveOnce(db, site, 'comment_mention', from, to)
  for (const id of [...recounted].sort()) await recount(work, site, id)
  for (const comment of spoken) if (!recounted.has(comment.id)) tellChanged(work, site, comment)
}

type Done = 'comment_vote' | 'comment_reaction' | 'comment_report' | 'comment_mention'

/** Moves what may be there once a person; answers the comments of which some went, as both had it. */
async function moveOnce(
  db: Kysely<Database>,
  site: string,
  table: Done,
  from: string,
  to: string,
): Promise<string[]> {
  const sameEmoji = table === 'comment_reaction' ? sql`and own.emoji = ${sql.ref(`${table}.emoji`)}` : sql``
  const gone = await db
    .deleteFrom(table)
    .where('site_id', '=', site)
    .where('person_id', '=', from)
    .where(
      sql<boolean>`exists (select 1 from ${sql.table(table)} as own where own.site_id = ${site}
        and own.person_id = ${to} and own.comment_id = ${sql.ref(`${table}.comment_id`)} ${sameEmoji})`,
    )
    .returning('comment_id')
    .execute()
  await db
    .updateTable(table)
    .set({ person_id: to })
    .where('site_id', '=', site)
    .where('person_id', '=', from)
    .execute()
  return gone.map(({ comment_id }) => comment_id)
}

async function dropOwnVotes(db: Kysely<Database>, site: string, person: string): Promise<string[]> {
  const gone = await db
    .deleteFrom('comment_vote')
    .where('site_id', '=', site)
    .where('person_id', '=', person)
    .where('comment_id', 'in', (select) =>
      select
        .selectFrom('comment')
        .select('comment.id')
        .where('comment.site_id', '=', site)
        .where('comment.person_id', '=', person),
    )
    .returning('comment_id')
    .execute()
  return gone.map(({ comment_id }) => comment_id)
}

/** Counts what is there of a comment's votes, reactions and reports. */
async function recount(work: Work, site: string, id: string): Promise<void> {
  const { db } = work
  const comment = await holdComment(db, site, id)
  if (!comment) return
  const thread = await threadById(db, site, comment.page_id)
  const { rows } = await sql<{ ups: number; downs: number; reports: number }>`select
      (select count(*) from comment_vote where site_id = ${site} and comment_id = ${id} and value > 0) as ups,
      (select count(*) from comment_vote where site_id = ${site} and comment_id = ${id} and value < 0) as downs,
      (select count(*) from comment_report where site_id = ${site} and comment_id = ${id} and resolved_at is null)
        as reports`.execute(db)
  const { ups = 0, downs = 0, reports = 0 } = rows[0] ?? {}
  const reactions = await db
    .selectFrom('comment_reaction')
    .select(['emoji', ({ fn }) => fn.countAll<number>().as('count')])
    .where('site_id', '=', site)
    .where('comment_id', '=', id)
    .groupBy('emoji')
    .orderBy('emoji')
    .execute()
  await changeComment(db, site, id, {
    ups,
    downs,
    reports,
    best: rankOf(thread?.mode === 'ideas', ups, downs),
    reactions: JSON.stringify(Object.fromEntries(reactions.map(({ emoji, count }) => [emoji, count]))),
  })
  tellChanged(work, site, comment)
}
