import type { Kysely } from 'kysely'
import type { Named } from '../contract/values.ts'
import { isAmong } from '../db/dialect.ts'
import type { Database } from '../db/schema.ts'

/** Names people by what they chose to be called; whoever turned out to be somebody else is that one. */
export type Naming = (id: string) => Named

/** Looks up what some people chose to be called; whoever chose nothing has no name. */
export async function namesOf(
  db: Kysely<Database>,
  site: string,
  ids: Iterable<string | null>,
): Promise<Naming> {
  const asked = new Set(ids)
  asked.delete(null)
  const rows = await db
    .selectFrom('person as known')
    .innerJoin('person', (join) =>
      join
        .onRef('person.site_id', '=', 'known.site_id')
        .on('person.id', '=', ({ fn }) => fn.coalesce('known.merged_into', 'known.id')),
    )
    .select(['known.id as known', 'person.id', 'person.name'])
    .where('known.site_id', '=', site)
    .where(isAmong(db, 'known.id', [...asked] as string[]))
    .execute()
  const names = new Map(rows.map(({ known, id, name }) => [known, { id, name }]))
  return (id) => names.get(id) ?? { id, name: null }
}
