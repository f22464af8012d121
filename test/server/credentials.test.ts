import assert from 'node:assert/strict'
import { before, it } from 'node:test'
import { sql } from 'kysely'
import { createApp } from '../../server/app.ts'
import type { Conversion } from '../../server/contract/conversions.ts'
import type { CascadesReport } from '../../server/contract/reports.ts'
import { issueSignInLink } from '../../server/sites/sign-in-owner.ts'
import {
  BROWSER,
  newSite,
  newToken,
  ORIGIN,
  onEveryDatabase,
  pageOf,
  serverOf,
  type TestSite,
} from '../support/databases.ts'
import { ARTICLE, mintCode, refusal, somebody } from '../support/somebody.ts'

const HOUR = 60 * 60_000

onEveryDatabase('credentials', (bench) => {
  let site: TestSite
  before(async () => {
    site = await newSite(bench, [ORIGIN, 'http://localhost:3000'])
  })
  const share = JSON.stringify({ url: ARTICLE, channel: 'copy' })
  const post = (path: string, headers: Record<string, string>, body = share) =>
    bench.request(path, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body })
  const cors = (response: Response) => response.headers.get('access-control-allow-origin')
  const asPage = (more: Record<string, string> = {}) => ({ 'x-grapevine-site': site.publishableKey, ...more })

  it('that no site has are refused', async () => {
    const otherPage = { 'x-grapevine-site': site.secretKey }
    const cases: [Record<string, string>, number][] = [
      [{}, 401],
      [{ 'x-grapevine-site': '' }, 401],
      [{ 'x-grapevine-site': 'pk_' }, 401],
      [{ 'x-grapevine-site': `${site.publishableKey}x` }, 401],
      [{ 'x-grapevine-site': site.publishableKey.slice(0, -1) }, 401],
      [{ 'x-grapevine-site': site.publishableKey.toUpperCase() }, 401],
      [otherPage, 401],
      [{ authorization: `Bearer ${site.publishableKey}` }, 401],
      [{ authorization: `Bearer ${site.secretKey}x` }, 401],
      [{ authorization: `Bearer sk_${site.id}${'0'.repeat(32)}` }, 401],
      [{ authorization: `Bearer sk_%00` }, 401],
      [asPage({ authorization: 'Bearer pt_short' }), 401],
      [asPage({ authorization: 'Bearer something-else-that-is-long-enough-to-be-a-token' }), 401],
      [asPage({ origin: 'https://evil.example' }), 403],
      [asPage({ origin: 'null' }), 403],
      [asPage({ origin: 'http://shop.example' }), 403],
      [asPage({ origin: `${ORIGIN}.evil.example` }), 403],
      [asPage({ origin: `${ORIGIN}:8443` }), 403],
    ]
    for (const [headers, status] of cases) {
      const response = await post('/v1/shares', headers)
      assert.equal(response.status, status, JSON.stringify(headers))
      assert.equal(cors(response), null)
    }
    for (const [headers, status] of [
      [{}, 401],
      [asPage({ origin: ORIGIN }), 401],
      [{ authorization: `Bearer ${site.publishableKey}` }, 401],
      [{ authorization: `Bearer ${newToken()}` }, 401],
      [{ cookie: 'grapevine_owner=os_x' }, 401],
      [{ cookie: `grapevine_owner=${site.secretKey}` }, 401],
      [{ authorization: `bearer  ${site.secretKey}` }, 200],
    ] as [Record<string, string>, number][])
      assert.equal((await bench.request('/v1/reports/overview', { headers })).status, status)
  })

  it('let a page of each of the site’s origins read every answer, refusals too', async () => {
    for (const origin of site.origins) {
      const headers = asPage({ origin, 'user-agent': BROWSER })
      for (const [body, status] of [
        [share, 201],
        ['{"url":1}', 422],
        ['{"url":"\\u0000"}', 422],
        ['{', 400],
        [`"${'x'.repeat(300_000)}"`, 413],
      ] as const) {
        const response = await post('/v1/shares', headers, body)
        assert.deepEqual([response.status, cors(response)], [status, origin])
        assert.equal(response.headers.get('vary'), 'origin, x-grapevine-site')
      }
      const notFound = await post(
        '/v1/visits',
        headers,
        JSON.stringify({ code: mintCode(await newSite(bench)), url: ARTICLE }),
      )
      assert.deepEqual([notFound.status, cors(notFound)], [404, origin])
    }
  })

  it('tell caches that an answer is for one site and one origin, also where no origin is named', async () => {
    const path = `/v1/counts?url=${encodeURIComponent(ARTICLE)}`
    for (const headers of [asPage(), asPage({ origin: ORIGIN })])
      assert.equal((await bench.request(path, { headers })).headers.get('vary'), 'origin, x-grapevine-site')
  })

  it('are not asked for by a preflight', async () => {
    const response = await bench.request('/v1/shares', {
      method: 'OPTIONS',
      headers: {
        origin: ORIGIN,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type,idempotency-key,x-grapevine-site',
      },
    })
    assert.deepEqual([response.status, cors(response)], [204, ORIGIN])
    const allowed = response.headers.get('access-control-allow-headers') ?? ''
    for (const name of ['authorization', 'content-type', 'idempotency-key', 'x-grapevine-site'])
      assert.ok(allowed.includes(name), name)
    assert.equal(response.headers.get('access-control-allow-credentials'), null)
  })

  it('of one site show nothing of another: the same bytes as for what does not exist', async () => {
    const other = await newSite(bench)
    const theirs = await somebody(bench, other).share()
    const authorization = `Bearer ${site.secretKey}`
    const text = async (path: string, method: string) => {
      const response = await bench.request(path, { method, headers: { authorization } })
      return `${response.status} ${await response.text()}`.replace(/"requestId":"[^"]*"/, '')
    }
    for (const [path, method] of [
      ['/v1/reports/cascades/', 'GET'],
      ['/v1/shares/', 'DELETE'],
    ] as const) {
      const foreign = await text(path + theirs.code, method)
      assert.match(foreign, /^404 /)
      assert.equal(foreign, await text(path + mintCode(site), method))
      assert.equal(foreign, await text(path + mintCode(other), method))
    }
    const order = { name: 'purchase', orderId: 'same' }
    await somebody(bench, other).convert({ ...order, value: 1, currency: 'EUR' })
    const mine = (await (await serverOf(bench, site).post('/v1/conversions', order)).json()) as Conversion
    assert.equal(mine.outcome, 'recorded')
    const { data } = await serverOf(bench, site).get<CascadesReport>('/v1/reports/cascades')
    assert.ok(data.every(({ root }) => root.startsWith(site.id)))
  })

  it('sign an owner in by a link, once', async () => {
    const token = await bench.deps.write((work) => issueSignInLink(work, site.id))
    const signIn = () => post('/v1/owner/session', {}, JSON.stringify({ token }))
    const responses = await Promise.all([signIn(), signIn(), signIn()])
    const [good, ...more] = responses.filter(({ status }) => status === 200)
    assert.deepEqual([good?.status, more], [200, []])
    assert.deepEqual(await refusal(signIn()), [401, 'token'])
    const cookie = good?.headers.get('set-cookie') ?? ''
    for (const flag of ['HttpOnly', 'SameSite=Strict', 'Secure', 'Path=/', 'Max-Age='])
      assert.ok(cookie.includes(flag), flag)
    const headers = { cookie: cookie.split(';')[0] ?? '' }
    const sites = await bench.request('/v1/sites', { headers })
    assert.deepEqual(
      ((await sites.json()) as { data: { id: string }[] }).data.map(({ id }) => id),
      [site.id],
    )
    assert.equal(sites.headers.get('cache-control'), 'private, no-store')

    const out = await bench.request('/v1/owner/session', { method: 'DELETE', headers })
    assert.equal(out.status, 204)
    assert.match(out.headers.get('set-cookie') ?? '', /Max-Age=0/)
    assert.equal((await bench.request('/v1/sites', { headers })).status, 401)
    assert.equal((await bench.request('/v1/owner/session', { method: 'DELETE', headers })).status, 204)
  })

  it('sign no owner in by a link that is wrong or too old, nor keep one in for ever', async () => {
    const old = await bench.deps.write((work) => issueSignInLink(work, site.id))
    bench.clock.now += HOUR
    for (const token of [old, `ol_${site.id}${'0'.repeat(32)}`, 'x', site.secretKey])
      assert.deepEqual(await refusal(post('/v1/owner/session', {}, JSON.stringify({ token }))), [
        401,
        'token',
      ])
    assert.deepEqual(
      await refusal(post('/v1/owner/session', {}, JSON.stringify({ key: site.publishableKey }))),
      [401, 'key'],
    )
    const session = await post('/v1/owner/session', {}, JSON.stringify({ key: site.secretKey }))
    assert.equal(session.status, 200)
    const headers = { cookie: session.headers.get('set-cookie')?.split(';')[0] ?? '' }
    assert.equal((await bench.request('/v1/sites', { headers })).status, 200)
    bench.clock.now += 30 * 24 * HOUR
    assert.equal((await bench.request('/v1/sites', { headers })).status, 401)
  })

  it('are kept nowhere in clear', async () => {
    const token = newToken()
    const link = await bench.deps.write((work) => issueSignInLink(work, site.id))
    await somebody(bench, site, token).share()
    await somebody(bench, site, token).post(
      '/v1/conversions',
      { name: 'x' },
      { 'idempotency-key': 'kept-secret' },
    )
    await serverOf(bench, site).post('/v1/conversions', { name: 'x', customerId: 'customer-in-clear' })
    const session = await post('/v1/owner/session', {}, JSON.stringify({ key: site.secretKey }))
    const cookie = /grapevine_owner=([^;]+)/.exec(session.headers.get('set-cookie') ?? '')?.[1] ?? ''
    const secrets = [token, link, cookie, site.secretKey, 'kept-secret', 'customer-in-clear'].map((s) =>
      s.replace(/^.._/, ''),
    )
    assert.ok(secrets.every((secret) => secret.length > 10))
    let rows = 0
    for (const { name } of await bench.deps.read.introspection.getTables()) {
      const table = await sql`select * from ${sql.table(name)}`.execute(bench.deps.read)
      rows += table.rows.length
      for (const secret of secrets) assert.ok(!JSON.stringify(table.rows).includes(secret), name)
    }
    assert.ok(rows > 10)
  })

  /** An app that limits, behind `trustProxy` proxies; asks it as somebody at an address. */
  function limited(trustProxy = 0) {
    const deps = { ...bench.deps, config: { ...bench.deps.config, rateLimit: true, trustProxy } }
    const app = createApp(deps, 'dist/widgets')
    return async (address: string, headers: Record<string, string> = asPage(), forwarded?: string) =>
      app.request(
        '/v1/conversions',
        {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            ...headers,
            ...(forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }),
          },
          body: '{"name":"x"}',
        },
        { incoming: { socket: { remoteAddress: address } } },
      )
  }

  it('limit nobody who asks for receipts by a secret key', async () => {
    const deps = { ...bench.deps, config: { ...bench.deps.config, rateLimit: true } }
    const app = createApp(deps, 'dist/widgets')
    const ask = (headers: Record<string, string>) => app.request('/v1/rewards/none/receipt', { headers })
    const key = { authorization: `Bearer ${site.secretKey}` }
    const token = { ...asPage(), authorization: `Bearer ${newToken()}` }
    const statuses = async (headers: Record<string, string>) =>
      new Set((await Promise.all(Array.from({ length: 50 }, () => ask(headers)))).map(({ status }) => status))
    assert.deepEqual(await statuses(key), new Set([404]))
    assert.deepEqual(await statuses(token), new Set([404, 429]))
  })

  /** How many of 50 requests pass. */
  async function passing(ask: (index: number) => Promise<Response>) {
    const statuses = await Promise.all(
      Array.from({ length: 50 }, async (_, index) => (await ask(index)).status),
    )
    return statuses.filter((status) => status === 201).length
  }

  it('limit a page’s rate, tell when to come again, and refill by the clock', async () => {
    const ask = limited()
    const first = await passing(() => ask('192.0.2.1'))
    assert.ok(first >= 30 && first < 35, `${first}`)
    const refused = await ask('192.0.2.1')
    assert.equal(refused.status, 429)
    assert.ok(Number(refused.headers.get('retry-after')) >= 1)
    bench.clock.now += Number(refused.headers.get('retry-after')) * 1000
    assert.equal((await ask('192.0.2.1')).status, 201)
    assert.equal((await ask('192.0.2.1')).status, 429)
  })

  it('limit each network and each site for itself, and a secret key never', async () => {
    const ask = limited()
    const all = 50
    await passing(() => ask('192.0.2.1'))
    assert.ok((await passing(() => ask('192.0.2.2'))) > 0)
    const other = await newSite(bench)
    assert.ok((await passing(() => ask('192.0.2.1', { 'x-grapevine-site': other.publishableKey }))) > 0)
    assert.equal(await passing(() => ask('192.0.2.1', { authorization: `Bearer ${site.secretKey}` })), all)
    assert.equal(await passing((index) => ask(`192.0.2.${100 + index}`)), all)
    const inOne = (addresses: (index: number) => string) => passing((index) => limitedOnce(addresses(index)))
    let limitedOnce = limited()
    assert.ok((await inOne((index) => `2001:db8:0:0:${index.toString(16)}::1`)) < 35)
    limitedOnce = limited()
    assert.ok((await inOne((index) => `2001:db8::${index.toString(16)}:0:0:1`)) < 35)
    limitedOnce = limited()
    assert.equal(await inOne((index) => `2001:db8:1:${index.toString(16)}::1`), all)
  })

  it('count X-Forwarded-For from the right, as many hops as are trusted', async () => {
    const proxy = '10.0.0.1'
    const cases: [number, (index: number) => string, 'one' | 'many'][] = [
      [0, (index) => `198.51.100.${index}`, 'one'],
      [1, (index) => `198.51.100.${index}`, 'many'],
      [1, (index) => `198.51.100.${index}, 203.0.113.1`, 'one'],
      [2, (index) => `198.51.100.${index}, 203.0.113.1`, 'many'],
      [2, (index) => `198.51.100.${index}, 203.0.113.1, 203.0.113.2`, 'one'],
      [1, () => '', 'one'],
    ]
    for (const [trusted, forwarded, expected] of cases) {
      const ask = limited(trusted)
      const passed = await passing((index) => ask(proxy, asPage(), forwarded(index)))
      assert.equal(passed === 50 ? 'many' : 'one', expected, `${trusted} ${forwarded(1)}`)
    }
  })

  it('are needed by nobody to see whether the server is well', async () => {
    const health = await bench.request('/healthz')
    assert.deepEqual([health.status, await health.json()], [200, { status: 'ok' }])
    assert.equal((await pageOf(bench, site)('/v1/nothing', {})).status, 404)
  })
})
