import type { Kysely } from 'kysely'
import { chainOf, type TouchedChain } from '../attribution/rules.ts'
import { isAmong } from '../db/dialect.ts'
import type { Database } from '../db/schema.ts'
import type { Range } from './ranges.ts'

type Queries = Kysely<Database>

/** Conversions read at a time. */
const PAGE = 1000

/** A conversion as attribution looks at it: what it is worth after refunds, and the chains that led to it. */
export interface TouchedConversion {
  at: number
  value: number
  currency: string | null
  /** Oldest first; the buyer is on none. */
  touches: TouchedChain[]
}

/** The conversions of a range in order of time, some at a time. */
export async function* touchedConversions(
  db: Queries,
  site: string,
  { from, to }: Range,
): AsyncGenerator<TouchedConversion[]> {
  let after = { at: from - 1, id: '' }
  for (;;) {
    const page = await pageOf(db, site, after, to)
    yield await withChains(db, site, page)
    const last = page.at(-1)
    if (page.length < PAGE || !last) return
    after = last
  }
}

const pageOf = (db: Queries, site: string, after: { at: number; id: string }, to: number) =>
  db
    .selectFrom('conversion')
    .select(['id', 'at', 'value', 'refunded', 'currency', 'share_id', 'touches', 'buyer_id'])
    .where('site_id', '=', site)
    .where('at', '<', to)
    .where((where) =>
      where.or([
        where('at', '>', after.at),
        where.and([where('at', '=', after.at), where('id', '>', after.id)]),
      ]),
    )
    .orderBy('at')
    .orderBy('id')
    .limit(PAGE)
    .execute()
type Row = Awaited<ReturnType<typeof pageOf>>[number]

/** Shares never change, so the chain of a touch is still what it was at the conversion. */
async function withChains(db: Queries, site: string, page: Row[]): Promise<TouchedConversion[]> {
  const touched = page.map((row) => ({ row, touches: touchesOf(row) }))
  const ids = new Set(touched.flatMap(({ touches }) => touches.map(([share]) => share)))
  const shares = await db
    .selectFrom('share')
    .select(['id', 'path', 'people'])
    .where('site_id', '=', site)
    .where(isAmong(db, 'id', [...ids]))
    .execute()
  const chains = new Map(shares.map((share) => [share.id, share]))
  return touched.map(({ row, touches }) => ({
    at: row.at,
    value: Math.max(0, (row.value ?? 0) - row.refunded),
    currency: row.currency,
    touches: touches.flatMap(([id, at]) => {
      const share = chains.get(id)
      return share ? [{ at, hops: chainOf(share.path, share.people, row.buyer_id) }] : []
    }),
  }))
}

/** A conversion that kept no touches was touched by the share it came by, if any. */
function touchesOf({ touches, share_id, at }: Row): [share: string, at: number][] {
  const kept = touches === null ? [] : (JSON.parse(touches) as [string, number][])
  return kept.length === 0 && share_id !== null ? [[share_id, at]] : kept
}
