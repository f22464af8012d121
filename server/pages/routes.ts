import { createRoute } from '@hono/zod-openapi'
import { NewAuthor, PageAuthor } from '../contract/pages.ts'
import { asOwner } from '../credentials.ts'
import { body, createRouter, json, refusals } from '../http.ts'
import { once } from '../idempotency.ts'
import { sharedUrl } from './rules.ts'
import { setAuthor } from './set-author.ts'

const putAuthor = createRoute({
  method: 'put',
  path: '/v1/pages/author',
  tags: ['owner'],
  summary: 'Say who wrote a page',
  security: [{ secretKey: [] }, { ownerCookie: [] }],
  middleware: [asOwner] as const,
  request: body(NewAuthor),
  responses: { 200: json(PageAuthor, 'The page with its author'), ...refusals },
})

/** What the owner says of pages. */
export const pageRoutes = () =>
  createRouter().openapi(putAuthor, async (c) => {
    const { id, origins } = c.get('site')
    const input = c.req.valid('json')
    const { person, customerId } = input
    const url = sharedUrl(input.url, origins)
    const { answer } = await once(c, input, async (work) => ({
      status: 200,
      answer: await setAuthor(work, id, url, person === null ? null : { person, customerId }),
    }))
    return c.json(answer, 200)
  })
