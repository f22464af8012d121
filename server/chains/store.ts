import { type Kysely, sql } from 'kysely'
import { isAmong } from '../db/dialect.ts'
import { prepare } from '../db/prepared.ts'
import type { Database } from '../db/schema.ts'
import { otherKeys } from '../identity/find-person.ts'
import { shareByCode } from './find-share.ts'

type Queries = Kysely<Database>
type Waiting = Database['waiting']
type ShareRow = Database['share']

const codeToTarget = prepare((db, slot: (name: 'site' | 'code') => never) =>
  db
    .selectFrom('share_code')
    .innerJoin('share', (join) =>
      join.onRef('share.site_id', '=', 'share_code.site_id').onRef('share.id', '=', 'share_code.share_id'),
    )
    .innerJoin('site', 'site.site_id', 'share_code.site_id')
    .select(['share.url', 'share_code.revoked_at', 'site.origins'])
    .where('share_code.site_id', '=', slot('site'))
    .where('share_code.code', '=', slot('code')),
)

/** Where a code leads, for the redirect: one query for one click. */
export async function targetOfCode(db: Queries, site: string, code: string) {
  const { rows } = await codeToTarget(db, { site, code })
  return rows[0]
}

/** Enters a share; none when this person has passed this page on over this channel from this parent before. */
export async function insertShare(db: Queries, row: ShareRow): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('share')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

const sharesLike = (db: Queries, row: Omit<ShareRow, 'id'>) =>
  db
    .selectFrom('share')
    .selectAll()
    .where('site_id', '=', row.site_id)
    .where('page_id', '=', row.page_id)
    .where('channel', '=', row.channel)
    .where((where) => where(where.fn.coalesce('parent_id', where.val('')), '=', row.parent_id ?? ''))

export const sameShare = (db: Queries, row: Omit<ShareRow, 'id'>): Promise<ShareRow> =>
  sharesLike(db, row).where('person_id', '=', row.person_id).executeTakeFirstOrThrow()

/** The same share again where its person was still a guest whom nobody knew to be them. */
export const shareAsGuest = (db: Queries, row: Omit<ShareRow, 'id'>): Promise<ShareRow | undefined> =>
  sharesLike(db, row)
    .where('person_id', 'in', ({ selectFrom }) =>
      selectFrom('person')
        .select('person.id')
        .where('person.site_id', '=', row.site_id)
        .where('person.merged_into', '=', row.person_id),
    )
    .executeTakeFirst()

/** Makes a code mean a share; answers false when it means another. */
export async function giveCode(db: Queries, site: string, code: string, shareId: string): Promise<boolean> {
  const given = await db
    .insertInto('share_code')
    .values({ site_id: site, code, share_id: shareId, revoked_at: null })
    .onConflict((conflict) => conflict.columns(['site_id', 'code']).doNothing())
    .returning('code')
    .executeTakeFirst()
  return given !== undefined || (await shareByCode(db, site, code))?.id === shareId
}

export async function revokeCodes(db: Queries, site: string, shareId: string, at: number): Promise<void> {
  await db
    .updateTable('share_code')
    .set({ revoked_at: at })
    .where('site_id', '=', site)
    .where('share_id', '=', shareId)
    .where('revoked_at', 'is', null)
    .execute()
}

const VISIT = [
  ...(['site_id', 'id', 'share_id', 'visitor', 'page_id', 'rung', 'day', 'at', 'last_at'] as const),
  'gesture',
] as const
const enterVisit = prepare((db, slot: (name: keyof Database['visit']) => never) =>
  db
    .insertInto('visit')
    .values(Object.fromEntries(VISIT.map((column) => [column, slot(column)])) as unknown as Database['visit'])
    .onConflict((conflict) => conflict.columns(['site_id', 'visitor', 'share_id', 'day']).doNothing()),
)

/** Enters a visit; answers false when this visitor came through this share on this day before. */
export async function insertVisit(db: Queries, row: Database['visit']): Promise<boolean> {
  const { numAffectedRows } = await enterVisit(db, row)
  return numAffectedRows === 1n
}

/** Notes that somebody came again on the same day, so that the latest arrival stays the latest. */
export async function renewVisit(db: Queries, row: Database['visit']): Promise<void> {
  await db
    .updateTable('visit')
    .set({ last_at: row.last_at })
    .where('site_id', '=', row.site_id)
    .where('visitor', '=', row.visitor)
    .where('share_id', '=', row.share_id)
    .where('day', '=', row.day)
    .where('last_at', '<', row.last_at)
    .execute()
}

/** Notes the first gesture on a visit of that day; answers when that visit was, or nothing if it was noted before. */
export async function noteGesture(db: Queries, row: Database['visit']): Promise<number | undefined> {
  const noted = await db
    .updateTable('visit')
    .set({ gesture: 1 })
    .where('site_id', '=', row.site_id)
    .where('visitor', '=', row.visitor)
    .where('share_id', '=', row.share_id)
    .where('day', '=', row.day)
    .where('gesture', '=', 0)
    .returning('at')
    .executeTakeFirst()
  return noted?.at
}

/**
 * Makes a visit that nobody known made that of its visitor, unless they have one through this share on that day. Answers when it was, if it was there.
 */
export async function claimVisit(
  db: Queries,
  site: string,
  { share, before, visitor }: { share: string; before: string; visitor: string },
): Promise<number | undefined> {
  const row = await db
    .deleteFrom('visit')
    .where('site_id', '=', site)
    .where('visitor', '=', before)
    .where('share_id', '=', share)
    .returningAll()
    .executeTakeFirst()
  if (row && !(await insertVisit(db, { ...row, visitor }))) await insertVisit(db, row)
  return row?.at
}

/** The same for a visit that waits for its code; answers whether it was there. */
export async function claimWaiting(
  db: Queries,
  site: string,
  { code, before, visitor }: { code: string; before: string; visitor: string },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('waiting')
    .set({ visitor })
    .where('site_id', '=', site)
    .where('visitor', '=', before)
    .where('code', '=', code)
    .where('kind', '=', 'visit')
    .executeTakeFirstOrThrow()
  return numUpdatedRows > 0n
}

/** A visitor's arrivals since a moment, in whichever browser of theirs: through registered codes and those still waiting. */
export async function arrivalsOf(db: Queries, site: string, visitor: string, since: number) {
  const others = await otherKeys(db, site, visitor)
  const theirs =
    others.length === 0 ? sql<boolean>`visitor = ${visitor}` : isAmong(db, 'visitor', [visitor, ...others])
  const visits = await db
    .selectFrom('visit')
    .select(['share_id as shareId', 'page_id as pageId', 'last_at as at'])
    .where('site_id', '=', site)
    .where(theirs)
    .where('last_at', '>=', since)
    .execute()
  const waiting = await db
    .selectFrom('waiting')
    .select(['code as awaited', 'page_id as pageId', 'at'])
    .where('site_id', '=', site)
    .where(theirs)
    .where('kind', '=', 'visit')
    .execute()
  return [...visits.map((v) => ({ ...v, awaited: null })), ...waiting.map((w) => ({ ...w, shareId: null }))]
}

/** Keeps something until its code is registered; answers false when too many wait for that code already. */
export async function insertWaiting(db: Queries, row: Waiting, most: number): Promise<boolean> {
  const { count } = await db
    .selectFrom('waiting')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('site_id', '=', row.site_id)
    .where('code', '=', row.code)
    .executeTakeFirstOrThrow()
  if (count >= most) return false
  await db.insertInto('waiting').values(row).execute()
  return true
}

export async function isAwaited(db: Queries, site: string, code: string): Promise<boolean> {
  const row = await db
    .selectFrom('waiting')
    .select('id')
    .where('site_id', '=', site)
    .where('code', '=', code)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Takes up to `most` of what waits for a code, oldest first. */
export async function takeWaiting(db: Queries, site: string, code: string, most: number): Promise<Waiting[]> {
  const rows = await db
    .selectFrom('waiting')
    .selectAll()
    .where('site_id', '=', site)
    .where('code', '=', code)
    .orderBy('id')
    .limit(most)
    .execute()
  for (const { id } of rows) {
    await db
      .deleteFrom('waiting')
      .where('site_id', '=', site)
      .where('code', '=', code)
      .where('id', '=', id)
      .execute()
  }
  return rows
}
