import { z } from '@hono/zod-openapi'
import { MAX_VALUE } from './limits.ts'
import { Currency, Instant, Money } from './values.ts'

/** Money given back for an order, or for a part of it. Secret key only. */
export const NewRefund = z
  .strictObject({
    refundId: z.string().min(1).max(128).openapi({ description: 'Your id of it: one id is one refund' }),
    orderId: z.string().min(1).max(128).openapi({ description: 'Reported already, or still to come' }),
    value: z.int().min(1).max(MAX_VALUE).optional().openapi({
      description: 'Integer minor units; all that is left of the order otherwise',
    }),
    currency: Currency.optional(),
    at: Instant.optional(),
  })
  .refine((r) => (r.value === undefined) === (r.currency === undefined), {
    path: ['currency'],
    message: 'and value go together: give both or neither',
  })
  .openapi('NewRefund')
export type NewRefund = z.input<typeof NewRefund>

export const Refund = z
  .object({
    refundId: z.string(),
    orderId: z.string(),
    outcome: z.enum(['refunded', 'waiting', 'again']).openapi({
      description: 'refunded: taken off the order; waiting: the order is not known yet; again: known already',
    }),
    refunded: Money.nullable().openapi({ description: 'What this refund took off' }),
    left: Money.nullable().openapi({ description: 'What is left of the order; null while it is not known' }),
  })
  .openapi('Refund')
export type Refund = z.infer<typeof Refund>
