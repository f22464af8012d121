import { type Kysely, type RawBuilder, sql } from 'kysely'
import { isAmong } from '../db/dialect.ts'
import type { Database } from '../db/schema.ts'

/** Whoever a person has turned out to be, by a column that names a person: in SQL. */
export const nowOf = (site: string | RawBuilder<string>, column: string): RawBuilder<string> =>
  sql<string>`coalesce((select self.merged_into from person as self
    where self.site_id = ${site} and self.id = ${sql.ref(column)}), ${sql.ref(column)})`

/** Guests, and the members that they turned out to be. */
export type Merged = ReadonlyMap<string, string>

/** All guests of a site who turned out to be members, for long reports. */
export async function mergedPeople(db: Kysely<Database>, site: string): Promise<Merged> {
  const rows = await db
    .selectFrom('person')
    .select(['id', 'merged_into'])
    .where('site_id', '=', site)
    .where('merged_into', 'is not', null)
    .execute()
  return new Map(rows.map(({ id, merged_into }) => [id, merged_into as string]))
}

/** Whoever some people have turned out to be: themselves, mostly. */
export async function whoTheyAre(
  db: Kysely<Database>,
  site: string,
  people: Iterable<string>,
): Promise<(person: string) => string> {
  const rows = await db
    .selectFrom('person')
    .select(['id', 'merged_into'])
    .where('site_id', '=', site)
    .where('merged_into', 'is not', null)
    .where(isAmong(db, 'id', [...new Set(people)]))
    .execute()
  const known = new Map(rows.map(({ id, merged_into }) => [id, merged_into as string]))
  return (person) => known.get(person) ?? person
}

/** A person under all the ids that they have had: their own first. */
export async function selvesOf(db: Kysely<Database>, site: string, person: string): Promise<string[]> {
  const rows = await db
    .selectFrom('person')
    .select('id')
    .where('site_id', '=', site)
    .where('merged_into', '=', person)
    .execute()
  return [person, ...rows.map(({ id }) => id)]
}
