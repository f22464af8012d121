import type { Kysely } from 'kysely'
import type { Ban, Bans } from '../contract/moderation.ts'
import { fromCursor, isRowId, toCursor } from '../cursor.ts'
import type { Database } from '../db/schema.ts'
import { AppError } from '../errors.ts'
import { namesOf } from '../identity/names.ts'
import { bansNamed, bansWanted, type DescribedBan, peopleBelow, type Wanted } from './ban-store.ts'
import { readableWho } from './who-acts.ts'

type Queries = Kysely<Database>

/** Who may not speak on a site, the latest ban first. */
export async function listBans(
  db: Queries,
  site: string,
  { limit, cursor, at, ...wanted }: Wanted & { limit: number; cursor?: string | undefined; at: number },
): Promise<Bans> {
  const after = fromCursor(cursor, isRowId)
  const rows = await bansWanted(db, site, wanted, { after, most: limit + 1, at })
  const listed = rows.slice(0, limit)
  const last = listed.at(-1)
  return {
    data: await shown(db, site, listed, at),
    next: rows.length > limit && last ? toCursor(last.id) : null,
  }
}

/** One ban. */
export async function showBan(db: Queries, site: string, id: string, at: number): Promise<Ban> {
  const [ban] = await shown(db, site, await bansNamed(db, site, [id]), at)
  if (!ban) throw new AppError('not_found', 'There is no such ban on this site')
  return ban
}

const time = (at: number): string => new Date(at).toISOString()

async function shown(db: Queries, site: string, rows: readonly DescribedBan[], now: number): Promise<Ban[]> {
  const [named, who, below] = await Promise.all([
    namesOf(
      db,
      site,
      rows.flatMap(({ person_id, sharer_id }) => [person_id, sharer_id]),
    ),
    readableWho(
      db,
      site,
      rows.map((row) => row.who),
    ),
    peopleBelow(
      db,
      site,
      rows.flatMap(({ share_id }) => share_id ?? []),
    ),
  ])
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    person: row.person_id === null ? null : named(row.person_id),
    subtree:
      row.share_id === null || row.code === null || row.sharer_id === null
        ? null
        : { code: row.code, person: named(row.sharer_id), people: below.get(row.share_id) ?? 0 },
    until: row.until === null ? null : time(row.until),
    note: row.note,
    who: who(row.who),
    at: time(row.at),
    active: row.lifted_at === null && (row.until === null || row.until > now),
  }))
}
