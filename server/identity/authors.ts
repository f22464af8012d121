import type { Kysely } from 'kysely'
import type { Author } from '../contract/comments.ts'
import { isAmong } from '../db/dialect.ts'
import type { Database } from '../db/schema.ts'

type Row = Pick<Database['person'], 'id' | 'name' | 'role' | 'member_since' | 'avatar'>

/** Shows people as readers see them. */
export type Showing = (id: string) => Author

/** Where the picture of a person is, on this server. */
export const avatarPath = (site: string, avatar: string | null): string | null =>
  avatar === null ? null : `/v1/avatars/${site}/${avatar}`

/** A person's row as readers see it. */
export const toAuthor = (site: string, { id, name, role, member_since, avatar }: Row): Author => ({
  id,
  name: name ?? '',
  badge: role !== 'member' ? role : member_since === null ? null : 'member',
  avatar: avatarPath(site, avatar),
})

/** Looks up how readers see some people. */
export async function authorsOf(db: Kysely<Database>, site: string, ids: Iterable<string>): Promise<Showing> {
  const rows = await db
    .selectFrom('person as known')
    .innerJoin('person', (join) =>
      join
        .onRef('person.site_id', '=', 'known.site_id')
        .on('person.id', '=', ({ fn }) => fn.coalesce('known.merged_into', 'known.id')),
    )
    .select(['known.id as known', 'person.id', 'person.name', 'person.role', 'person.member_since'])
    .select('person.avatar')
    .where('known.site_id', '=', site)
    .where(isAmong(db, 'known.id', [...new Set(ids)]))
    .execute()
  const known = new Map(rows.map((row) => [row.known, toAuthor(site, row)]))
  return (id) => known.get(id) ?? { id, name: '', badge: null, avatar: null }
}
