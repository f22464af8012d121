import { z } from '@hono/zod-openapi'
import { CHANNELS } from './channels.ts'
import { IDS_AT_ONCE } from './comment-limits.ts'
import { pageNamed } from './comments.ts'
import { arrival, Code, PageUrl, told } from './values.ts'

/** One person passes one page on, over one channel. */
export const NewShare = z
  .strictObject({
    url: PageUrl,
    channel: z.enum(CHANNELS),
    code: Code.optional().openapi({
      description: 'A code minted by the caller; the server mints one otherwise',
    }),
    arrival,
    ...told,
  })
  .openapi('NewShare')
export type NewShare = z.input<typeof NewShare>

/** A share as its sharer sees it. */
export const Share = z
  .object({
    code: Code,
    url: z.string(),
    channel: z.enum(CHANNELS),
    parent: Code.nullable().openapi({ description: 'The code of the share the person arrived through' }),
    depth: z.int().openapi({ description: 'Hops below the root; 0 is a root' }),
    link: z.string().openapi({ description: "The page's own URL with the code" }),
    shortLink: z.string().openapi({ description: 'The redirect on this server' }),
    waiting: z.boolean().openapi({ description: 'The share it hangs under is not registered yet' }),
  })
  .openapi('Share')
export type Share = z.infer<typeof Share>

/** Public counts of one page. */
export const Counts = z.object({ shares: z.int(), comments: z.int() }).openapi('Counts')
export type Counts = z.infer<typeof Counts>

/** Asks for the counts of many pages at once, as lists of articles do. */
export const NewCounts = z
  .strictObject({ pages: z.array(z.strictObject(pageNamed)).min(1).max(IDS_AT_ONCE) })
  .openapi('NewCounts')
export type NewCounts = z.input<typeof NewCounts>
export const ManyCounts = z.object({ data: z.array(Counts) }).openapi('ManyCounts')
export type ManyCounts = z.infer<typeof ManyCounts>
