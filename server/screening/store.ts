import { type Kysely, type RawBuilder, sql } from 'kysely'
import { TRUSTED_LEVEL } from '../contract/moderation-models.ts'
import { greatest, isAmong } from '../db/dialect.ts'
import type { Database } from '../db/schema.ts'
import type { Work } from '../deps.ts'
import { BURST, BURST_MS, earnedLevel, type Standing } from './rules.ts'

type Queries = Kysely<Database>
type Role = Database['person']['role']

/** Newcomers are counted no further than this. */
const MOST_NEWCOMERS = 4 * BURST

/** How many others first spoke under a root within an hour of a moment, and have nothing approved yet. */
const newcomers = (
  site: string,
  person: RawBuilder<unknown>,
  root: RawBuilder<unknown>,
  at: RawBuilder<unknown>,
) =>
  sql<number>`(select count(*) from (
    select 1 from person_standing as other where other.site_id = ${site} and other.root_id = ${root}
    and other.first_at > ${at} - ${BURST_MS} and other.first_at < ${at} + ${BURST_MS}
    and other.approved = 0 and other.person_id <> ${person} limit ${MOST_NEWCOMERS}) as near)`

/** Whose share it was: the member that they turned out to be, if they did. */
const bringer = sql`
  left join person as sharer on sharer.site_id = share.site_id and sharer.id = share.person_id
  left join person as bringer on bringer.site_id = sharer.site_id
    and bringer.id = coalesce(sharer.merged_into, sharer.id)
  left join person_standing as bringing on bringing.site_id = bringer.site_id and bringing.person_id = bringer.id`
const ofBringer = sql`bringer.id as bringer, bringer.role as bringer_role, bringer.member_since as bringer_since,
  bringing.level as bringer_level, bringing.approved as bringer_approved, bringing.refused as bringer_refused`

interface BringerRow {
  bringer: string | null
  bringer_role: Role | null
  bringer_since: number | null
  bringer_level: number | null
  bringer_approved: number | null
  bringer_refused: number | null
  newcomers: number
}

interface StandingRow extends BringerRow {
  id: string
  name: string | null
  role: Role
  member_since: number | null
  approved: number | null
  refused: number | null
  vouched_by: string | null
  level: number | null
  first_at: number | null
}

/** Somebody's standing, what they are called, and when they first spoke here. */
export interface KnownStanding extends Standing {
  name: string | null
  firstAt: number | null
}

/** The standing of some people, by person: one query for all of them. */
export async function standingsOf(
  db: Queries,
  site: string,
  people: readonly string[],
): Promise<Map<string, KnownStanding>> {
  const [root, at] = [
    sql`coalesce(standing.root_id, share.root_id)`,
    sql`coalesce(standing.first_at, person.created_at)`,
  ]
  const { rows } = await sql<StandingRow>`
    select person.id, person.name, person.role, person.member_since, standing.approved, standing.refused, standing.vouched_by,
      standing.level, standing.first_at, ${ofBringer},
      ${newcomers(site, sql`person.id`, root, at)} as newcomers
    from person
    left join person_standing as standing on standing.site_id = person.site_id and standing.person_id = person.id
    left join share on share.site_id = person.site_id and share.id = person.brought_by
    ${bringer}
    where person.site_id = ${site} and ${isAmong(db, 'person.id', people)}`.execute(db)
  return new Map(
    rows.map((row) => [
      row.id,
      {
        role: row.role,
        member: row.member_since !== null,
        approved: row.approved ?? 0,
        refused: row.refused ?? 0,
        vouchedBy: row.vouched_by,
        set: row.level,
        broughtByTrusted: trustedBringer(row, row.id),
        newcomers: row.newcomers + 1,
        name: row.name,
        firstAt: row.first_at,
      },
    ]),
  )
}

/** The standing of somebody who is no person yet, by the share they arrived through. */
export async function standingOfArrival(
  db: Queries,
  site: string,
  share: string | undefined,
  at: number,
): Promise<KnownStanding> {
  const { rows } =
    share === undefined
      ? { rows: [] }
      : await sql<BringerRow>`
    select ${ofBringer}, ${newcomers(site, sql`''`, sql`share.root_id`, sql`${sql.lit(at)}`)} as newcomers
    from share ${bringer} where share.site_id = ${site} and share.id = ${share}`.execute(db)
  const [row] = rows
  return {
    role: 'member',
    member: false,
    approved: 0,
    refused: 0,
    vouchedBy: null,
    set: null,
    broughtByTrusted: row ? trustedBringer(row, '') : null,
    newcomers: (row?.newcomers ?? 0) + 1,
    name: null,
    firstAt: null,
  }
}

function trustedBringer(row: BringerRow, person: string): string | null {
  const { bringer, bringer_role, bringer_since, bringer_level, bringer_approved, bringer_refused } = row
  if (bringer === null || bringer === person) return null
  const earned = earnedLevel({
    member: bringer_since !== null,
    approved: bringer_approved ?? 0,
    refused: bringer_refused ?? 0,
  })
  return bringer_role !== 'member' || (bringer_level ?? earned) >= TRUSTED_LEVEL ? bringer : null
}

const blank = { approved: 0, refused: 0, vouched_by: null, level: null, root_id: null, first_at: null }

/** Counts what became of a comment; never below zero. */
export async function countOutcome(
  { db }: Work,
  site: string,
  person: string,
  outcome: 'approved' | 'refused',
  by: 1 | -1,
): Promise<void> {
  const counted = sql.ref<number>(`person_standing.${outcome}`)
  await db
    .insertInto('person_standing')
    .values({ ...blank, site_id: site, person_id: person, [outcome]: Math.max(0, by) })
    .onConflict((conflict) =>
      conflict
        .columns(['site_id', 'person_id'])
        .doUpdateSet({ [outcome]: greatest(db, sql`0`, sql`${counted} + ${sql.lit(by)}`) }),
    )
    .execute()
}

/** Notes that somebody speaks for the first time, and under which root of the chains they hang. */
export async function enterNewcomer({ db, now }: Work, site: string, person: string): Promise<void> {
  const came = await db
    .selectFrom('person')
    .innerJoin('share', (join) =>
      join.onRef('share.site_id', '=', 'person.site_id').onRef('share.id', '=', 'person.brought_by'),
    )
    .select('share.root_id')
    .where('person.site_id', '=', site)
    .where('person.id', '=', person)
    .executeTakeFirst()
  const first = { root_id: came?.root_id ?? null, first_at: now() }
  await db
    .insertInto('person_standing')
    .values({ ...blank, ...first, site_id: site, person_id: person })
    .onConflict((conflict) =>
      conflict
        .columns(['site_id', 'person_id'])
        .doUpdateSet(first)
        .where('person_standing.first_at', 'is', null),
    )
    .execute()
}
