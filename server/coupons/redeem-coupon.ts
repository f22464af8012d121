import type { Kysely } from 'kysely'
import type { Conversion } from '../contract/conversions.ts'
import type { Database } from '../db/schema.ts'
import type { Work } from '../deps.ts'
import { codeTyped, stateOf } from './rules.ts'
import { couponByCode, takeUse } from './store.ts'

/** What a coupon was; never null, which says that there was none. */
export type Outcome = NonNullable<Conversion['coupon']>

/** A conversion that came with a coupon. */
export interface Use {
  /** As typed; a shop may have coupons of other kinds. */
  typed: string
  conversion: string
  /** The buyer, if they are known. */
  buyer: string | null
  at: number
}

/** What a coupon would do for a conversion, without redeeming it. */
export async function judgeCoupon(
  db: Kysely<Database>,
  site: string,
  { typed, buyer, at }: Omit<Use, 'conversion'>,
): Promise<{ outcome: Outcome; coupon?: Database['coupon'] }> {
  const code = codeTyped(typed)
  const coupon = code === undefined ? undefined : await couponByCode(db, site, code)
  if (!coupon) return { outcome: 'unknown' }
  const state = stateOf(coupon, at)
  if (state !== 'works') return { outcome: state }
  // Whoever buys with a coupon of their own was brought by nobody, and has not used it.
  return coupon.person_id === buyer ? { outcome: 'own' } : { outcome: 'accepted', coupon }
}

/** Redeems a coupon for a conversion, in place of one that it was redeemed with before; what cannot be redeemed is told. */
export async function redeemCoupon(
  { db }: Work,
  site: string,
  use: Use,
): Promise<{ outcome: Outcome; redeemed?: { code: string; share: string } }> {
  const { outcome, coupon } = await judgeCoupon(db, site, use)
  if (!coupon) return { outcome }
  const { code, share_id: share } = coupon
  if (await takeUse(db, { site_id: site, conversion_id: use.conversion, code, at: use.at })) {
    return { outcome, redeemed: { code, share } }
  }
  // Its last use was taken in another transaction, between the look and the taking.
  const now = await judgeCoupon(db, site, use)
  return { outcome: now.coupon ? 'used' : now.outcome }
}
