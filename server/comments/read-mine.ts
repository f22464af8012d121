import type { Kysely } from 'kysely'
import type { Mine } from '../contract/comments.ts'
import { TRUSTED_LEVEL } from '../contract/moderation-models.ts'
import type { Database } from '../db/schema.ts'
import { authorsOf } from '../identity/authors.ts'
import { mayModerate } from '../identity/staff.ts'
import { trustOf } from '../screening/standing.ts'
import { toOwnComment } from './show-comments.ts'
import { heldOn, reactionsOn, unseenOf, votesOn } from './store.ts'

type Queries = Kysely<Database>

const NOBODY: Mine = {
  person: null,
  member: false,
  may: { moderate: false, hold: false, vouch: false, accept: false },
  ...{ votes: {}, reactions: {}, own: [], held: [] },
}

/** What of a page's thread is somebody's own. */
export async function readMine(
  db: Queries,
  site: string,
  page: string | undefined,
  person: string | undefined,
): Promise<Mine> {
  if (person === undefined) return NOBODY
  const known = await db
    .selectFrom('person')
    .select(['role', 'member_since'])
    .where('site_id', '=', site)
    .where('id', '=', person)
    .executeTakeFirst()
  if (!known) return NOBODY
  const member = known.member_since !== null
  const moderate = mayModerate(known.role)
  const trust = member ? (await trustOf(db, site, [person])).get(person) : undefined
  const trusted = moderate || (trust?.level ?? 0) >= TRUSTED_LEVEL
  const may = { moderate, hold: trusted, vouch: trusted, accept: moderate }
  const own = page === undefined ? [] : (await unseenOf(db, site, page, person)).reverse()
  const waiting = page === undefined || !trusted ? [] : (await heldOn(db, site, page)).reverse()
  const held = waiting.filter(({ person_id }) => person_id !== person)
  const authors = await authorsOf(db, site, [person, ...held.map(({ person_id }) => person_id)])
  return {
    person: authors(person),
    member,
    may,
    ...(page === undefined ? { votes: {}, reactions: {} } : await marksOf(db, site, page, person)),
    own: own.map((row) => toOwnComment(row, authors)),
    held: held.map((row) => toOwnComment(row, authors)),
  }
}

async function marksOf(
  db: Queries,
  site: string,
  page: string,
  person: string,
): Promise<Pick<Mine, 'votes' | 'reactions'>> {
  const votes = await votesOn(db, site, page, person)
  const given = Map.groupBy(await reactionsOn(db, site, page, person), ({ comment_id }) => comment_id)
  return {
    votes: Object.fromEntries(votes.map(({ comment_id, value }) => [comment_id, value])),
    reactions: Object.fromEntries([...given].map(([id, rows]) => [id, rows.map(({ emoji }) => emoji)])),
  }
}
