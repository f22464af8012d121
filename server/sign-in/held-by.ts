import { type Kysely, sql } from 'kysely'
import type { SignedIn } from '../contract/sign-in.ts'
import type { Database } from '../db/schema.ts'

/** Whose a working token is, and what they have done so far if they are a guest. */
export async function heldBy(
  db: Kysely<Database>,
  site: string,
  key: string,
): Promise<{ id: string; guest: SignedIn['guest'] } | undefined> {
  const row = await db
    .selectFrom('person_key')
    .innerJoin('person', (join) =>
      join.onRef('person.site_id', '=', 'person_key.site_id').onRef('person.id', '=', 'person_key.person_id'),
    )
    .select(['person.id', 'person.name', 'person.member_since'])
    .select([countOf('comment').as('comments'), countOf('share').as('shares')])
    .where('person_key.site_id', '=', site)
    .where('person_key.key_hash', '=', key)
    .where('person_key.kind', '=', 'token')
    .executeTakeFirst()
  if (!row) return undefined
  const { id, name, member_since, comments, shares } = row
  return { id, guest: member_since === null ? { name, comments, shares } : null }
}

const countOf = (table: 'comment' | 'share') =>
  sql<number>`(select count(*) from ${sql.table(table)} as done
    where done.site_id = person.site_id and done.person_id = person.id)`
