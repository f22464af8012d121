import type { Coupon } from '../contract/coupons.ts'
import { COUPON_SHAPE } from '../contract/models.ts'

/** What decides whether a coupon can be redeemed. */
export interface Standing {
  most: number | null
  used: number
  expires_at: number | null
  passed_at: number | null
  revoked_at: number | null
}

/** What has become of a coupon at a moment; the gravest first. */
export function stateOf({ most, used, ...standing }: Standing, at: number): Coupon['state'] {
  if (standing.revoked_at !== null) return 'revoked'
  if (most !== null && used >= most) return 'used'
  if (standing.passed_at !== null) return 'passed'
  return standing.expires_at !== null && standing.expires_at <= at ? 'expired' : 'works'
}

/** A coupon's code out of what was typed at the till; none when it cannot be one of ours. */
export function codeTyped(text: string): string | undefined {
  const code = text.trim().toUpperCase()
  return COUPON_SHAPE.test(code) ? code : undefined
}
