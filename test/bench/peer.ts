import { serve } from '@hono/node-server'
import { Hono } from 'hono'

/**
 * The peer, a process of its own: the same framework on the same HTTP server reads the same requests and answers
 * constants. What our server takes more than this is what it does for it.
 */
let bytes = new Uint8Array()
const app = new Hono()
  .post('/bytes', async (c) => {
    bytes = new Uint8Array(await c.req.arrayBuffer())
    return c.body(null, 204)
  })
  .get('/bytes', (c) => c.body(bytes, 200, { 'content-type': 'application/json' }))
  .post('/v1/comments', async (c) => {
    await c.req.json()
    return c.json({ comment: {} }, 201)
  })
  .post('/v1/visits', async (c) => {
    await c.req.json()
    return c.json({ outcome: 'counted' })
  })
  .get('/r/:code', (c) => c.redirect(`https://shop.example/articles/1?gv=${c.req.param('code')}`, 302))
  .get('/healthz', (c) => c.text('ok'))

serve({ fetch: app.fetch, hostname: '127.0.0.1', port: Number(process.env.PORT) })
