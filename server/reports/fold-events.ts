import { type Kysely, sql } from 'kysely'
import { type RecordTypes, recordsOf } from '../db/dialect.ts'
import type { Database } from '../db/schema.ts'
import type { DomainEvent } from '../events.ts'
import { Counting, inOrder } from './counting.ts'
import { enterShare } from './grow-cascade.ts'

/**
 * Counts what a commit group did, inside its transaction: a dashboard number is never behind its rows.
 * Cascades first, then shares, then rollups, each in order of key.
 */
export async function foldEvents(db: Kysely<Database>, events: DomainEvent[]): Promise<void> {
  const counting = new Counting()
  for (const event of events) {
    if (event.type === 'share') await enterShare(db, event.site, event.share, event.at)
    counting.add(event)
  }
  await addToCascades(db, inOrder(counting.cascades))
  await addToShares(db, inOrder(counting.shareTotals))
  await addToRollups(db, inOrder(counting.rollups))
}

const CASCADE: RecordTypes = { site_id: 'text', root_id: 'text', visits: 'bigint', conversions: 'bigint' }
async function addToCascades(db: Kysely<Database>, rows: object[]): Promise<void> {
  if (rows.length === 0) return
  await sql`update cascade set visits = cascade.visits + record.visits,
    conversions = cascade.conversions + record.conversions
    from ${recordsOf(db, CASCADE, rows)}
    where cascade.site_id = record.site_id and cascade.root_id = record.root_id`.execute(db)
}

const SHARE: RecordTypes = { site_id: 'text', share_id: 'text', visits: 'bigint', conversions: 'bigint' }
async function addToShares(db: Kysely<Database>, rows: object[]): Promise<void> {
  if (rows.length === 0) return
  await sql`update share_total set visits = share_total.visits + record.visits,
    conversions = share_total.conversions + record.conversions
    from ${recordsOf(db, SHARE, rows)}
    where share_total.site_id = record.site_id and share_total.share_id = record.share_id`.execute(db)
}

const COUNTS = ['shares', 'visits', 'conversions', 'attributed', 'proved', 'amount'] as const
const KEY = ['site_id', 'kind', 'grain', 'subject', 'at', 'currency'] as const
const ROLLUP: RecordTypes = Object.fromEntries(
  [...KEY, ...COUNTS].map((name) => [
    name,
    name === 'at' || !KEY.includes(name as never) ? 'bigint' : 'text',
  ]),
)
const columns = sql.raw([...KEY, ...COUNTS].join(', '))
const key = sql.raw(KEY.join(', '))
const sums = sql.raw(COUNTS.map((name) => `${name} = rollup.${name} + excluded.${name}`).join(', '))
async function addToRollups(db: Kysely<Database>, rows: object[]): Promise<void> {
  await sql`insert into rollup (${columns}) select ${columns} from ${recordsOf(db, ROLLUP, rows)} where true
    on conflict (${key}) do update set ${sums}`.execute(db)
}
