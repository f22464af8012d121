import type { Kysely } from 'kysely'
import { idsOfPath } from '../chains/rules.ts'
import type { ConversionsReport } from '../contract/reports.ts'
import { fromCursor, isKeyset, toCursor } from '../cursor.ts'
import { isAmong } from '../db/dialect.ts'
import type { Database } from '../db/schema.ts'
import { type Range, rangeText, toText } from './ranges.ts'

type Queries = Kysely<Database>

/** Conversions of a range, latest first, each with its chain. */
export async function conversionsReport(
  db: Queries,
  site: string,
  range: Range,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<ConversionsReport> {
  const rows = await pageOf(db, site, range, limit, fromCursor(cursor, isKeyset))
  const listed = rows.slice(0, limit)
  const hops = await hopsOf(
    db,
    site,
    listed.flatMap(({ path }) => idsOfPath(path ?? '')),
  )
  const last = listed.at(-1)
  return {
    range: rangeText(range),
    data: listed.map((row) => ({
      id: row.id,
      at: toText(row.at),
      name: row.name,
      orderId: row.order_id,
      value:
        row.currency === null || row.value === null ? null : { currency: row.currency, amount: row.value },
      proved: row.proved === 1,
      rung: row.rung,
      person: row.person_id === null ? null : { id: row.person_id },
      chain: idsOfPath(row.path ?? '')
        .toReversed()
        .flatMap((id) => hops.get(id) ?? []),
    })),
    next: rows.length > limit && last ? toCursor([last.at, last.id]) : null,
  }
}

function pageOf(
  db: Queries,
  site: string,
  { from, to }: Range,
  limit: number,
  after: [number, string] | undefined,
) {
  let query = db
    .selectFrom('conversion')
    .leftJoin('person_key', (join) =>
      join
        .onRef('person_key.site_id', '=', 'conversion.site_id')
        .onRef('person_key.key_hash', '=', 'conversion.visitor'),
    )
    .selectAll('conversion')
    .select('person_key.person_id')
    .where('conversion.site_id', '=', site)
    .where('conversion.at', '>=', from)
    .where('conversion.at', '<', to)
    .orderBy('conversion.at', 'desc')
    .orderBy('conversion.id', 'desc')
    .limit(limit + 1)
  if (after) {
    const [at, id] = after
    query = query.where((where) =>
      where.or([
        where('conversion.at', '<', at),
        where.and([where('conversion.at', '=', at), where('conversion.id', '<', id)]),
      ]),
    )
  }
  return query.execute()
}

async function hopsOf(db: Queries, site: string, ids: string[]) {
  const rows = await db
    .selectFrom('share')
    .select(['id', 'code', 'person_id'])
    .where('site_id', '=', site)
    .where(isAmong(db, 'id', [...new Set(ids)]))
    .execute()
  return new Map(rows.map(({ id, code, person_id }) => [id, { code, person: { id: person_id } }]))
}
