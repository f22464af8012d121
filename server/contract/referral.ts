import { z } from '@hono/zod-openapi'
import { COUPON_STATES } from './coupons.ts'
import { Money, PageUrl } from './values.ts'

/** An offer as people read it: a fixed amount, or a percentage with perhaps a cap. */
export const Offer = z
  .object({ fixed: Money.nullable(), percent: z.number().nullable(), cap: Money.nullable() })
  .openapi('Offer')
export type Offer = z.infer<typeof Offer>

const Programme = z.object({
  name: z.string(),
  give: Offer.nullable().openapi({ description: 'What the friend gets' }),
  get: Offer.nullable().openapi({ description: 'What the sharers of a conversion get together' }),
  tiers: z.array(z.object({ from: z.int(), get: Offer })),
  endsAt: z.string().nullable(),
})

/** What became of a reward, as its person sees it: what waits in review is pending. */
export const PERSONAL_STATES = ['pending', 'approved', 'paid', 'reversed'] as const

export const ReferralQuery = z.object({ url: PageUrl })

/** How somebody's recommending is going. */
export const Referral = z
  .object({
    programme: Programme.nullable(),
    person: z
      .object({ name: z.string().nullable(), listed: z.boolean(), payout: z.boolean() })
      .nullable()
      .openapi({ description: 'null before the first act' }),
    code: z.string().nullable().openapi({ description: 'Of their referral share of this page' }),
    arrived: z.int(),
    converted: z.int(),
    earned: z.object({
      pending: z.array(Money),
      approved: z.array(Money),
      paid: z.array(Money),
    }),
    friends: z.int().openapi({ description: 'Buyers they were the nearest sharer of, in this programme' }),
    nextTier: z.object({ from: z.int(), left: z.int(), get: Offer }).nullable(),
    tree: z.object({
      nodes: z
        .array(
          z.object({
            id: z.string().openapi({ description: 'Opaque, of this answer only' }),
            parent: z.string().nullable(),
            name: z.string().nullable(),
            you: z.boolean(),
            visits: z.int(),
            conversions: z.int(),
          }),
        )
        .openapi({ description: 'Own shares and all that came of them, parents first; at most 100' }),
      more: z.int(),
    }),
    leaderboard: z.array(z.object({ rank: z.int(), name: z.string(), friends: z.int(), you: z.boolean() })),
    rank: z.int().nullable(),
    rewards: z.array(
      z.object({
        id: z.string(),
        at: z.string(),
        state: z.enum(PERSONAL_STATES),
        amount: Money,
        approveAt: z.string(),
      }),
    ),
    gifts: z.array(
      z.object({
        code: z.string(),
        label: z.string(),
        state: z.enum(COUPON_STATES),
        expiresAt: z.string().nullable(),
      }),
    ),
  })
  .openapi('Referral')
export type Referral = z.infer<typeof Referral>

/** Who invites, and to what: what somebody who arrives through a share may know of it. */
export const Invitation = z
  .object({
    name: z.string().nullable().openapi({ description: 'The sharer’s chosen name' }),
    programme: z.object({ name: z.string(), give: Offer.nullable() }).nullable(),
  })
  .openapi('Invitation')
export type Invitation = z.infer<typeof Invitation>
