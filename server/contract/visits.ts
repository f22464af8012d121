import { z } from '@hono/zod-openapi'
import { Code, PageUrl, told } from './values.ts'

/** Somebody arrived through a share. */
export const NewVisit = z
  .strictObject({
    code: Code,
    url: PageUrl.openapi({ description: 'The page arrived at' }),
    gesture: z.boolean().optional().openapi({
      description: 'The visitor has clicked, typed or touched: told once, after the visit itself',
    }),
    was: z
      .string()
      .min(1)
      .max(200)
      .optional()
      .openapi({
        description:
          'The Idempotency-Key under which this visit was told before its visitor agreed to be known. From now on ' +
          'it is theirs, and it is not counted again',
      }),
    ...told,
  })
  .openapi('NewVisit')
export type NewVisit = z.input<typeof NewVisit>

/** What became of a reported arrival. */
export const Visit = z
  .object({
    outcome: z.enum(['counted', 'again', 'own', 'bot', 'waiting']).openapi({
      description:
        'counted; again: seen already today; own: the sharer came by their own link; bot: no person; ' +
        'waiting: the code is not registered yet, the visit is kept until it is',
    }),
  })
  .openapi('Visit')
export type Visit = z.infer<typeof Visit>
