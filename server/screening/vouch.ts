import type { Work } from '../deps.ts'

/** Lets a member answer for somebody from now on; answers false where somebody does already. */
export async function vouchFor({ db }: Work, site: string, person: string, by: string): Promise<boolean> {
  const row = { site_id: site, person_id: person, vouched_by: by }
  const vouched = await db
    .insertInto('person_standing')
    .values({ ...row, approved: 0, refused: 0, level: null, root_id: null, first_at: null })
    .onConflict((conflict) =>
      conflict
        .columns(['site_id', 'person_id'])
        .doUpdateSet({ vouched_by: by })
        .where('person_standing.vouched_by', 'is', null),
    )
    .returning('person_id')
    .executeTakeFirst()
  return vouched !== undefined
}

/** Nobody answers for somebody any more, if it was this member who did. */
export async function takeVouchBack({ db }: Work, site: string, person: string, by: string): Promise<void> {
  await db
    .updateTable('person_standing')
    .set({ vouched_by: null })
    .where('site_id', '=', site)
    .where('person_id', '=', person)
    .where('vouched_by', '=', by)
    .execute()
}
