import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { csrf } from 'hono/csrf'
import { articleBySlug } from './articles.ts'
import { openOrders } from './orders.ts'
import { articlePage } from './pages/article.ts'
import { homePage } from './pages/home.ts'
import { invitePage } from './pages/invite.ts'
import type { Frame } from './pages/layout.ts'
import { notFoundPage } from './pages/not-found.ts'
import { orderPage } from './pages/order.ts'
import { shopPage } from './pages/shop.ts'
import { type GrapevineAccount, reportOrder } from './report-order.ts'

/** What the demo needs to know of its site at Grapevine. */
export interface DemoOptions extends GrapevineAccount {
  /** `pk_…`, shown in every page. */
  publishableKey: string
}

const assets = { 'demo.css': 'text/css', 'shop.js': 'text/javascript', 'icon.svg': 'image/svg+xml' }

/** A magazine with a shop, as a customer of Grapevine would run one. */
export function createDemo({ server, publishableKey, secretKey }: DemoOptions): Hono {
  const orders = openOrders()
  const app = new Hono()
  const frame = (url: string): Frame => ({
    server,
    publishableKey,
    url: new URL(new URL(url).pathname, url).href,
  })

  app.use(async (c, next) => {
    await next()
    c.header('Content-Security-Policy', policy(new URL(server).origin))
    c.header('X-Content-Type-Options', 'nosniff')
    c.header('Referrer-Policy', 'strict-origin-when-cross-origin')
  })

  app.get('/', (c) => c.html(homePage(frame(c.req.url))))
  app.get('/articles/:slug', (c) => {
    const article = articleBySlug(c.req.param('slug'))
    return article ? c.html(articlePage(frame(c.req.url), article)) : c.notFound()
  })
  app.get('/shop', (c) => c.html(shopPage(frame(c.req.url))))
  app.get('/invite', (c) => c.html(invitePage(frame(c.req.url))))

  app.post('/orders', csrf(), bodyLimit({ maxSize: 10_000 }), async (c) => {
    const { product, quantity, coupon = '' } = await c.req.parseBody()
    const order = orders.place(String(product), Number(quantity), String(coupon))
    if (!order) return c.text('The shop does not sell that.', 422)
    // The customer need not wait for our bookkeeping.
    void reportOrder({ server, secretKey }, order)
    const page = `/orders/${order.id}`
    const { id: orderId, value, currency, coupon: typed } = order
    return c.req.header('accept') === 'application/json'
      ? c.json({ orderId, value, currency, ...(typed && { coupon: typed }), page }, 201)
      : c.redirect(page, 303)
  })
  app.get('/orders/:id', (c) => {
    const order = orders.byId(c.req.param('id'))
    c.header('Cache-Control', 'no-store')
    return order ? c.html(orderPage(frame(c.req.url), order)) : c.notFound()
  })

  for (const [name, type] of Object.entries(assets)) {
    const text = readFileSync(join(import.meta.dirname, 'public', name), 'utf8')
    app.get(`/${name}`, (c) =>
      c.body(text, 200, { 'Content-Type': `${type}; charset=utf-8`, 'Cache-Control': 'no-cache' }),
    )
  }
  app.notFound((c) => c.html(notFoundPage(frame(c.req.url)), 404))
  return app
}

// As strict as a site can be: nothing inline, nothing from anywhere but here and Grapevine, no text turned into script.
const policy = (grapevine: string): string =>
  [
    "default-src 'none'",
    `script-src 'self' ${grapevine}`,
    "style-src 'self'",
    `connect-src 'self' ${grapevine}`,
    // Pictures of people come from Grapevine, which has made them anew.
    `img-src 'self' data: ${grapevine}`,
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types lit-html',
  ].join('; ')
