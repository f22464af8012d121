import { shareById } from '../chains/find-share.ts'
import type { Conversion } from '../contract/conversions.ts'
import { judgeCoupon, redeemCoupon } from '../coupons/redeem-coupon.ts'
import { codeTyped } from '../coupons/rules.ts'
import type { Database } from '../db/schema.ts'
import type { Work } from '../deps.ts'
import { mayBring } from './rules.ts'
import { snapshotOf, visitsOf } from './snapshot.ts'

type Row = Database['conversion']

/**
 * A conversion with what its coupon makes of it: one that is redeemed is its last touch. `known` is the order as it
 * was before this report of it, if it was. Whatever else the coupon is, the conversion stands.
 */
export async function applyCoupon(
  work: Work,
  typed: string | undefined,
  row: Row,
  known: Row | undefined,
  report: Row,
): Promise<{ coupon: Conversion['coupon']; bought: Row }> {
  if (!typed?.trim()) return { coupon: null, bought: row }
  if (known?.coupon && known.coupon === codeTyped(typed)) return { coupon: 'accepted', bought: row }
  const use = { typed, conversion: row.id, buyer: row.buyer_id, at: row.at }
  if (known && !mayBring(known, report)) {
    const { outcome } = await judgeCoupon(work.db, row.site_id, use)
    return { coupon: outcome === 'accepted' ? null : outcome, bought: row }
  }
  const { outcome, redeemed } = await redeemCoupon(work, row.site_id, use)
  if (!redeemed) return { coupon: outcome, bought: row }
  const share = await shareById(work.db, row.site_id, redeemed.share)
  const touches = [...visitsOf(row), [share.id, row.at] as const]
  return {
    coupon: outcome,
    bought: { ...row, ...snapshotOf(share, 'coupon', touches), coupon: redeemed.code },
  }
}
