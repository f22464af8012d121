import { z } from '@hono/zod-openapi'
import { COUPON_SHAPE } from './models.ts'
import { file, Instant, Named, PageUrl, page } from './values.ts'

/** A coupon's code as typed: case and spaces around it do not matter. */
export const CouponCode = z
  .string()
  .max(64)
  .transform((typed) => typed.trim().toUpperCase())
  .refine((code) => COUPON_SHAPE.test(code), 'is not a coupon code: 4 to 32 letters, digits and dashes')
  .openapi({ type: 'string', example: 'ALICE-10' })

/** A code that belongs to a person: who buys with it came through them, click or no click. */
export const NewCoupon = z
  .strictObject({
    code: CouponCode.optional().openapi({ description: 'Made for you otherwise' }),
    customerId: z
      .string()
      .min(1)
      .max(128)
      .optional()
      .openapi({ description: 'Whose it is, by your own name' }),
    person: z
      .string()
      .regex(/^[\w-]{16}$/, 'is not a person id')
      .optional(),
    url: PageUrl.optional().openapi({ description: 'The page it is for; the site’s first origin otherwise' }),
    label: z.string().max(100).default('').openapi({ description: 'What it gives, in your words' }),
    most: z.int().min(1).max(1_000_000).nullable().default(null).openapi({ description: 'Uses in all' }),
    expiresAt: Instant.nullable().default(null),
    gift: z
      .boolean()
      .default(false)
      .openapi({ description: 'Passed along from hand to hand, redeemed once' }),
  })
  .refine((c) => (c.customerId === undefined) !== (c.person === undefined), {
    path: ['person'],
    error: 'or customerId says whose it is: give one of them',
  })
  .refine((c) => !c.gift || c.most === null || c.most === 1, {
    path: ['most'],
    error: 'is 1 for a gift, which is redeemed once',
  })
  .openapi('NewCoupon')
export type NewCoupon = z.input<typeof NewCoupon>

export const COUPON_STATES = ['works', 'expired', 'used', 'passed', 'revoked'] as const

export const Coupon = z
  .object({
    code: z.string(),
    gift: z.boolean(),
    person: Named.openapi({ description: 'Its owner, or who passed it on last' }),
    label: z.string(),
    state: z.enum(COUPON_STATES),
    used: z.int(),
    most: z.int().nullable(),
    expiresAt: z.string().nullable(),
    createdAt: z.string(),
    hops: z.int().openapi({ description: 'How often a gift was passed on' }),
  })
  .openapi('Coupon')
export type Coupon = z.infer<typeof Coupon>

export const CouponsQuery = z.object({ person: z.string().max(64).optional(), ...page, ...file })
export const Coupons = z.object({ data: z.array(Coupon), next: z.string().nullable() }).openapi('Coupons')
export type Coupons = z.infer<typeof Coupons>

/** What anybody who has a coupon's code may know of it. */
export const CouponState = z
  .object({
    code: z.string(),
    gift: z.boolean(),
    label: z.string(),
    state: z.enum(COUPON_STATES),
    expiresAt: z.string().nullable(),
    from: z.string().nullable().openapi({ description: 'Who passes it on, if they chose a name' }),
  })
  .openapi('CouponState')
export type CouponState = z.infer<typeof CouponState>

/** A gift passed on: the code for the next hands. The one it was passed on with is void. */
export const PassedGift = z
  .object({
    code: z.string(),
    label: z.string(),
    link: z
      .string()
      .openapi({ description: 'The page’s own URL with the share’s code and the coupon in its fragment' }),
    expiresAt: z.string().nullable(),
  })
  .openapi('PassedGift')
export type PassedGift = z.infer<typeof PassedGift>
