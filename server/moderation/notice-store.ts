import type { Kysely } from 'kysely'
import { isAmong, isPostgres } from '../db/dialect.ts'
import type { Database } from '../db/schema.ts'

type Queries = Kysely<Database>
export type NoticeRow = Database['notice']

const notices = (db: Queries, site: string) => db.selectFrom('notice').selectAll().where('site_id', '=', site)

/** A notice by the hash of the code that its sender has. */
export const noticeByCode = (db: Queries, site: string, hash: string): Promise<NoticeRow | undefined> =>
  notices(db, site).where('code_hash', '=', hash).executeTakeFirst()

export const noticeById = (db: Queries, site: string, id: string): Promise<NoticeRow | undefined> =>
  notices(db, site).where('id', '=', id).executeTakeFirst()

/** A notice, held until the transaction is over. */
export function lockNotice(db: Queries, site: string, id: string): Promise<NoticeRow | undefined> {
  const query = notices(db, site).where('id', '=', id)
  return (isPostgres(db) ? query.forUpdate() : query).executeTakeFirst()
}

/** So many notices, latest first, after the one named. */
export function noticesWanted(
  db: Queries,
  site: string,
  { state, after, most }: { state?: NoticeRow['state'] | undefined; after: string | undefined; most: number },
): Promise<NoticeRow[]> {
  let query = notices(db, site).orderBy('id', 'desc').limit(most)
  if (state !== undefined) query = query.where('state', '=', state)
  return (after === undefined ? query : query.where('id', '<', after)).execute()
}

export const insertNotice = async (db: Queries, row: NoticeRow): Promise<void> => {
  await db.insertInto('notice').values(row).execute()
}

/** Notes what was decided on a notice, or that nothing is any more. */
export async function changeNotice(
  db: Queries,
  site: string,
  id: string,
  change: Pick<NoticeRow, 'state' | 'statement' | 'decided_by' | 'decided_at'>,
): Promise<void> {
  await db.updateTable('notice').set(change).where('site_id', '=', site).where('id', '=', id).execute()
}

/** The acts on some notices, with the ids of their subjects, earliest first. */
export const actsOnNotices = (db: Queries, site: string, ids: readonly string[]) =>
  db
    .selectFrom('moderation_act')
    .select(['id', 'subject'])
    .where('site_id', '=', site)
    .where('subject_kind', '=', 'notice')
    .where(isAmong(db, 'subject', ids))
    .orderBy('id')
    .execute()

/** What a comment says, and where its author hears of what was decided, if they have said so. */
export const commentToTell = (db: Queries, site: string, comment: string) =>
  db
    .selectFrom('comment')
    .innerJoin('person', (join) =>
      join.onRef('person.site_id', '=', 'comment.site_id').onRef('person.id', '=', 'comment.person_id'),
    )
    .select(['comment.body', 'person.mail'])
    .where('comment.site_id', '=', site)
    .where('comment.id', '=', comment)
    .where('person.mail', 'is not', null)
    .where('person.mail_confirmed', '=', 1)
    .executeTakeFirst()

/** What a site is called. */
export async function nameOfSite(db: Queries, site: string): Promise<string> {
  const row = await db.selectFrom('site').select('name').where('site_id', '=', site).executeTakeFirst()
  return row?.name ?? ''
}

/** Whether a site has such a comment. */
export const hasComment = async (db: Queries, site: string, id: string): Promise<boolean> =>
  (await db
    .selectFrom('comment')
    .select('id')
    .where('site_id', '=', site)
    .where('id', '=', id)
    .executeTakeFirst()) !== undefined
