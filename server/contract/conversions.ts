import { z } from '@hono/zod-openapi'
import { BATCH_SIZE, MAX_VALUE } from './limits.ts'
import { arrival, Currency, told } from './values.ts'

/** What became of the coupon a conversion came with. */
export const COUPON_OUTCOMES = ['accepted', 'expired', 'used', 'passed', 'revoked', 'own', 'unknown'] as const

/** Something of worth that a person did. */
export const NewConversion = z
  .strictObject({
    name: z.string().min(1).max(64).openapi({ example: 'purchase' }),
    value: z
      .int()
      .min(0)
      .max(MAX_VALUE)
      .optional()
      .openapi({ description: 'Integer minor units of `currency`', example: 4900 }),
    currency: Currency.optional(),
    orderId: z.string().min(1).max(128).optional().openapi({ description: 'One order is one conversion' }),
    coupon: z.string().max(500).optional().openapi({
      description:
        'What the buyer typed. One of ours makes its person the last touch; any other is none of our business',
    }),
    gesture: z
      .boolean()
      .optional()
      .openapi({ description: 'Whether the visitor has clicked, typed or touched' }),
    customerMail: z.string().min(3).max(254).optional().openapi({
      description:
        "The buyer's verified mail address, kept hashed and only to tell whether two people are one. Secret key only",
    }),
    arrival,
    ...told,
  })
  .refine((c) => (c.value === undefined) === (c.currency === undefined), {
    path: ['currency'],
    message: 'and value go together: give both or neither',
  })
  .openapi('NewConversion')
export type NewConversion = z.input<typeof NewConversion>

/** A conversion as recorded. */
export const Conversion = z
  .object({
    id: z.string(),
    name: z.string(),
    orderId: z.string().nullable(),
    outcome: z.enum(['recorded', 'proved', 'again']).openapi({
      description: 'recorded: new; proved: a claim now proved by the secret key; again: known already',
    }),
    proved: z.boolean().openapi({ description: 'Reported with a secret key' }),
    coupon: z.enum(COUPON_OUTCOMES).nullable().openapi({
      description:
        'What the coupon was; own: the buyer’s, who brings nobody. null: there was none, or it came too late to change anything',
    }),
  })
  .openapi('Conversion')
export type Conversion = z.infer<typeof Conversion>

export const NewConversions = z
  .strictObject({ conversions: z.array(NewConversion).min(1).max(BATCH_SIZE) })
  .openapi('NewConversions')
export type NewConversions = z.input<typeof NewConversions>

export const Conversions = z.object({ data: z.array(Conversion) }).openapi('Conversions')
export type Conversions = z.infer<typeof Conversions>
