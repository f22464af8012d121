import { createHash } from 'node:crypto'
import { createRoute, z } from '@hono/zod-openapi'
import { pageNamed } from '../contract/comments.ts'
import { createRouter, refusals } from '../http.ts'
import { sharedUrl } from '../pages/rules.ts'
import { rateLimited } from '../rate-limit.ts'
import { asReader } from './as-reader.ts'
import { threadHtml } from './html-thread.ts'
import { findThread } from './read-thread.ts'
import { readWholeThread } from './read-whole-thread.ts'

/** Nothing runs there and nothing is loaded; the site's own pages may show it in a frame. */
const policyFor = (origins: readonly string[]): string =>
  `default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors ${origins.join(' ')}`

const getHtml = createRoute({
  method: 'get',
  path: '/v1/threads/html',
  tags: ['anyone'],
  summary: 'The comments of a page as HTML: complete, without scripts, 500 a page',
  middleware: [asReader, rateLimited({ perMinute: 120, burst: 60 })] as const,
  request: {
    query: z.object({
      ...pageNamed,
      site: z.string().max(64).optional().openapi({ description: 'The publishable key: pk_…' }),
      after: z.string().max(500).optional().openapi({ description: 'Where to go on: links lead there' }),
    }),
  },
  responses: {
    200: {
      description: 'The comments, described by schema.org microdata',
      content: { 'text/html': { schema: z.string() } },
    },
    304: { description: 'It is as it was when the ETag was given' },
    ...refusals,
  },
})

/** Threads as plain pages. */
export const htmlRoutes = () =>
  createRouter().openapi(getHtml, async (c) => {
    const { read, config } = c.get('deps')
    const site = c.get('site')
    const { url: given, pageId, after } = c.req.valid('query')
    const url = sharedUrl(given, site.origins)
    const { page, thread } = await findThread(read, site.id, { url, pageId })
    const known =
      page === undefined
        ? undefined
        : await read
            .selectFrom('page')
            .select(['url', 'title'])
            .where('site_id', '=', site.id)
            .where('id', '=', page)
            .executeTakeFirst()
    const { comments, next } =
      page === undefined ? { comments: [], next: null } : await readWholeThread(read, site.id, page, after)
    const here = (place?: string) => {
      const address = new URL('/v1/threads/html', config.publicUrl)
      address.searchParams.set('url', url.href)
      if (pageId !== undefined) address.searchParams.set('pageId', pageId)
      address.searchParams.set('site', site.publishableKey)
      if (place !== undefined) address.searchParams.set('after', place)
      return address.href
    }
    const body = String(
      await threadHtml({
        ...{ url: known?.url ?? url.href, title: known?.title ?? null },
        ...{ count: thread?.comments ?? 0, firstAt: thread?.first_at ?? null, comments },
        ...{ first: after === undefined ? null : here(), next: next === null ? null : here(next) },
      }),
    )
    const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`
    c.header('etag', etag)
    c.header('cache-control', 'no-cache')
    c.header('content-security-policy', policyFor(site.origins))
    c.header('x-content-type-options', 'nosniff')
    c.header('referrer-policy', 'no-referrer')
    if (c.req.header('if-none-match') === etag) return c.body(null, 304)
    return c.html(body, 200)
  })
