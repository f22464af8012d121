import type { Kysely } from 'kysely'
import type { Act } from '../contract/moderation-models.ts'
import { isAmong, isPostgres } from '../db/dialect.ts'
import type { Database } from '../db/schema.ts'

type Queries = Kysely<Database>
export type ActRow = Omit<Database['moderation_act'], 'act'> & { act: Act }

/** One act, held until the transaction is over. */
export async function lockAct(db: Queries, site: string, id: string): Promise<ActRow | undefined> {
  const query = db.selectFrom('moderation_act').selectAll().where('site_id', '=', site).where('id', '=', id)
  const row = await (isPostgres(db) ? query.forUpdate() : query).executeTakeFirst()
  return row as ActRow | undefined
}

/** Acts, latest first: of one subject (a person's with the bans of them) or of all, after the one named. */
export async function actsOf(
  db: Queries,
  site: string,
  { subject, after, most }: { subject?: string | undefined; after?: string | undefined; most: number },
): Promise<ActRow[]> {
  let query = db
    .selectFrom('moderation_act')
    .selectAll()
    .where('site_id', '=', site)
    .orderBy('id', 'desc')
    .limit(most)
  if (subject !== undefined) {
    const bans = db
      .selectFrom('ban')
      .select('id')
      .where('site_id', '=', site)
      .where('person_id', '=', subject)
    query = query.where((where) => where.or([where('subject', '=', subject), where('subject', 'in', bans)]))
  }
  const rows = await (after === undefined ? query : query.where('id', '<', after)).execute()
  return rows as ActRow[]
}

/** These acts, latest first. */
export async function actsNamed(db: Queries, site: string, ids: readonly string[]): Promise<ActRow[]> {
  const rows = await db
    .selectFrom('moderation_act')
    .selectAll()
    .where('site_id', '=', site)
    .where(isAmong(db, 'id', ids))
    .orderBy('id', 'desc')
    .execute()
  return rows as ActRow[]
}

export type StandingAct = Pick<ActRow, 'id' | 'act' | 'subject' | 'subject_kind' | 'who' | 'at'>

/** What stands of what was done to some subjects, latest first: acts that nobody has undone. */
export async function standingActs(
  db: Queries,
  site: string,
  subjects: readonly string[],
): Promise<StandingAct[]> {
  const rows = await db
    .selectFrom('moderation_act')
    .select(['id', 'act', 'subject', 'subject_kind', 'who', 'at'])
    .where('site_id', '=', site)
    .where('undone_at', 'is', null)
    .where(isAmong(db, 'subject', subjects))
    .orderBy('id', 'desc')
    .execute()
  return rows as ActRow[]
}

/** Notes that an act was taken back, and by whom. */
export async function markUndone(
  db: Queries,
  { site_id, id }: ActRow,
  undone: { at: number; by: string },
): Promise<void> {
  await db
    .updateTable('moderation_act')
    .set({ undone_at: undone.at, undone_by: undone.by })
    .where('site_id', '=', site_id)
    .where('id', '=', id)
    .execute()
}
