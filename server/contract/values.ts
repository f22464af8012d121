import { z } from '@hono/zod-openapi'
import { MAIL_LENGTH } from './comment-limits.ts'
import { CODE_RANDOM_LENGTH, MAX_AGE_MS, SITE_ID_LENGTH, URL_LENGTH } from './limits.ts'

/** What a share code looks like. */
export const CODE_SHAPE = new RegExp(`^[0-9A-Za-z]{${SITE_ID_LENGTH}}[0-9A-Za-z_-]{${CODE_RANDOM_LENGTH}}$`)

/** A share's code: the site's id, then a nanoid. The one who acts may mint it before the server has heard of it. */
export const Code = z
  .string()
  .regex(CODE_SHAPE, 'is not a share code')
  .openapi({ description: 'A share code', example: 'a1B2c3V1StGXR8_Z' })

/** An id of ours, as rows have it. */
export const Id = z.string().regex(/^[\w-]{1,64}$/, 'is not an id')

/** A mail address, as far as it can be told without asking it. */
export const MailAddress = z
  .string()
  .trim()
  .max(MAIL_LENGTH)
  .regex(
    /^[^\s@<>()[\]\\,;:"\p{C}]+@[^\s@<>()[\]\\,;:"\p{C}]+\.[^\s@.<>()[\]\\,;:"\p{C}]+$/u,
    'is not a mail address',
  )

/** The URL of a page on one of the site's origins. */
export const PageUrl = z
  .string()
  .min(1)
  .max(URL_LENGTH, `is longer than ${URL_LENGTH} characters`)
  .openapi({ description: "A page's absolute http(s) URL, on one of the site's origins" })

/** A moment, RFC 3339 in any offset. */
export const Instant = z.iso
  .datetime({ offset: true, error: 'is not an RFC 3339 time' })
  .openapi({ description: 'RFC 3339', example: '2026-11-22T09:30:00Z' })

/** An amount of one currency in integer minor units (cents, where it has them). */
export const Money = z
  .object({ currency: z.string().openapi({ example: 'EUR' }), amount: z.int().openapi({ example: 4900 }) })
  .openapi('Money')
export type Money = z.infer<typeof Money>

const currencies = new Set(Intl.supportedValuesOf('currency'))

/** The code of a currency. */
export const Currency = z
  .string()
  .refine((code) => currencies.has(code), 'is not an ISO 4217 currency code')
  .openapi({ example: 'EUR' })

/** From `from` to before `to`. */
export const Range = z.object({ from: z.string(), to: z.string() })

/** What a list that pages by cursor is asked for. */
export const page = {
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().max(500).optional(),
}

/** What a list that can be had as a file is asked for. */
export const file = {
  format: z
    .enum(['csv', 'json'])
    .optional()
    .openapi({ description: 'The whole list as a file, up to 100,000 rows: `limit` does not matter then' }),
}

/** What a whole list is asked for. */
export const FileQuery = z.object(file)

/** A person, and what they chose to be called. */
export const Named = z.object({ id: z.string(), name: z.string().nullable() }).openapi('Person')
export type Named = z.infer<typeof Named>

/** What a queued event, or one told by the site's own server, may say of itself. */
export const told = {
  age: z.int().min(0).max(MAX_AGE_MS, 'is more than 7 days').optional().openapi({
    description: 'Milliseconds since it happened, for events that waited in a queue. Needs no true clock',
  }),
  at: Instant.optional().openapi({ description: 'When it happened. Secret key only' }),
  customerId: z
    .string()
    .min(1)
    .max(128)
    .optional()
    .openapi({ description: "The site's own name for the person. Secret key only" }),
}

/** The share whose link the person came by, for callers that keep no token. */
export const arrival = Code.optional().openapi({
  description:
    "The code the person arrived through; used only where the server knows no visit of that person's",
})
