import type { Kysely } from 'kysely'
import type { Database } from '../db/schema.ts'

export type Role = Database['person']['role']

/** Roles that may moderate. */
export const mayModerate = (role: Role): role is Exclude<Role, 'member'> => role !== 'member'

/** The person known by this key, with their role; none for somebody who has only looked so far. */
export async function roleOfKey(
  db: Kysely<Database>,
  site: string,
  key: string,
): Promise<{ id: string; role: Role; name: string | null } | undefined> {
  return db
    .selectFrom('person_key')
    .innerJoin('person', (join) =>
      join.onRef('person.site_id', '=', 'person_key.site_id').onRef('person.id', '=', 'person_key.person_id'),
    )
    .select(['person.id', 'person.role', 'person.name'])
    .where('person_key.site_id', '=', site)
    .where('person_key.key_hash', '=', key)
    .executeTakeFirst()
}

/** A person's role; that of a member where there is no such person. */
export async function roleOfPerson(db: Kysely<Database>, site: string, person: string): Promise<Role> {
  const row = await db
    .selectFrom('person')
    .select('role')
    .where('site_id', '=', site)
    .where('id', '=', person)
    .executeTakeFirst()
  return row?.role ?? 'member'
}

const RANK: Record<Role, number> = { member: 0, moderator: 1, admin: 2, owner: 3 }

/** Whether a role is higher than another. */
export const outranks = (role: Role, other: Role): boolean => RANK[role] > RANK[other]
