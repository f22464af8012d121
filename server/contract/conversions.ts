import { z } from '@hono/zod-openapi'
import { BATCH_SIZE, MAX_VALUE } from './limits.ts'
import { arrival, told } from './values.ts'

const currencies = new Set(Intl.supportedValuesOf('currency'))

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
    currency: z
      .string()
      .refine((code) => currencies.has(code), 'is not an ISO 4217 currency code')
      .optional()
      .openapi({ example: 'EUR' }),
    orderId: z.string().min(1).max(128).optional().openapi({ description: 'One order is one conversion' }),
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
  })
  .openapi('Conversion')
export type Conversion = z.infer<typeof Conversion>

export const NewConversions = z
  .strictObject({ conversions: z.array(NewConversion).min(1).max(BATCH_SIZE) })
  .openapi('NewConversions')
export type NewConversions = z.input<typeof NewConversions>

export const Conversions = z.object({ data: z.array(Conversion) }).openapi('Conversions')
export type Conversions = z.infer<typeof Conversions>
