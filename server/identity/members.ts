import type { z } from '@hono/zod-openapi'
import { type Kysely, type SelectQueryBuilder, sql } from 'kysely'
import type { Member, Members, MembersQuery } from '../contract/people.ts'
import { fromCursor, isRowId, toCursor } from '../cursor.ts'
import type { Database } from '../db/schema.ts'

type Queries = Kysely<Database>

/** How far some people are trusted, 0 to 4, by person. */
export type Trusting = (
  db: Queries,
  site: string,
  people: readonly string[],
) => Promise<ReadonlyMap<string, { level: number }>>

/** Those of a site who have a name, have signed in or help to run it: latest first. */
export async function listMembers(
  db: Queries,
  site: string,
  trusting: Trusting,
  { limit, cursor, q, role, person }: z.output<typeof MembersQuery>,
): Promise<Members> {
  const after = fromCursor(cursor, isRowId)
  let query = people(db, site)
    .where((where) =>
      where.or([
        where('name', 'is not', null),
        where('member_since', 'is not', null),
        where('role', '<>', 'member'),
      ]),
    )
    .orderBy('id', 'desc')
    .limit(limit + 1)
  if (after !== undefined) query = query.where('id', '<', after)
  if (q !== undefined) query = query.where(holds(q))
  if (role !== undefined) query = query.where('role', '=', role)
  if (person !== undefined) query = query.where('id', '=', person)
  const rows = await query.execute()
  const listed = rows.slice(0, limit)
  const last = listed.at(-1)
  return {
    data: await shown(db, site, trusting, listed),
    next: rows.length > limit && last ? toCursor(last.id) : null,
  }
}

/** One of a site's persons as the owner sees them. */
export async function memberById(
  db: Queries,
  site: string,
  trusting: Trusting,
  id: string,
): Promise<Member | undefined> {
  const [one] = await shown(db, site, trusting, await people(db, site).where('id', '=', id).execute())
  return one
}

const people = (db: Queries, site: string) =>
  db
    .selectFrom('person')
    .select(['id', 'name', 'role', 'member_since', 'created_at'])
    .select(
      sql<number>`(select count(*) from comment where comment.site_id = person.site_id
        and comment.person_id = person.id)`.as('comments'),
    )
    .where('site_id', '=', site)
    .where('merged_into', 'is', null)

type Row = typeof people extends (...args: never[]) => SelectQueryBuilder<Database, 'person', infer O>
  ? O
  : never

/** Whether a name holds a text, however letters are written in capitals: `lower` alone knows only those of ASCII on SQLite. */
const holds = (q: string) => {
  const like = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`
  return sql<boolean>`(name like ${like(q)} escape '\\' or lower(name) like ${like(q.toLowerCase())} escape '\\')`
}

async function shown(db: Queries, site: string, trusting: Trusting, rows: readonly Row[]): Promise<Member[]> {
  const trust = await trusting(
    db,
    site,
    rows.map(({ id }) => id),
  )
  return rows.map(({ id, name, role, member_since, created_at, comments }) => ({
    id,
    name,
    member: member_since !== null,
    role,
    level: trust.get(id)?.level ?? 0,
    comments,
    createdAt: new Date(created_at).toISOString(),
  }))
}
