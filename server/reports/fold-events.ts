import { type Kysely, sql } from 'kysely'
import { prepareRecords } from '../db/records.ts'
import type { Database } from '../db/schema.ts'
import type { DomainEvent } from '../events.ts'
import { Counting, inOrder } from './counting.ts'
import { enterShare } from './grow-cascade.ts'

/**
 * Counts what a commit group did, inside its transaction: a dashboard number is never behind its rows.
 * Totals of shares first, then of cascades, then rollups, each in order of key.
 */
export async function foldEvents(db: Kysely<Database>, events: DomainEvent[]): Promise<void> {
  const counting = new Counting()
  for (const event of events) {
    if (event.type === 'share') await enterShare(db, event.site, event.share, event.at)
    counting.add(event)
  }
  await addToShares(db, inOrder(counting.shareTotals))
  await addToCascades(db, inOrder(counting.cascades))
  await addToRollups(db, inOrder(counting.rollups))
}

const addToCascades = prepareRecords(
  { site_id: 'text', root_id: 'text', visits: 'bigint', conversions: 'bigint' },
  ({ value, from }) => sql`update cascade set visits = cascade.visits + ${value('visits')},
    conversions = cascade.conversions + ${value('conversions')} ${from}
    where cascade.site_id = ${value('site_id')} and cascade.root_id = ${value('root_id')}`,
)

const addToShares = prepareRecords(
  { site_id: 'text', share_id: 'text', visits: 'bigint', conversions: 'bigint' },
  ({ value, from }) => sql`update share_total set visits = share_total.visits + ${value('visits')},
    conversions = share_total.conversions + ${value('conversions')} ${from}
    where share_total.site_id = ${value('site_id')} and share_total.share_id = ${value('share_id')}`,
)

const KEY = {
  site_id: 'text',
  kind: 'text',
  grain: 'text',
  subject: 'text',
  at: 'bigint',
  currency: 'text',
} as const
const COUNTS = {
  shares: 'bigint',
  visits: 'bigint',
  conversions: 'bigint',
  attributed: 'bigint',
  proved: 'bigint',
  amount: 'bigint',
  interacted: 'bigint',
  joined: 'bigint',
  passed_on: 'bigint',
} as const
const ROLLUP = { ...KEY, ...COUNTS }
const names = Object.keys(ROLLUP) as (keyof typeof ROLLUP)[]
const key = sql.raw(Object.keys(KEY).join(', '))
const sums = sql.raw(
  Object.keys(COUNTS)
    .map((name) => `${name} = rollup.${name} + excluded.${name}`)
    .join(', '),
)
const addToRollups = prepareRecords(
  ROLLUP,
  ({ value, from }) => sql`insert into rollup (${sql.raw(names.join(', '))})
    select ${sql.join(names.map(value))} ${from} where true
    on conflict (${key}) do update set ${sums}`,
)
