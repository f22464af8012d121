import { createRoute, z } from '@hono/zod-openapi'
import { pageNamed } from '../contract/comments.ts'
import { Counts, ManyCounts, NewCounts } from '../contract/shares.ts'
import { asPage } from '../credentials.ts'
import { body, createRouter, json, refusals } from '../http.ts'
import { sharedUrl } from '../pages/rules.ts'
import { rateLimited } from '../rate-limit.ts'
import { countPages } from './count-pages.ts'

const limit = rateLimited({ perMinute: 300, burst: 120 })

const getCounts = createRoute({
  method: 'get',
  path: '/v1/counts',
  tags: ['page'],
  summary: 'Public counts of a page',
  security: [{ publishableKey: [] }],
  middleware: [asPage, limit] as const,
  request: { query: z.object(pageNamed) },
  responses: { 200: json(Counts, 'Counts of the page; 0 for one nobody has passed on'), ...refusals },
})

const postCounts = createRoute({
  method: 'post',
  path: '/v1/counts',
  tags: ['page'],
  summary: 'Public counts of many pages, as lists of articles show them',
  security: [{ publishableKey: [] }],
  middleware: [asPage, limit] as const,
  request: body(NewCounts),
  responses: { 200: json(ManyCounts, 'The counts, in the order asked for'), ...refusals },
})

/** Public counts of pages. */
export const countRoutes = () =>
  createRouter()
    .openapi(getCounts, async (c) => {
      const { id, origins } = c.get('site')
      const { url, pageId } = c.req.valid('query')
      const [counts] = await countPages(c.get('deps').read, id, [{ url: sharedUrl(url, origins), pageId }])
      return c.json(counts as Counts, 200)
    })
    .openapi(postCounts, async (c) => {
      const { id, origins } = c.get('site')
      const pages = c.req.valid('json').pages.map(({ url, pageId }, index) => ({
        url: sharedUrl(url, origins, `pages[${index}].url`),
        pageId,
      }))
      return c.json({ data: await countPages(c.get('deps').read, id, pages) }, 200)
    })
