import type { Kysely } from 'kysely'
import { prepare } from '../db/prepared.ts'
import type { Database } from '../db/schema.ts'
import { refOf, type ShareRef } from '../events.ts'

type Queries = Kysely<Database>

const codeToShare = prepare((db, slot: (name: 'site' | 'code') => never) =>
  db
    .selectFrom('share_code')
    .innerJoin('share', (join) =>
      join.onRef('share.site_id', '=', 'share_code.site_id').onRef('share.id', '=', 'share_code.share_id'),
    )
    .select(['share.id', 'share.code', 'share.person_id', 'share.page_id', 'share.channel', 'share.root_id'])
    .select(['share.depth', 'share_code.revoked_at'])
    // Whose it is by now: the member that its person turned out to be.
    .innerJoin('person', (join) =>
      join.onRef('person.site_id', '=', 'share.site_id').onRef('person.id', '=', 'share.person_id'),
    )
    .select(({ fn }) => fn.coalesce('person.merged_into', 'share.person_id').as('owner_id'))
    .where('share_code.site_id', '=', slot('site'))
    .where('share_code.code', '=', slot('code')),
)

/** The share a code means, and whether that code still works. */
export async function shareByCode(db: Queries, site: string, code: string) {
  const { rows } = await codeToShare(db, { site, code })
  return rows[0]
}
/** A share as its code tells of it: all but its path. */
export type KnownShare = NonNullable<Awaited<ReturnType<typeof shareByCode>>>

const idToShare = prepare((db, slot: (name: 'site' | 'id') => never) =>
  db.selectFrom('share').selectAll().where('site_id', '=', slot('site')).where('id', '=', slot('id')),
)

/** A share that is known to be there, with its path. */
export async function shareById(db: Queries, site: string, id: string): Promise<Database['share']> {
  const { rows } = await idToShare(db, { site, id })
  return rows[0] as Database['share']
}

const idToRef = prepare((db, slot: (name: 'site' | 'id') => never) =>
  db
    .selectFrom('share')
    .select(['id', 'root_id', 'page_id', 'channel', 'person_id'])
    .where('site_id', '=', slot('site'))
    .where('id', '=', slot('id')),
)

/** A share that is known to be there, as events name it: without its path. */
export async function shareRef(db: Queries, site: string, id: string): Promise<ShareRef> {
  const { rows } = await idToRef(db, { site, id })
  return refOf(rows[0] as (typeof rows)[number])
}
