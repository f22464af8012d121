import { createRoute } from '@hono/zod-openapi'
import { NewAuthor, PageAuthor } from '../contract/pages.ts'
import { asOwner } from '../credentials.ts'
import { body, createRouter, json, refusals } from '../http.ts'
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
    const { write } = c.get('deps')
    const { id, origins } = c.get('site')
    const { url, ...author } = c.req.valid('json')
    return c.json(await write((work) => setAuthor(work, id, sharedUrl(url, origins), author)), 200)
  })
