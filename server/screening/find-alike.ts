import type { Kysely } from 'kysely'
import { isAmong } from '../db/dialect.ts'
import { prepare } from '../db/prepared.ts'
import type { Database } from '../db/schema.ts'
import { bitsApart, nearBits } from './likeness.ts'

type Queries = Kysely<Database>

/** How many of the site's latest comments a text is compared with. */
const LATEST = 200
/** Most comments that say the same which are looked at. */
const SAME = 50

const latest = prepare((db, slot: (name: 'site') => never) =>
  db
    .selectFrom('comment')
    .select(['id', 'simhash'])
    .where('site_id', '=', slot('site'))
    .orderBy('id', 'desc')
    .limit(LATEST),
)

/** One of the site's latest comments that says nearly the same as a text of this length; of others than `but`. */
export async function findNearlySame(
  db: Queries,
  site: string,
  { simhash, length, but }: { simhash: string; length: number; but: string | undefined },
): Promise<string | undefined> {
  const { rows } = await latest(db, { site })
  const near = rows.filter((row) => bitsApart(row.simhash, simhash) <= nearBits(length)).map(({ id }) => id)
  if (near.length === 0) return undefined
  const said = await db
    .selectFrom('comment')
    .select('id')
    .where('site_id', '=', site)
    .where(isAmong(db, 'id', near))
    .where('state', '<>', 'deleted')
    .where('person_id', '<>', but ?? '')
    .limit(1)
    .executeTakeFirst()
  return said?.id
}

const same = prepare((db, slot: (name: 'site' | 'print' | 'since') => never) =>
  db
    .selectFrom('comment')
    .select(['id', 'person_id', 'at', 'parent_id', 'page_id'])
    .where('site_id', '=', slot('site'))
    .where('print', '=', slot('print'))
    .where('at', '>=', slot('since'))
    .where('state', '<>', 'deleted')
    .orderBy('id', 'desc')
    .limit(SAME),
)

/** The latest comments of the site that say the same, since then (ms). */
export async function findSame(db: Queries, site: string, print: string, since: number) {
  return (await same(db, { site, print, since })).rows
}
