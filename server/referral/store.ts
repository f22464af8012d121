import { type Kysely, sql } from 'kysely'
import { toldSum } from '../db/amounts.ts'
import { isAmong } from '../db/dialect.ts'
import type { Database } from '../db/schema.ts'

type Queries = Kysely<Database>

/** Programmes that run, latest first, each with its rule of today. */
export const runningProgrammes = (db: Queries, site: string) =>
  db
    .selectFrom('programme')
    .innerJoin('programme_version', (join) =>
      join
        .onRef('programme_version.site_id', '=', 'programme.site_id')
        .onRef('programme_version.programme_id', '=', 'programme.id')
        .onRef('programme_version.version', '=', 'programme.version'),
    )
    .select(['programme.id', 'programme.name', 'programme_version.rule'])
    .where('programme.site_id', '=', site)
    .where('programme.status', '=', 'running')
    .orderBy('programme.created_at', 'desc')
    .orderBy('programme.id', 'desc')
    .execute()

export const personOf = (db: Queries, site: string, id: string) =>
  db
    .selectFrom('person')
    .select(['id', 'name', 'listed', 'payout'])
    .where('site_id', '=', site)
    .where('id', '=', id)
    .executeTakeFirst()

/** The working code of somebody's latest referral share of a page. */
export async function referralCode(db: Queries, site: string, selves: readonly string[], page: string) {
  const row = await db
    .selectFrom('share')
    .innerJoin('share_code', (join) =>
      join.onRef('share_code.site_id', '=', 'share.site_id').onRef('share_code.code', '=', 'share.code'),
    )
    .select('share.code')
    .where('share.site_id', '=', site)
    .where(isAmong(db, 'share.person_id', selves))
    .where('share.page_id', '=', page)
    .where('share.channel', '=', 'referral')
    .where('share_code.revoked_at', 'is', null)
    .orderBy('share.at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.code ?? null
}

const withTotals = (db: Queries, site: string) =>
  db
    .selectFrom('share')
    .innerJoin('share_total', (join) =>
      join.onRef('share_total.site_id', '=', 'share.site_id').onRef('share_total.share_id', '=', 'share.id'),
    )
    .select(['share.id', 'share.parent_id', 'share.person_id', 'share.root_id', 'share.depth'])
    .select(['share_total.visits', 'share_total.conversions', 'share_total.below'])
    .where('share.site_id', '=', site)

/** Every share of a person under all the ids they have had, those that came furthest first. */
export const sharesOf = (db: Queries, site: string, selves: readonly string[]) =>
  withTotals(db, site)
    .select(['share.path', 'share.people'])
    .where(isAmong(db, 'share.person_id', selves))
    .orderBy('share_total.below', 'desc')
    .orderBy('share_total.visits', 'desc')
    .orderBy('share.id')
    .execute()

/** The first shares below one, level by level. */
export const sharesBelow = (
  db: Queries,
  site: string,
  top: { root_id: string; depth: number; path: string },
  most: number,
) =>
  withTotals(db, site)
    .where('share.root_id', '=', top.root_id)
    .where('share.depth', '>', top.depth)
    .where(sql`substr(share.path, 1, ${sql.lit(top.path.length)})`, '=', top.path)
    .orderBy('share.depth')
    .orderBy('share.id')
    .limit(most)
    .execute()

/** Conversions that came through a person's own shares and stand. */
export async function convertedThrough(
  db: Queries,
  site: string,
  selves: readonly string[],
): Promise<number> {
  const { count } = await db
    .selectFrom('share')
    .innerJoin('conversion', (join) =>
      join.onRef('conversion.site_id', '=', 'share.site_id').onRef('conversion.share_id', '=', 'share.id'),
    )
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('share.site_id', '=', site)
    .where(isAmong(db, 'share.person_id', selves))
    .where('conversion.voided', '=', 0)
    .executeTakeFirstOrThrow()
  return count
}

/** What a person was rewarded, summed by state; what was taken back is left out. */
export const rewardSums = (db: Queries, site: string, person: string) =>
  db
    .selectFrom('reward')
    .select(['state', 'currency', toldSum(sql`amount - reversed`).as('amount')])
    .where('site_id', '=', site)
    .where('person_id', '=', person)
    .groupBy(['state', 'currency'])
    .execute()

/** A person's latest rewards. */
export const latestRewards = (db: Queries, site: string, person: string, most: number) =>
  db
    .selectFrom('reward')
    .select(['id', 'created_at', 'state', 'amount', 'reversed', 'currency', 'approve_at'])
    .where('site_id', '=', site)
    .where('person_id', '=', person)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(most)
    .execute()

/** Codes of gifts that are or were in somebody's hands, latest first. */
export const giftsOf = (db: Queries, site: string, person: string) =>
  db
    .selectFrom('coupon')
    .select(['code', 'gift', 'label', 'most', 'used', 'expires_at', 'passed_at', 'revoked_at', 'created_at'])
    .where('site_id', '=', site)
    .where('person_id', '=', person)
    .where('gift', 'is not', null)
    .orderBy('created_at', 'desc')
    .orderBy('code')
    .limit(200)
    .execute()

/** Friends by nearest sharer: buyers whom a programme rewarded somebody for. Equals share a rank. */
const ranked = (db: Queries, site: string, programme: string) =>
  db.selectFrom(
    db
      .selectFrom('earning')
      .select([
        'nearest_id as person',
        (select) => select.fn.count<number>('friend').distinct().as('friends'),
      ])
      .select(sql<number>`rank() over (order by count(distinct friend) desc)`.as('rank'))
      .where('site_id', '=', site)
      .where('programme_id', '=', programme)
      .where('nearest_id', 'is not', null)
      .groupBy('nearest_id')
      .as('ranked'),
  )

/** Those with the most friends who want to be seen. */
export const leaders = (db: Queries, site: string, programme: string, most: number) =>
  ranked(db, site, programme)
    .innerJoin('person', (join) =>
      join.onRef('person.id', '=', 'ranked.person').on('person.site_id', '=', site),
    )
    .select(['ranked.person', 'ranked.friends', 'ranked.rank', 'person.name'])
    .where('person.listed', '=', 1)
    .where('person.name', 'is not', null)
    .orderBy('ranked.rank')
    .orderBy('ranked.person')
    .limit(most)
    .execute()

/** How many friends somebody has brought, and which place among all that is. */
export const standing = (db: Queries, site: string, programme: string, person: string) =>
  ranked(db, site, programme)
    .select(['ranked.friends', 'ranked.rank'])
    .where('ranked.person', '=', person)
    .executeTakeFirst()
