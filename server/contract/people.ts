import { z } from '@hono/zod-openapi'
import { AVATAR_LENGTH, BADGES } from './comment-limits.ts'
import { MARKS_ON_A_LETTER } from './limits.ts'
import { NAME_LENGTH, PAYOUT_LENGTH } from './models.ts'
import { Id, MailAddress, Named, page } from './values.ts'

/** A person as they see themselves. */
export const Me = z
  .object({
    id: z.string(),
    name: z.string().nullable(),
    listed: z.boolean().openapi({ description: 'May stand on the leaderboard under their name' }),
    payout: z.string().nullable().openapi({ description: 'Where their money goes' }),
    createdAt: z.string(),
    member: z.boolean().openapi({ description: 'Has signed in; a guest otherwise' }),
    role: z.enum(BADGES).openapi({ description: '`member` for guests too' }),
    avatar: z.string().nullable(),
    mail: z
      .object({ address: z.string(), confirmed: z.boolean() })
      .nullable()
      .openapi({ description: 'Where they hear of replies' }),
    signsInBy: z
      .array(z.string())
      .openapi({ description: '`mail`, `passkey`, `sso`, or the id of a provider' }),
  })
  .openapi('Me')
export type Me = z.infer<typeof Me>

/** What turns the line around it or breaks it: controls, line separators, overrides of the direction of writing. */
const UNRULY = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u
/** Marks heaped on one letter. */
const TOWER = new RegExp(`\\p{M}{${MARKS_ON_A_LETTER + 1}}`, 'u')
/** At least one character that is seen. */
const SEEN = /[^\p{Z}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/u

export const line = (most: number) =>
  z
    .string()
    .trim()
    .max(most, `is longer than ${most} characters`)
    .refine((text) => SEEN.test(text), 'shows nothing: give it a character, or null for none')
    .refine((text) => !UNRULY.test(text), 'has a control character, a line break or a direction override')
    .refine((text) => !TOWER.test(text), `has more than ${MARKS_ON_A_LETTER} combining marks on one letter`)

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
    mail: MailAddress.nullable().optional().openapi({
      description: 'Where to hear of replies, once the link sent there was followed; null for nowhere',
    }),
  })
  .openapi('MeChange')
export type MeChange = z.input<typeof MeChange>

/** A picture of oneself, which is made anew. */
export const NewAvatar = z
  .strictObject({
    image: z
      .string()
      .max(AVATAR_LENGTH, `is longer than ${AVATAR_LENGTH} characters: make the picture smaller first`)
      .regex(/^[A-Za-z0-9+/]+={0,2}$/, 'is not base64')
      .openapi({ description: 'A PNG, JPEG, GIF, WebP or AVIF, base64' }),
  })
  .openapi('NewAvatar')
export type NewAvatar = z.input<typeof NewAvatar>

/** Where somebody who helps to run the site is let into the dashboard: once, within an hour. */
export const DashboardLink = z.object({ url: z.string() }).openapi('DashboardLink')
export type DashboardLink = z.infer<typeof DashboardLink>

/** Somebody as the owner sees them: what they may do here. */
export const Member = z
  .object({
    ...Named.shape,
    member: z.boolean(),
    role: z.enum(BADGES),
    level: z.int().openapi({ description: 'How far they are trusted, 0 to 4' }),
    comments: z.int(),
    createdAt: z.string(),
  })
  .openapi('Member')
export type Member = z.infer<typeof Member>
export const Members = z.object({ data: z.array(Member), next: z.string().nullable() }).openapi('Members')
export type Members = z.infer<typeof Members>
export const MembersQuery = z.object({
  ...page,
  q: z.string().max(NAME_LENGTH).optional().openapi({ description: 'Part of a name' }),
  role: z.enum(BADGES).optional(),
  person: Id.optional(),
})
export const MemberChange = z
  .strictObject({
    role: z.enum(BADGES).optional(),
    level: z.int().min(0).max(4).nullable().optional().openapi({ description: 'null: as it is computed' }),
  })
  .openapi('MemberChange')
export type MemberChange = z.input<typeof MemberChange>
