import type { Kysely } from 'kysely'
import type { Named } from '../contract/values.ts'
import { isAmong } from '../db/dialect.ts'
import type { Database } from '../db/schema.ts'

/** Names people by what they chose to be called. */
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
    .selectFrom('person')
    .select(['id', 'name'])
    .where('site_id', '=', site)
    .where('name', 'is not', null)
    .where(isAmong(db, 'id', [...asked] as string[]))
    .execute()
  const names = new Map(rows.map(({ id, name }) => [id, name]))
  return (id) => ({ id, name: names.get(id) ?? null })
}
