import type { Kysely } from 'kysely'
import type { Coupon, CouponState, Coupons } from '../contract/coupons.ts'
import { fromCursor, isKeyset, toCursor } from '../cursor.ts'
import type { Database } from '../db/schema.ts'
import { AppError } from '../errors.ts'
import { stateOf } from './rules.ts'
import { shownCoupons } from './store.ts'

type Queries = Kysely<Database>
type Shown = Awaited<ReturnType<ReturnType<typeof shownCoupons>['execute']>>[number]

const text = (at: number) => new Date(at).toISOString()

const asCoupon = (row: Shown, now: number): Coupon => ({
  code: row.code,
  gift: row.gift !== null,
  person: { id: row.person_id, name: row.name },
  label: row.label,
  state: stateOf(row, now),
  used: row.used,
  most: row.most,
  expiresAt: row.expires_at === null ? null : text(row.expires_at),
  createdAt: text(row.created_at),
  hops: row.hops ?? 0,
})

/** A coupon as its owner sees it. */
export async function showCoupon(db: Queries, site: string, code: string, now: number): Promise<Coupon> {
  const row = await shownCoupons(db, site).where('coupon.code', '=', code).executeTakeFirst()
  if (!row) throw noCoupon()
  return asCoupon(row, now)
}

/** A site's coupons, or those of one person; latest first. */
export async function listCoupons(
  db: Queries,
  site: string,
  now: number,
  { person, limit, cursor }: { person?: string | undefined; limit: number; cursor?: string | undefined },
): Promise<Coupons> {
  const after = fromCursor(cursor, isKeyset)
  let query = shownCoupons(db, site)
    .orderBy('coupon.created_at', 'desc')
    .orderBy('coupon.code', 'desc')
    .limit(limit + 1)
  if (person !== undefined) query = query.where('coupon.person_id', '=', person)
  if (after) {
    const [at, code] = after
    query = query.where((where) =>
      where.or([
        where('coupon.created_at', '<', at),
        where.and([where('coupon.created_at', '=', at), where('coupon.code', '<', code)]),
      ]),
    )
  }
  const rows = await query.execute()
  const listed = rows.slice(0, limit)
  const last = listed.at(-1)
  return {
    data: listed.map((row) => asCoupon(row, now)),
    next: rows.length > limit && last ? toCursor([last.created_at, last.code]) : null,
  }
}

/** What anybody who has the code may know of a coupon. */
export async function couponState(
  db: Queries,
  site: string,
  code: string,
  now: number,
): Promise<CouponState> {
  const { person, gift, label, state, expiresAt } = await showCoupon(db, site, code, now)
  return { code, gift, label, state, expiresAt, from: person.name }
}

/** The refusal of a code that no coupon of the site has. */
export const noCoupon = () => new AppError('not_found', 'is no coupon of this site', { field: 'code' })
