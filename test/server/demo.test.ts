import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createDemo } from '../../demo/app.ts'
import { ARTICLES } from '../../demo/articles.ts'

const keys = { publishableKey: 'pk_abcdef', secretKey: 'sk_abcdef_secret' }
// Port 9 (discard) has no server: the shop must sell all the same.
const demo = createDemo({ ...keys, server: 'http://127.0.0.1:9' })

const order = (form: Record<string, string>, headers: Record<string, string> = {}) =>
  demo.request('http://shop.example/orders', {
    method: 'POST',
    body: new URLSearchParams(form),
    headers: { accept: 'application/json', origin: 'http://shop.example', ...headers },
  })

describe('the demo', () => {
  test('serves every page it links to', async () => {
    const seen = new Set<string>()
    const queue = ['/']
    for (const path of queue) {
      if (seen.has(path)) continue
      seen.add(path)
      const response = await demo.request(path)
      assert.equal(response.status, 200, path)
      const links = (await response.text()).matchAll(/(?:href|src)="(\/[^"]*)"/g)
      queue.push(...Array.from(links, ([, link]) => link ?? '/'))
    }
    assert.ok(seen.size >= ARTICLES.length + 5, [...seen].join(' '))
  })

  test('names the canonical address of a page without its query', async () => {
    const page = await (await demo.request('http://shop.example/shop?gv=abc&utm_source=x')).text()
    assert.match(page, /<link rel="canonical" href="http:\/\/shop\.example\/shop">/)
  })

  test('allows scripts only from itself and from Grapevine', async () => {
    const policy = (await demo.request('/')).headers.get('content-security-policy') ?? ''
    assert.match(policy, /script-src 'self' http:\/\/127\.0\.0\.1:9;/)
    assert.match(policy, /require-trusted-types-for 'script'; trusted-types lit-html$/)
  })

  test('shows text as text, and never its secret key', async () => {
    const hostile = createDemo({
      ...keys,
      server: 'http://127.0.0.1:9',
      publishableKey: '"><script>alert(1)</script>',
    })
    const page = await (await hostile.request('http://shop.example/articles/%3Cimg%20src=x%3E')).text()
    assert.doesNotMatch(page, /<script>alert|<img src=x/)
    assert.doesNotMatch(await (await demo.request('/shop')).text(), /sk_abcdef/)
  })

  test('takes the price from its own list, whatever the browser says', async () => {
    const response = await order({ product: 'tin-can-telephone', quantity: '2', value: '1', price: '1' })
    assert.equal(response.status, 201)
    const { value, currency, page } = (await response.json()) as Record<string, string>
    assert.deepEqual({ value, currency }, { value: 9800, currency: 'EUR' })
    assert.match(await (await demo.request(page ?? '')).text(), /2 × Tin-can telephone, €98\.00 in all/)
  })

  test('keeps what is typed as a coupon with the order, as text', async () => {
    const response = await order({ product: 'notebook', quantity: '1', coupon: ' <b>GIFT-1</b> ' })
    const { coupon, page } = (await response.json()) as Record<string, string>
    assert.equal(coupon, '<b>GIFT-1</b>')
    const shown = await (await demo.request(page ?? '')).text()
    assert.match(shown, /coupon <strong>&lt;b&gt;GIFT-1&lt;\/b&gt;<\/strong>/)
    const without = (await (
      await order({ product: 'notebook', quantity: '1', coupon: ' ' })
    ).json()) as object
    assert.deepEqual('coupon' in without, false)
  })

  test('confirms an order also where scripts are off', async () => {
    const response = await order({ product: 'notebook', quantity: '1' }, { accept: 'text/html' })
    assert.equal(response.status, 303)
    assert.match(response.headers.get('location') ?? '', /^\/orders\/[2-9A-Z]{12}$/)
  })

  for (const form of [
    { product: 'moon' },
    { product: 'notebook', quantity: '-1' },
    { product: 'notebook', quantity: '0.5' },
  ])
    test(`does not sell ${JSON.stringify(form)}`, async () => {
      assert.equal((await order({ quantity: '1', ...form })).status, 422)
    })

  test('takes no order from another site', async () => {
    const response = await order(
      { product: 'notebook', quantity: '1' },
      { origin: 'http://elsewhere.example' },
    )
    assert.equal(response.status, 403)
  })

  test('says so where there is no such page or order', async () => {
    for (const path of ['/articles/none', '/orders/NONE', '/nowhere'])
      assert.equal((await demo.request(path)).status, 404, path)
  })
})
