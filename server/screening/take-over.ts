import { sql } from 'kysely'
import type { Work } from '../deps.ts'

/** Whoever may not speak as the guest that a browser was may not either as the member they have signed in as. */
export async function copyBans(
  { db, now, newId }: Work,
  site: string,
  from: string,
  to: string,
): Promise<void> {
  const bans = await db
    .selectFrom('ban')
    .selectAll()
    .where('site_id', '=', site)
    .where('person_id', '=', from)
    .where('lifted_at', 'is', null)
    .where((where) => where.or([where('until', 'is', null), where('until', '>', now())]))
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('ban as same')
            .select('same.id')
            .where('same.site_id', '=', site)
            .where('same.person_id', '=', to)
            .where('same.lifted_at', 'is', null)
            .whereRef('same.kind', '=', 'ban.kind')
            .where(sql<boolean>`coalesce(same.until, 0) = coalesce(ban.until, 0)`),
        ),
      ),
    )
    .execute()
  for (const ban of bans)
    await db
      .insertInto('ban')
      .values({ ...ban, id: newId(), person_id: to })
      .execute()
}

/** A guest's standing adds to that of the member they turned out to be; the owner's word on the member stays. */
export async function takeOverStanding({ db }: Work, site: string, from: string, to: string): Promise<void> {
  await db
    .updateTable('person_standing')
    .set({ vouched_by: to })
    .where('site_id', '=', site)
    .where('vouched_by', '=', from)
    .execute()
  const theirs = await db
    .deleteFrom('person_standing')
    .where('site_id', '=', site)
    .where('person_id', '=', from)
    .returningAll()
    .executeTakeFirst()
  if (!theirs) return
  await db
    .insertInto('person_standing')
    .values({ ...theirs, person_id: to })
    .onConflict((conflict) =>
      conflict.columns(['site_id', 'person_id']).doUpdateSet({
        approved: sql`person_standing.approved + excluded.approved`,
        refused: sql`person_standing.refused + excluded.refused`,
        vouched_by: sql`coalesce(person_standing.vouched_by, excluded.vouched_by)`,
        level: sql`coalesce(person_standing.level, excluded.level)`,
        root_id: sql`coalesce(person_standing.root_id, excluded.root_id)`,
        first_at: sql`case when person_standing.first_at <= excluded.first_at then person_standing.first_at
          else coalesce(excluded.first_at, person_standing.first_at) end`,
      }),
    )
    .execute()
  // Nobody vouches for themselves.
  await db
    .updateTable('person_standing')
    .set({ vouched_by: null })
    .where('site_id', '=', site)
    .where('person_id', '=', to)
    .where('vouched_by', '=', to)
    .execute()
}
