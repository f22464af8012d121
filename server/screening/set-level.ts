import type { Work } from '../deps.ts'

/** Sets how far somebody is trusted, above what is computed; null: as it is computed. Answers what was set before. */
export async function setLevel(
  { db }: Work,
  site: string,
  person: string,
  level: number | null,
): Promise<number | null> {
  const known = await db
    .selectFrom('person_standing')
    .select('level')
    .where('site_id', '=', site)
    .where('person_id', '=', person)
    .executeTakeFirst()
  if ((known?.level ?? null) === level) return level
  await db
    .insertInto('person_standing')
    .values({
      ...{ site_id: site, person_id: person, approved: 0, refused: 0, level },
      ...{ vouched_by: null, root_id: null, first_at: null },
    })
    .onConflict((conflict) => conflict.columns(['site_id', 'person_id']).doUpdateSet({ level }))
    .execute()
  return known?.level ?? null
}
