import type { Work } from '../deps.ts'
import { noCoupon } from './show-coupon.ts'
import { couponByCode, endCoupon } from './store.ts'

/** Ends a coupon: nothing is redeemed with it any more. A gift ends in whosever hands it is. */
export async function revokeCoupon({ db, now }: Work, site: string, code: string): Promise<void> {
  const coupon = await couponByCode(db, site, code)
  if (!coupon) throw noCoupon()
  await endCoupon(db, coupon, now())
}
