import type { Kysely } from 'kysely'
import { prepare } from '../db/prepared.ts'
import type { Database } from '../db/schema.ts'
import type { Work } from '../deps.ts'
import { pageIdentity } from './rules.ts'

const identityToPage = prepare((db, slot: (name: 'site' | 'identity') => never) =>
  db
    .selectFrom('page')
    .select('id')
    .where('site_id', '=', slot('site'))
    .where('identity', '=', slot('identity')),
)

/** The id of a page the site has seen. */
export async function pageByUrl(db: Kysely<Database>, site: string, url: URL): Promise<string | undefined> {
  const { rows } = await identityToPage(db, { site, identity: pageIdentity(url) })
  return rows[0]?.id
}

/** The id of a page, entered when it is first seen. */
export async function pageForUrl({ db, now, newId }: Work, site: string, url: URL): Promise<string> {
  const known = await pageByUrl(db, site, url)
  if (known) return known
  const plain = new URL(url)
  plain.hash = ''
  const row = await db
    .insertInto('page')
    .values({
      site_id: site,
      id: newId(),
      identity: pageIdentity(url),
      url: plain.href,
      created_at: now(),
      author_id: null,
      title: null,
    })
    .onConflict((conflict) => conflict.columns(['site_id', 'identity']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row?.id ?? ((await pageByUrl(db, site, url)) as string)
}
