import type { Kysely } from 'kysely'
import { chainOf, type TouchedChain, touchesOf } from '../attribution/rules.ts'
import { idsOfPath } from '../chains/rules.ts'
import { isAmong } from '../db/dialect.ts'
import type { Database } from '../db/schema.ts'
import { whoTheyAre } from '../identity/selves.ts'
import type { Became } from './due.ts'
import type { Bought } from './rules.ts'

type Queries = Kysely<Database>
type Row = Database['conversion']

/** A conversion as programmes look at it, and who can be told to have bought. */
export interface Purchase extends Bought {
  row: Row
}

/** Reads what programmes look at of some conversions of one site: their chains, authors, and who bought. */
export async function loadPurchases(db: Queries, site: string, rows: readonly Row[]): Promise<Purchase[]> {
  const touched = rows.map(touchesOf)
  const shares = await sharesOf(db, site, [
    ...touched.flatMap((touches) => touches.map(([share]) => share)),
    ...rows.flatMap(({ share_id }) => share_id ?? []),
  ])
  const people = await peopleOf(
    db,
    site,
    rows.flatMap(({ buyer_id, visitor }) => (buyer_id === null && visitor !== null ? visitor : [])),
  )
  return rows.map((row, i) => ({
    row,
    ...becameOf(row),
    touches: (touched[i] ?? []).flatMap(([id, at]): TouchedChain[] => {
      const share = shares.get(id)
      return share ? [{ at, hops: chainOf(share.path, share.people, row.buyer_id) }] : []
    }),
    buyer: row.buyer_id ?? people.get(row.visitor ?? '') ?? null,
    author: shares.get(row.share_id ?? '')?.author_id ?? null,
  }))
}

/** A conversion as it is now, without who brought it. */
export const becameOf = ({ name, proved, at, value, currency, refunded, voided }: Row): Became => ({
  name,
  proved: proved === 1,
  at,
  gross: value,
  currency,
  refunded,
  voided: voided === 1,
})

async function sharesOf(db: Queries, site: string, ids: readonly string[]) {
  const rows = await db
    .selectFrom('share')
    .innerJoin('page', (join) =>
      join.onRef('page.site_id', '=', 'share.site_id').onRef('page.id', '=', 'share.page_id'),
    )
    .select(['share.id', 'share.path', 'share.people', 'page.author_id'])
    .where('share.site_id', '=', site)
    .where(isAmong(db, 'share.id', [...new Set(ids)]))
    .execute()
  const is = await whoTheyAre(
    db,
    site,
    rows.flatMap(({ people }) => idsOfPath(people)),
  )
  return new Map(rows.map((row) => [row.id, { ...row, people: idsOfPath(row.people).map(is).join('') }]))
}

/** Who some visitors have turned out to be since they bought. */
async function peopleOf(db: Queries, site: string, keys: readonly string[]): Promise<Map<string, string>> {
  if (keys.length === 0) return new Map()
  const rows = await db
    .selectFrom('person_key')
    .select(['key_hash', 'person_id'])
    .where('site_id', '=', site)
    .where(isAmong(db, 'key_hash', [...new Set(keys)]))
    .execute()
  return new Map(rows.map(({ key_hash, person_id }) => [key_hash, person_id]))
}
