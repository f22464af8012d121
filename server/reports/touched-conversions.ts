import { setImmediate as others } from 'node:timers/promises'
import type { Kysely } from 'kysely'
import { chainOf, type TouchedChain, touchesOf } from '../attribution/rules.ts'
import { idsOfPath } from '../chains/rules.ts'
import { isAmong } from '../db/dialect.ts'
import type { Database } from '../db/schema.ts'
import { type Merged, mergedPeople } from '../identity/selves.ts'
import type { Range } from './ranges.ts'

type Queries = Kysely<Database>

/** Conversions read at a time. */
const PAGE = 250
/** Hops looked at in one go: some milliseconds of work, after which others have their turn. */
const HOPS = 20_000

/** A conversion as attribution looks at it: what it is worth after refunds, and the chains that led to it. */
export interface TouchedConversion {
  at: number
  value: number
  currency: string | null
  /** Oldest first; the buyer is on none. */
  touches: TouchedChain[]
}

/** The conversions of a range in order of time, some at a time: as many as can be dealt with in one go. */
export async function* touchedConversions(
  db: Queries,
  site: string,
  { from, to }: Range,
): AsyncGenerator<TouchedConversion[]> {
  const merged = await mergedPeople(db, site)
  let after = { at: from, id: '' }
  for (;;) {
    const page = await pageOf(db, site, after, to)
    for (const some of inTurns(await withChains(db, site, page, merged))) {
      yield some
      await others()
    }
    const last = page.at(-1)
    if (page.length < PAGE || !last) return
    after = last
  }
}

/** The conversions in groups of so many hops, or of one conversion that has more. */
function* inTurns(page: { conversion: TouchedConversion; hops: number }[]): Generator<TouchedConversion[]> {
  let some: TouchedConversion[] = []
  let sum = 0
  for (const { conversion, hops } of page) {
    if (some.length > 0 && sum + hops > HOPS) {
      yield some
      ;[some, sum] = [[], 0]
    }
    some.push(conversion)
    sum += hops
  }
  if (some.length > 0) yield some
}

const pageOf = (db: Queries, site: string, after: { at: number; id: string }, to: number) =>
  db
    .selectFrom('conversion')
    .select(['id', 'at', 'value', 'refunded', 'currency', 'share_id', 'touches', 'buyer_id'])
    .where('site_id', '=', site)
    .where('at', '>=', after.at)
    .where('at', '<', to)
    .where((where) => where.or([where('at', '>', after.at), where('id', '>', after.id)]))
    .orderBy('at')
    .orderBy('id')
    .limit(PAGE)
    .execute()
type Row = Awaited<ReturnType<typeof pageOf>>[number]

/** Shares never change, so the chain of a touch is still what it was at the conversion. */
async function withChains(db: Queries, site: string, page: Row[], merged: Merged) {
  const touched = page.map((row) => ({ row, touches: touchesOf(row) }))
  const ids = new Set(touched.flatMap(({ touches }) => touches.map(([share]) => share)))
  const shares = await db
    .selectFrom('share')
    .select(['id', 'path', 'people', 'depth'])
    .where('site_id', '=', site)
    .where(isAmong(db, 'id', [...ids]))
    .execute()
  const known = new Map(shares.map((share) => [share.id, share]))
  return touched.map(({ row, touches }) => {
    const through = touches.flatMap(([id, at]) => {
      const share = known.get(id)
      return share ? [{ at, share }] : []
    })
    const conversion = {
      at: row.at,
      value: Math.max(0, (row.value ?? 0) - row.refunded),
      currency: row.currency,
      touches: through.map(({ at, share }) => chainAt(at, share, row.buyer_id, merged)),
    }
    return { conversion, hops: through.reduce((sum, { share }) => sum + share.depth + 1, 0) }
  })
}

/** Followed only when a model looks at it: most give nothing to most touches. */
const chainAt = (
  at: number,
  { path, people }: { path: string; people: string },
  buyer: string | null,
  merged: Merged,
) => ({
  at,
  get hops() {
    return chainOf(path, asTheyAre(people, merged), buyer)
  },
})

/** The people of a chain, as whom they have turned out to be. */
const asTheyAre = (people: string, merged: Merged): string =>
  merged.size === 0
    ? people
    : idsOfPath(people)
        .map((id) => merged.get(id) ?? id)
        .join('')
