import { z } from '@hono/zod-openapi'
import { REACTIONS, SORTS, THREAD_MODES } from './comment-limits.ts'
import { POLICIES, VERDICTS } from './moderation-models.ts'

const words = z
  .array(z.string().trim().min(1).max(100))
  .max(2_000)
  .default([])
  .openapi({ description: 'Case, accents and look-alike letters do not matter; `*` stands for any letters' })

const url = z.url({ protocol: /^https?$/, error: 'is not an http(s) URL' }).max(500)

/** One rule, of the policy `rules`: where all that it names holds, this becomes of the comment. */
export const ScreenRule = z
  .strictObject({
    verdict: z.enum(VERDICTS),
    guest: z.boolean().optional(),
    levelBelow: z.int().min(1).max(4).optional(),
    linksOver: z.int().min(0).max(100).optional(),
    word: z.string().trim().min(1).max(100).optional(),
    urlBegins: z.string().min(1).max(500).optional(),
  })
  .openapi('ScreenRule')
export type ScreenRule = z.output<typeof ScreenRule>

/** How comments are on a site, and what is held back. All of it has a default. */
export const CommentSettings = z
  .object({
    policy: z.enum(POLICIES).default('first_held'),
    rules: z.array(ScreenRule).max(50).default([]).openapi({ description: 'The first that fits decides' }),
    heldWords: words,
    refusedWords: words,
    reservedNames: z.array(z.string().trim().min(1).max(60)).max(200).default([]),
    maxLinks: z.int().min(0).max(100).default(5).openapi({ description: 'More are held' }),
    maxLength: z.int().min(1).max(10_000).default(10_000),
    perMinute: z
      .int()
      .min(1)
      .max(100)
      .default(6)
      .openapi({ description: 'Comments of one person, and three times that of one network' }),
    reportsToHold: z.int().min(1).max(100).default(3),
    proofOfWork: z.enum(['never', 'doubtful', 'guests']).default('doubtful'),
    disposableMail: z.enum(['visible', 'held', 'refused']).default('held'),
    guests: z.boolean().default(true),
    votes: z.enum(['both', 'up', 'none']).default('both'),
    reactions: z
      .array(z.string().min(1).max(32))
      .max(12)
      .default([...REACTIONS]),
    sort: z.enum(SORTS).default('best'),
    mode: z.enum(THREAD_MODES).default('discussion'),
    editMinutes: z
      .int()
      .min(-1)
      .max(525_600)
      .default(15)
      .openapi({ description: '0: never; -1: without end' }),
    closeAfterDays: z.int().min(0).max(3650).default(0).openapi({ description: '0: never' }),
    annotations: z.boolean().default(true),
    imageHosts: z
      .array(z.string().regex(/^[a-z0-9.-]+(:\d+)?$/, 'is not a host name'))
      .max(50)
      .default([]),
    akismet: z
      .object({
        url: url.default('https://rest.akismet.com/1.1/comment-check'),
        key: z.string().max(200).default(''),
        onSpam: z.enum(['held', 'refused']).default('held'),
      })
      .nullable()
      .default(null),
    hook: z
      .object({
        url,
        secret: z
          .string()
          .max(200)
          .regex(/^(…|.{16,})$/su, 'has fewer than 16 characters')
          .openapi({ description: 'Signs each call: Standard Webhooks, HMAC-SHA256. Shown as `…`' }),
        timeoutMs: z.int().min(100).max(5_000).default(2_000),
        onFailure: z.enum(['visible', 'held']).default('held'),
      })
      .nullable()
      .default(null),
    /** DSA: where somebody may object to a decision. */
    contact: z.string().max(254).default(''),
  })
  .openapi('CommentSettings')
export type CommentSettings = z.output<typeof CommentSettings>

type Changes<S> = {
  [K in keyof S]: S[K] extends z.ZodDefault<infer T extends z.ZodType> ? z.ZodOptional<T> : never
}

/** What is named changes; the rest stays. Keys and secrets that come back as `…` (as they are shown) stay too. */
export const CommentSettingsChange = z
  .strictObject(
    Object.fromEntries(
      Object.entries(CommentSettings.shape).map(([name, field]) => [
        name,
        (field.unwrap() as z.ZodType).optional(),
      ]),
    ) as Changes<typeof CommentSettings.shape>,
  )
  .openapi('CommentSettingsChange')
export type CommentSettingsChange = z.input<typeof CommentSettingsChange>
