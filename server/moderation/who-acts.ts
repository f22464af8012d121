import type { Context } from 'hono'
import type { Kysely } from 'kysely'
import { isAmong } from '../db/dialect.ts'
import type { Database } from '../db/schema.ts'
import type { Env } from '../http.ts'
import type { Actor } from './rules.ts'

/** Who acts in this request, as moderators do. */
export const actorOf = (c: Context<Env>): Actor => ({
  who: c.get('actor'),
  role: c.get('role'),
  person: c.get('staff'),
})

/** A person who acts, as it is written down. */
export const personActs = (role: string, person: string): string => `${role}, person ${person}`

const PERSON = /^(\w+), person ([\w-]+)$/

/** Makes what was written down of who acts readable: persons by their names, as they are called now. */
export async function readableWho(
  db: Kysely<Database>,
  site: string,
  whos: Iterable<string | null>,
): Promise<(who: string) => string> {
  const ids = [...whos].flatMap((who) => PERSON.exec(who ?? '')?.[2] ?? [])
  const rows = await db
    .selectFrom('person')
    .leftJoin('person as self', (join) =>
      join.onRef('self.site_id', '=', 'person.site_id').onRef('self.id', '=', 'person.merged_into'),
    )
    .select(['person.id', 'person.name', 'self.name as self_name'])
    .where('person.site_id', '=', site)
    .where(isAmong(db, 'person.id', [...new Set(ids)]))
    .execute()
  const names = new Map(rows.map(({ id, name, self_name }) => [id, self_name ?? name]))
  return (who) => {
    const [, role, id = ''] = PERSON.exec(who) ?? []
    return role === undefined ? who : `${role} ${names.get(id) ?? id}`
  }
}
