import { type Kysely, sql } from 'kysely'
import { isPostgres } from '../db/dialect.ts'
import { type Prepared, prepare } from '../db/prepared.ts'
import type { Database } from '../db/schema.ts'
import type { Work } from '../deps.ts'
import { type DomainEvent, refOf, type ShareRef } from '../events.ts'
import { type CountedShare, recountCascades, recountEvents } from './recount.ts'

type Queries = Kysely<Database>
type Table = 'rollup' | 'share_total' | 'cascade' | 'cascade_level'
type Row = Record<string, string | number>

/** The columns of each derived table: what names a row, and what it counts. */
const TABLES: Record<Table, { key: string[]; counts: string[] }> = {
  rollup: {
    key: ['kind', 'grain', 'subject', 'at', 'currency'],
    counts: [
      ...['shares', 'visits', 'conversions', 'attributed', 'proved', 'amount'],
      ...['interacted', 'joined', 'passed_on'],
    ],
  },
  share_total: { key: ['share_id'], counts: ['below', 'visits', 'conversions'] },
  cascade: {
    key: ['root_id'],
    counts: [
      'size',
      'depth',
      'breadth',
      'depth_sum',
      'distances',
      'visits',
      'conversions',
      'started_at',
      'last_at',
    ],
  },
  cascade_level: { key: ['root_id', 'depth'], counts: ['shares'] },
}

/** Counts a site anew from its raw rows and mends what differs; answers how many rows of each table did. */
export async function rebuildSite({ db }: Work, site: string): Promise<Record<Table, number>> {
  // One snapshot of raw and derived rows, whatever is written meanwhile; SQLite has one writer anyway.
  if (isPostgres(db)) await sql`set transaction isolation level repeatable read`.execute(db)
  const counted = await recountSite(db, site)
  const mended = {} as Record<Table, number>
  for (const table of Object.keys(TABLES) as Table[])
    mended[table] = await mend(db, site, table, counted[table])
  return mended
}

async function recountSite(db: Queries, site: string): Promise<Record<Table, Row[]>> {
  const refs = new Map<string, ShareRef>()
  const shares: CountedShare[] = []
  const events: DomainEvent[] = []
  const refOfId = (id: string | null) => (id === null ? null : (refs.get(id) ?? null))
  for (const row of await sharesOf(db, site)) {
    const { id, parent_id: above, root_id: root, depth, at } = row
    refs.set(id, refOf(row))
    shares.push({ id, parent: above, root, depth, at })
    const share = { ...refOf(row), depth, path: '' }
    events.push({ type: 'share', site, at, share, parent: refOfId(above) })
  }
  for (const { share_id, at, gesture } of await visitsOf(db, site)) {
    const share = refs.get(share_id) as ShareRef
    events.push({ type: 'visit', site, at, share })
    if (gesture === 1) events.push({ type: 'gesture', site, at, share })
  }
  for (const { brought_by, created_at: at } of await broughtPeople(db, site)) {
    const share = refOfId(brought_by)
    if (share) events.push({ type: 'birth', site, at, share })
  }
  for (const { share_id, at, value, refunded, currency, proved } of await conversionsOf(db, site)) {
    const net = value === null ? null : Math.max(0, value - refunded)
    const counted = { share: refOfId(share_id), value: net, currency, proved: proved === 1 }
    events.push({ type: 'conversion', site, at, sign: 1, ...counted })
  }
  const { rollups, shareTotals, cascades: arrivals } = recountEvents(events)
  const { below, cascades } = recountCascades(shares)
  return {
    rollup: [...rollups.values()],
    share_total: shares.map(({ id }) => {
      const { visits, conversions } = shareTotals.get(`${site} ${id}`) ?? { visits: 0, conversions: 0 }
      return { share_id: id, below: below.get(id) ?? 0, visits, conversions }
    }),
    cascade: cascades.map((c) => {
      const { visits, conversions } = arrivals.get(`${site} ${c.root}`) ?? { visits: 0, conversions: 0 }
      const { size, depth, breadth, startedAt: started_at, lastAt: last_at } = c
      const distances = c.distances.toString()
      return {
        root_id: c.root,
        size,
        depth,
        breadth,
        depth_sum: c.depthSum,
        distances,
        visits,
        conversions,
        started_at,
        last_at,
      }
    }),
    cascade_level: cascades.flatMap(({ root, levels }) =>
      [...levels].map(([depth, shares]) => ({ root_id: root, depth, shares })),
    ),
  }
}

const sharesOf = (db: Queries, site: string) =>
  db
    .selectFrom('share')
    .select(['id', 'parent_id', 'root_id', 'depth', 'at', 'page_id', 'channel', 'person_id'])
    .where('site_id', '=', site)
    .orderBy('depth')
    .execute()

const visitsOf = (db: Queries, site: string) =>
  db.selectFrom('visit').select(['share_id', 'at', 'gesture']).where('site_id', '=', site).execute()

const broughtPeople = (db: Queries, site: string) =>
  db
    .selectFrom('person')
    .select(['brought_by', 'created_at'])
    .where('site_id', '=', site)
    .where('brought_by', 'is not', null)
    .execute()

const conversionsOf = (db: Queries, site: string) =>
  db
    .selectFrom('conversion')
    .select(['share_id', 'at', 'value', 'refunded', 'currency', 'proved'])
    .where('site_id', '=', site)
    .execute()

/** Makes a derived table say what was counted. Rows that count nothing are as good as absent. */
async function mend(db: Queries, site: string, table: Table, rows: Row[]): Promise<number> {
  const { key, counts } = TABLES[table]
  const named = (row: Row) => JSON.stringify(key.map((column) => row[column]))
  const said = (row: Row) => counts.map((column) => String(row[column])).join(' ')
  const empty = counts.map(() => '0').join(' ')
  const counted = new Map(rows.map((row) => [named(row), row]))
  // Sums may pass 2^53: they are compared as text, and written as bigint.
  const columns = [...key, ...counts].map((c) => (BIG.has(c) ? `cast(${c} as text) as ${c}` : c))
  const { rows: stored } = await sql<Row>`select ${sql.raw(columns.join(', '))} from ${sql.table(table)}
    where site_id = ${site}`.execute(db)
  let mended = 0
  for (const row of stored) {
    const right = counted.get(named(row))
    counted.delete(named(row))
    if (right ? said(right) === said(row) : said(row) === empty && table === 'rollup') continue
    const where = sql.join(
      [sql`site_id = ${site}`, ...key.map((c) => sql`${sql.ref(c)} = ${row[c]}`)],
      sql` and `,
    )
    if (right) {
      const set = sql.join(counts.map((c) => sql`${sql.ref(c)} = ${written(c, right[c])}`))
      await sql`update ${sql.table(table)} set ${set} where ${where}`.execute(db)
    } else await sql`delete from ${sql.table(table)} where ${where}`.execute(db)
    mended++
  }
  for (const row of counted.values()) {
    if (said(row) === empty && table === 'rollup') continue
    await INSERTS[table](db, { ...row, site_id: site })
    mended++
  }
  return mended
}

const BIG = new Set(['distances', 'amount'])
const written = (column: string, value: unknown) => (BIG.has(column) ? BigInt(value as string) : value)

const INSERTS = Object.fromEntries(
  Object.entries(TABLES).map(([table, { key, counts }]) => {
    const columns = ['site_id', ...key, ...counts]
    return [
      table,
      prepare((db, slot: (name: string) => never) => {
        const values = columns.map((c) =>
          c === 'distances' ? sql`cast(${slot(c)} as bigint)` : sql`${slot(c)}`,
        )
        const names = columns.map((c) => sql.ref(c))
        const query = sql`insert into ${sql.table(table)} (${sql.join(names)}) values (${sql.join(values)})`
        return { compile: () => query.compile(db) }
      }),
    ]
  }),
) as Record<Table, Prepared<string, unknown>>
