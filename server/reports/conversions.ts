import type { Kysely } from 'kysely'
import { touchesOf } from '../attribution/rules.ts'
import { shareByCode } from '../chains/find-share.ts'
import { idsOfPath } from '../chains/rules.ts'
import type { ConversionsReport } from '../contract/reports.ts'
import { CODE_SHAPE } from '../contract/values.ts'
import { fromCursor, isKeyset, toCursor } from '../cursor.ts'
import { isAmong } from '../db/dialect.ts'
import type { Database } from '../db/schema.ts'
import { namesOf } from '../identity/names.ts'
import { selvesOf, whoTheyAre } from '../identity/selves.ts'
import { pageByUrl } from '../pages/find-page.ts'
import { buyerOf, withBuyer } from './buyers.ts'
import { moneyOf } from './money.ts'
import { isOnChain, ROW_ID } from './on-chain.ts'
import { type Range, rangeText, toText } from './ranges.ts'

type Queries = Kysely<Database>

/** Which conversions: `person` is anywhere on the chain; `nearest`, `share`, `channel` and `url` are the nearest share's. */
export interface Filters {
  person?: string | undefined
  nearest?: string | undefined
  buyer?: string | undefined
  share?: string | undefined
  channel?: string | undefined
  url?: string | undefined
}

type Asked = Filters & { limit: number; cursor?: string | undefined }

/** Conversions of a range, latest first, each with its chain. */
export async function conversionsReport(
  db: Queries,
  site: string,
  range: Range,
  asked: Asked,
): Promise<ConversionsReport> {
  const after = fromCursor(asked.cursor, isKeyset)
  const found = await find(db, site, asked)
  const rows = found ? await pageOf(db, site, range, found, asked.limit, after) : []
  const listed = rows.slice(0, asked.limit)
  const hops = await hopsOf(
    db,
    site,
    listed.flatMap(({ path }) => idsOfPath(path ?? '')),
  )
  const sharers = [...hops.values()].map(({ person }) => person)
  const named = await namesOf(db, site, [...listed.map(({ buyer }) => buyer), ...sharers])
  const last = listed.at(-1)
  return {
    range: rangeText(range),
    data: listed.map((row) => ({
      id: row.id,
      at: toText(row.at),
      name: row.name,
      orderId: row.order_id,
      value: moneyOf(row.currency, row.value),
      refunded: row.refunded > 0 ? moneyOf(row.currency, row.refunded) : null,
      voided: row.voided === 1,
      touches: touchesOf(row).length,
      proved: row.proved === 1,
      rung: row.rung,
      person: row.buyer === null ? null : named(row.buyer),
      chain: idsOfPath(row.path ?? '')
        .toReversed()
        .flatMap((id) => {
          const hop = hops.get(id)
          return hop ? { code: hop.code, person: named(hop.person) } : []
        }),
    })),
    next: rows.length > asked.limit && last ? toCursor([last.at, last.id]) : null,
  }
}

/** What filters name, as rows know it: people under all the ids that they have had. */
interface Found {
  person?: readonly string[] | undefined
  nearest?: readonly string[] | undefined
  buyer?: string | undefined
  share?: string | undefined
  channel?: string | undefined
  page?: string | undefined
}

/** Looks up what the filters name; nothing when this site has no such person, share or page. */
async function find(db: Queries, site: string, asked: Filters): Promise<Found | undefined> {
  const { person, nearest, channel } = asked
  if ([person, nearest, asked.buyer].some((id) => id !== undefined && !ROW_ID.test(id))) return undefined
  const named = [person, nearest, asked.buyer].map((id) => id ?? '')
  const is = await whoTheyAre(db, site, named)
  const selves = async (id: string | undefined) => (id === undefined ? undefined : selvesOf(db, site, is(id)))
  const buyer = asked.buyer === undefined ? undefined : is(asked.buyer)
  const found: Found = { person: await selves(person), nearest: await selves(nearest), buyer, channel }
  if (asked.share !== undefined) {
    found.share = CODE_SHAPE.test(asked.share) ? (await shareByCode(db, site, asked.share))?.id : undefined
    if (found.share === undefined) return undefined
  }
  if (asked.url !== undefined) {
    const url = URL.parse(asked.url)
    found.page = url ? await pageByUrl(db, site, url) : undefined
    if (found.page === undefined) return undefined
  }
  return found
}

function matching(
  conversions: ReturnType<typeof withBuyer>,
  { person, nearest, buyer, share, channel, page }: Found,
): ReturnType<typeof withBuyer> {
  let query = conversions
  if (person !== undefined)
    query = query.where((where) => where.or(person.map((self) => isOnChain('conversion.people', self))))
  if (buyer !== undefined) query = query.where(buyerOf, '=', buyer)
  if (share !== undefined) query = query.where('conversion.share_id', '=', share)
  if (nearest === undefined && channel === undefined && page === undefined) return query
  return query.where(({ exists, selectFrom }) => {
    let last = selectFrom('share')
      .select('share.id')
      .whereRef('share.site_id', '=', 'conversion.site_id')
      .whereRef('share.id', '=', 'conversion.share_id')
    if (nearest !== undefined) last = last.where('share.person_id', 'in', nearest)
    if (channel !== undefined) last = last.where('share.channel', '=', channel)
    if (page !== undefined) last = last.where('share.page_id', '=', page)
    return exists(last)
  })
}

function pageOf(
  db: Queries,
  site: string,
  { from, to }: Range,
  found: Found,
  limit: number,
  after: [number, string] | undefined,
) {
  let query = matching(withBuyer(db, site), found)
    .selectAll('conversion')
    .select(buyerOf.as('buyer'))
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
  return new Map(rows.map(({ id, code, person_id }) => [id, { code, person: person_id }]))
}
