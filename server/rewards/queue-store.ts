import type { Kysely } from 'kysely'
import type { RewardState } from '../contract/models.ts'
import { isAmong } from '../db/dialect.ts'
import type { Database } from '../db/schema.ts'

type Queries = Kysely<Database>

/** Which rewards are asked for. */
export interface Wanted {
  state?: RewardState | undefined
  person?: string | undefined
  programme?: string | undefined
  payout?: string | undefined
  conversion?: string | undefined
}

const COLUMN = {
  state: 'reward.state',
  person: 'reward.person_id',
  programme: 'reward.programme_id',
  payout: 'reward.payout_id',
  conversion: 'reward.conversion_id',
} as const

/** Rewards with what they are about, latest first. */
const described = (db: Queries, site: string) =>
  db
    .selectFrom('reward')
    .innerJoin('person', (join) =>
      join.onRef('person.site_id', '=', 'reward.site_id').onRef('person.id', '=', 'reward.person_id'),
    )
    .innerJoin('programme', (join) =>
      join
        .onRef('programme.site_id', '=', 'reward.site_id')
        .onRef('programme.id', '=', 'reward.programme_id'),
    )
    .innerJoin('earning', (join) =>
      join
        .onRef('earning.site_id', '=', 'reward.site_id')
        .onRef('earning.programme_id', '=', 'reward.programme_id')
        .onRef('earning.conversion_id', '=', 'reward.conversion_id'),
    )
    .innerJoin('conversion', (join) =>
      join
        .onRef('conversion.site_id', '=', 'reward.site_id')
        .onRef('conversion.id', '=', 'reward.conversion_id'),
    )
    .selectAll('reward')
    .select(['person.name as person_name', 'programme.name as programme_name', 'earning.version'])
    .select([
      'conversion.name as conversion_name',
      'conversion.order_id',
      'conversion.value',
      'conversion.currency as value_currency',
      'conversion.at as conversion_at',
    ])
    .where('reward.site_id', '=', site)
    .orderBy('reward.id', 'desc')

export type DescribedReward = Awaited<ReturnType<typeof rewardsWanted>>[number]

/** So many of the rewards asked for, latest first, after the one named. */
export function rewardsWanted(
  db: Queries,
  site: string,
  wanted: Wanted,
  { after, most }: { after?: string | undefined; most: number },
) {
  let query = described(db, site).limit(most)
  for (const name of Object.keys(COLUMN) as (keyof Wanted)[]) {
    const value = wanted[name]
    if (value !== undefined) query = query.where(COLUMN[name], '=', value)
  }
  return (after === undefined ? query : query.where('reward.id', '<', after)).execute()
}

/** These rewards, latest first. */
export const rewardsNamed = (db: Queries, site: string, ids: readonly string[]) =>
  described(db, site)
    .where(isAmong(db, 'reward.id', ids))
    .execute()

/** What was decided about these subjects, earliest first. */
export const decisionsOn = (db: Queries, site: string, subjects: readonly string[]) =>
  db
    .selectFrom('decision')
    .select(['subject', 'at', 'who', 'act', 'detail'])
    .where('site_id', '=', site)
    .where(isAmong(db, 'subject', subjects))
    .orderBy('id')
    .execute()
