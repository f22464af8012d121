import { type OpenAPIHono, type RouteConfig, z } from '@hono/zod-openapi'
import { Hono } from 'hono'
import type { Env } from '../http.ts'
import type { Links } from './follow-code.ts'

const described: RouteConfig = {
  method: 'get',
  path: '/r/{code}',
  tags: ['anyone'],
  summary: "The short link: leads to the share's own page, with the query that came along",
  request: { params: z.object({ code: z.string() }) },
  responses: {
    302: { description: 'To the page, with the code; a revoked one leads there without' },
    404: { description: 'A page that says so' },
  },
}

const HEADERS = { 'cache-control': 'no-store', 'x-robots-tag': 'noindex' }

const NOT_FOUND = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>No such link</title><h1>This link leads nowhere</h1>
<p>It may have been mistyped. Ask whoever sent it to you for a new one.</p></html>`

/** Short links, ahead of all that other routes need: the redirect is what a visitor waits for. */
export function shortLinkRoutes(links: Links, { openAPIRegistry }: OpenAPIHono<Env>): Hono<Env> {
  openAPIRegistry.registerPath(described)
  return new Hono<Env>().get('/r/:code', async (c) => {
    const [, query = ''] = /(\?[^#]*)/.exec(c.req.url) ?? []
    const target = await links.follow(c.req.param('code'), query)
    if (target) return new Response(null, { status: 302, headers: { ...HEADERS, location: target } })
    return c.html(NOT_FOUND, 404, HEADERS)
  })
}
