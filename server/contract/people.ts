import { z } from '@hono/zod-openapi'
import { NAME_LENGTH, PAYOUT_LENGTH } from './models.ts'

/** A person as they see themselves. */
export const Me = z
  .object({
    id: z.string(),
    name: z.string().nullable(),
    listed: z.boolean().openapi({ description: 'May stand on the leaderboard under their name' }),
    payout: z.string().nullable().openapi({ description: 'Where their money goes' }),
    createdAt: z.string(),
  })
  .openapi('Me')
export type Me = z.infer<typeof Me>

export const MeChange = z
  .strictObject({
    name: z
      .string()
      .trim()
      .min(1)
      .max(NAME_LENGTH, `is longer than ${NAME_LENGTH} characters`)
      .nullable()
      .optional()
      .openapi({ description: 'Shown to those one brings and is brought by; null shows nobody' }),
    listed: z.boolean().optional(),
    payout: z
      .string()
      .trim()
      .min(1)
      .max(PAYOUT_LENGTH, `is longer than ${PAYOUT_LENGTH} characters`)
      .nullable()
      .optional()
      .openapi({ description: 'A mail address, an IBAN, or whatever the site pays to' }),
  })
  .openapi('MeChange')
export type MeChange = z.input<typeof MeChange>
