import { type Kysely, sql } from 'kysely'
import type { BanKind } from '../contract/moderation-models.ts'
import { isAmong } from '../db/dialect.ts'
import type { Database } from '../db/schema.ts'
import type { Work } from '../deps.ts'
import { AppError } from '../errors.ts'
import { ROW_ID_LENGTH } from '../ids.ts'

type Queries = Kysely<Database>

/** Characters of a share's id in a path. */
const STEP = sql.lit(ROW_ID_LENGTH)

/** Who may not speak, how, why, and until when (ms; null: until it is lifted). `share` is the root of a subtree. */
export interface NewBan {
  kind: BanKind
  person: string | null
  share: string | null
  until: number | null
  note: string
  who: string
}

/** A ban that applies to somebody now. */
export interface ActiveBan {
  id: string
  kind: BanKind
  until: number | null
  /** It is of a subtree that they hang in. */
  subtree: boolean
}

/** Bans a person, or all who came through a share or through what came of it; answers the ban's id. */
export async function ban({ db, now, newId }: Work, site: string, one: NewBan): Promise<string> {
  const { kind, person, share, until, note, who } = one
  const id = newId()
  await db
    .insertInto('ban')
    .values({
      site_id: site,
      id,
      kind,
      person_id: person,
      share_id: share,
      until,
      note,
      who,
      at: now(),
      lifted_at: null,
    })
    .execute()
  return id
}

/** Lifts a ban; one that is lifted stays so. */
export async function liftBan({ db, now }: Work, site: string, id: string): Promise<void> {
  const lifted = await db
    .updateTable('ban')
    .set((set) => ({ lifted_at: set.fn.coalesce('lifted_at', set.val(now())) }))
    .where('site_id', '=', site)
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst()
  if (!lifted) throw new AppError('not_found', 'There is no such ban on this site')
}

/** Puts a ban that was lifted in force again. */
export async function restoreBan({ db }: Work, site: string, id: string): Promise<void> {
  await db
    .updateTable('ban')
    .set({ lifted_at: null })
    .where('site_id', '=', site)
    .where('id', '=', id)
    .execute()
}

/**
 * The bans that apply to people now, by person: their own, those of whom they turned out to be, and those of subtrees
 * that they were brought by. Staff is never banned. Of several, the hardest.
 */
export async function activeBans(
  db: Queries,
  site: string,
  people: readonly string[],
  at: number,
): Promise<Map<string, ActiveBan>> {
  const selves = await selvesOf(db, site, people)
  const own = await bansOfPeople(
    db,
    site,
    selves.map(({ id }) => id),
    at,
  )
  const shares = await bansOfShares(
    db,
    site,
    selves.flatMap(({ brought_by }) => brought_by ?? []),
    at,
  )
  const found = new Map<string, ActiveBan>()
  for (const { id, brought_by, is } of selves) {
    const worst = hardest([found.get(is), own.get(id), shares.get(brought_by ?? '')])
    if (worst) found.set(is, worst)
  }
  return found
}

/** The ban that applies to somebody who is no person yet, or a guest, by the share they arrived through. */
export async function banOfArrival(
  db: Queries,
  site: string,
  share: string,
  at: number,
): Promise<ActiveBan | undefined> {
  return (await bansOfShares(db, site, [share], at)).get(share)
}

/** Refuses somebody who is banned (403), not in the shadow: they are told until when. */
export function refuseBanned(ban: ActiveBan | undefined): void {
  if (ban?.kind !== 'ban') return
  const until = ban.until === null ? '' : ` until ${new Date(ban.until).toISOString()}`
  throw new AppError('forbidden', `You may not take part here${until}`)
}

/** Of some bans, the one that counts: a plain one before a shadow, then the one that lasts. */
export const hardest = (bans: readonly (ActiveBan | undefined)[]): ActiveBan | undefined =>
  bans
    .filter((one) => one !== undefined)
    .sort((a, b) => a.kind.localeCompare(b.kind) || (b.until ?? Infinity) - (a.until ?? Infinity) || 0)[0]

/** People, and the guests that turned out to be them. */
function selvesOf(db: Queries, site: string, people: readonly string[]) {
  const known = (column: 'id' | 'merged_into') =>
    db
      .selectFrom('person')
      .select(['id', 'brought_by'])
      .select((select) => select.fn.coalesce('merged_into', 'id').as('is'))
      .where('site_id', '=', site)
      .where('role', '=', 'member')
      .where(isAmong(db, column, people))
  return known('id').unionAll(known('merged_into')).execute()
}

const inForce = (db: Queries, site: string, at: number) =>
  db
    .selectFrom('ban')
    .where('ban.site_id', '=', site)
    .where('ban.lifted_at', 'is', null)
    .where((where) => where.or([where('ban.until', 'is', null), where('ban.until', '>', at)]))

async function bansOfPeople(db: Queries, site: string, people: readonly string[], at: number) {
  const rows = await inForce(db, site, at)
    .select(['ban.id', 'ban.kind', 'ban.until', 'ban.person_id'])
    .where('ban.person_id', 'is not', null)
    .where(isAmong(db, 'ban.person_id', people))
    .execute()
  return byKey(rows.map(({ person_id, ...ban }) => [person_id as string, { ...ban, subtree: false }]))
}

/**
 * The bans of subtrees that shares lie in. A share lies in a subtree when the subtree's root stands in its path, at the
 * root's own place: ids have one length.
 */
async function bansOfShares(db: Queries, site: string, shares: readonly string[], at: number) {
  if (shares.length === 0) return new Map<string, ActiveBan>()
  const rows = await inForce(db, site, at)
    .innerJoin('share as top', (join) =>
      join.onRef('top.site_id', '=', 'ban.site_id').onRef('top.id', '=', 'ban.share_id'),
    )
    .innerJoin('share', (join) =>
      join.onRef('share.site_id', '=', 'top.site_id').onRef('share.root_id', '=', 'top.root_id'),
    )
    .select(['ban.id', 'ban.kind', 'ban.until', 'share.id as share'])
    .where('ban.share_id', 'is not', null)
    .where(isAmong(db, 'share.id', shares))
    .where(sql<boolean>`substr(share.path, cast(top.depth as integer) * ${STEP} + 1, ${STEP}) = top.id`)
    .execute()
  return byKey(rows.map(({ share, ...ban }) => [share, { ...ban, subtree: true }]))
}

function byKey(bans: [string, ActiveBan][]): Map<string, ActiveBan> {
  const found = new Map<string, ActiveBan>()
  for (const [key, ban] of bans) found.set(key, hardest([found.get(key), ban]) as ActiveBan)
  return found
}
