import { enterShare } from '../chains/enter-share.ts'
import type { Coupon } from '../contract/coupons.ts'
import type { Work } from '../deps.ts'
import { AppError } from '../errors.ts'
import { newCode, newCouponCode } from '../ids.ts'
import { pageForUrl } from '../pages/find-page.ts'
import { showCoupon } from './show-coupon.ts'
import { insertCoupon } from './store.ts'

/** A coupon to be made, for a person that is there. */
export interface Wanted {
  /** Made where none is given. */
  code?: string | undefined
  person: string
  /** The page it is for. */
  url: URL
  label: string
  most?: number | null
  /** In ms. */
  expiresAt?: number | null
  /** Passed along from hand to hand, redeemed once. */
  gift?: boolean
}

/** Makes a coupon: a code, and a share of the page that whoever buys with it came through. */
export async function createCoupon(work: Work, site: string, wanted: Wanted): Promise<Coupon> {
  const { person, url, gift = false } = wanted
  const at = work.now()
  const pageId = await pageForUrl(work, site, url)
  const entering = { url, pageId, channel: 'coupon' as const, code: newCode(site), person, at }
  const { share } = await enterShare(work, site, entering, undefined)
  const code = await enterCode(work, wanted.code, (code) => ({
    site_id: site,
    code,
    gift: gift ? code : null,
    person_id: person,
    share_id: share.id,
    label: wanted.label,
    most: gift ? 1 : (wanted.most ?? null),
    used: 0,
    expires_at: wanted.expiresAt ?? null,
    passed_at: null,
    revoked_at: null,
    created_at: at,
  }))
  return showCoupon(work.db, site, code, at)
}

/** Made codes have 39 random bits: a second one that is taken too is not by chance. */
const TRIES = 5

/** Enters a coupon under the code that was asked for, or under one made for it. */
export async function enterCode(
  { db }: Work,
  asked: string | undefined,
  row: (code: string) => Parameters<typeof insertCoupon>[1],
): Promise<string> {
  if (asked !== undefined) {
    if (await insertCoupon(db, row(asked))) return asked
    throw new AppError('conflict', 'is the code of another coupon', { field: 'code' })
  }
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const code = newCouponCode()
    if (await insertCoupon(db, row(code))) return code
  }
  throw new Error('Every coupon code that was made is taken')
}
