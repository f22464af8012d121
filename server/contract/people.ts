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

/** What turns the line around it or breaks it: controls, line separators, overrides of the direction of writing. */
const UNRULY = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u
/** At least one character that is seen. */
const SEEN = /[^\p{Z}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/u

const line = (most: number) =>
  z
    .string()
    .trim()
    .max(most, `is longer than ${most} characters`)
    .refine((text) => SEEN.test(text), 'shows nothing: give it a character, or null for none')
    .refine((text) => !UNRULY.test(text), 'has a control character, a line break or a direction override')

export const MeChange = z
  .strictObject({
    name: line(NAME_LENGTH)
      .nullable()
      .optional()
      .openapi({ description: 'Shown to those one brings and is brought by; null shows nobody' }),
    listed: z.boolean().optional(),
    payout: line(PAYOUT_LENGTH)
      .nullable()
      .optional()
      .openapi({ description: 'A mail address, an IBAN, or whatever the site pays to' }),
  })
  .openapi('MeChange')
export type MeChange = z.input<typeof MeChange>
