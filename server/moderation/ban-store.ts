import { type Kysely, sql } from 'kysely'
import { isAmong } from '../db/dialect.ts'
import type { Database } from '../db/schema.ts'
import { ROW_ID_LENGTH } from '../ids.ts'
import type { NewBan } from '../screening/bans.ts'

type Queries = Kysely<Database>

/** Which bans are asked for. */
export interface Wanted {
  active?: boolean | undefined
  person?: string | undefined
}

/** Bans with the share at the root of a subtree, latest first. */
const described = (db: Queries, site: string) =>
  db
    .selectFrom('ban')
    .leftJoin('share', (join) =>
      join.onRef('share.site_id', '=', 'ban.site_id').onRef('share.id', '=', 'ban.share_id'),
    )
    .selectAll('ban')
    .select(['share.code', 'share.person_id as sharer_id'])
    .where('ban.site_id', '=', site)
    .orderBy('ban.id', 'desc')

export type DescribedBan = Awaited<ReturnType<typeof bansNamed>>[number]

/** So many of the bans asked for, latest first, after the one named. */
export function bansWanted(
  db: Queries,
  site: string,
  { active, person }: Wanted,
  { after, most, at }: { after: string | undefined; most: number; at: number },
): Promise<DescribedBan[]> {
  let query = described(db, site).limit(most)
  if (active === true)
    query = query
      .where('ban.lifted_at', 'is', null)
      .where((where) => where.or([where('ban.until', 'is', null), where('ban.until', '>', at)]))
  if (active === false)
    query = query.where((where) =>
      where.or([where('ban.lifted_at', 'is not', null), where('ban.until', '<=', at)]),
    )
  if (person !== undefined) query = query.where('ban.person_id', '=', person)
  return (after === undefined ? query : query.where('ban.id', '<', after)).execute()
}

/** These bans, latest first. */
export const bansNamed = (db: Queries, site: string, ids: readonly string[]) =>
  described(db, site)
    .where(isAmong(db, 'ban.id', ids))
    .execute()

/** The ban that says the very same already. */
export const sameBan = (
  db: Queries,
  site: string,
  { kind, person, share, until }: Pick<NewBan, 'kind' | 'person' | 'share' | 'until'>,
): Promise<{ id: string } | undefined> =>
  db
    .selectFrom('ban')
    .select('id')
    .where('site_id', '=', site)
    .where('kind', '=', kind)
    .where('person_id', person === null ? 'is' : '=', person)
    .where('share_id', share === null ? 'is' : '=', share)
    .where('until', until === null ? 'is' : '=', until)
    .where('lifted_at', 'is', null)
    .executeTakeFirst()

/** How many people came through some shares or through what came of them, by share. Staff is in no ban. */
export async function peopleBelow(
  db: Queries,
  site: string,
  shares: readonly string[],
): Promise<Map<string, number>> {
  if (shares.length === 0) return new Map()
  const { rows } = await sql<{ share: string; people: number | string }>`
    select top.id as share, count(distinct coalesce(person.merged_into, person.id)) as people
    from share as top
    join share on share.site_id = top.site_id and share.root_id = top.root_id
      and substr(share.path, cast(top.depth as integer) * ${sql.lit(ROW_ID_LENGTH)} + 1, ${sql.lit(ROW_ID_LENGTH)}) = top.id
    join person on person.site_id = share.site_id and person.brought_by = share.id and person.role = 'member'
    where top.site_id = ${site} and ${isAmong(db, 'top.id', shares)}
    group by top.id`.execute(db)
  return new Map(rows.map(({ share, people }) => [share, Number(people)]))
}
