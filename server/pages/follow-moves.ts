import type { Kysely } from 'kysely'
import type { Database } from '../db/schema.ts'
import { beginningsOf, MOST_HOPS, nextMove, toIdentity } from './moves.ts'

/** Where a page is by now, of which only the identity it had is known; undefined where it never moved. */
export async function whereMoved(
  db: Kysely<Database>,
  site: string,
  identity: string,
): Promise<{ identity: string; url: string } | undefined> {
  let at = identity
  let url = ''
  for (let hop = 0; hop < MOST_HOPS; hop++) {
    const moves = await db
      .selectFrom('page_move')
      .select(['from_url', 'to_url', 'prefix'])
      .where('site_id', '=', site)
      .where('from_url', 'in', beginningsOf(at))
      .execute()
    const next = nextMove(moves, at)
    if (!next) break
    url = next
    at = toIdentity(next)
  }
  return at === identity ? undefined : { identity: at, url }
}
