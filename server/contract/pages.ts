import { z } from '@hono/zod-openapi'
import { Id, Named, PageUrl } from './values.ts'

/** Who wrote a page: they get the author's part of what its shares bring. */
export const NewAuthor = z
  .strictObject({
    url: PageUrl,
    customerId: z.string().min(1).max(128).optional().openapi({
      description: "The site's own name for the author, who need not have acted yet",
    }),
    person: Id.nullable().optional().openapi({
      description: 'The author as a person of this site; null for nobody',
    }),
  })
  .refine(({ customerId, person }) => (customerId === undefined) !== (person === undefined), {
    path: ['person'],
    message: 'or customerId says who it is: give one of them',
  })
  .openapi('NewAuthor')
export type NewAuthor = z.input<typeof NewAuthor>

/** A page and its author. */
export const PageAuthor = z
  .object({ id: z.string(), url: z.string(), author: Named.nullable() })
  .openapi('PageAuthor')
export type PageAuthor = z.infer<typeof PageAuthor>

/** That a page moved, or all pages whose URL begins so: its thread and its counts move along. */
export const NewMove = z
  .strictObject({
    from: PageUrl.openapi({ description: 'Where it was: also on an origin that the site no longer has' }),
    to: PageUrl,
    prefix: z.boolean().default(false),
  })
  .openapi('NewMove')
export type NewMove = z.input<typeof NewMove>
export const Move = z
  .object({ id: z.string(), from: z.string(), to: z.string(), prefix: z.boolean(), at: z.string() })
  .openapi('Move')
export type Move = z.infer<typeof Move>
export const Moves = z.object({ data: z.array(Move) }).openapi('Moves')
export type Moves = z.infer<typeof Moves>
