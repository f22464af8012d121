import assert from 'node:assert/strict'
import { before, it } from 'node:test'
import type { ConversionsReport } from '../../server/contract/reports.ts'
import type { Share } from '../../server/contract/shares.ts'
import { corpusBytes, corpusFiles, corpusText, withoutCorpora } from '../support/corpora.ts'
import { BROWSER, newSite, onEveryDatabase, pageOf, serverOf, type TestSite } from '../support/databases.ts'
import { ARTICLE, mintCode, refusal, somebody } from '../support/somebody.ts'

/** Every route that takes a body, with one it accepts. */
const BODIES = {
  '/v1/visits': { code: 'code', url: ARTICLE },
  '/v1/shares': { url: ARTICLE, channel: 'copy' },
  '/v1/conversions': { name: 'purchase', value: 1, currency: 'EUR', orderId: 'A' },
  '/v1/conversions/batch': { conversions: [{ name: 'purchase' }] },
  '/v1/refunds': { refundId: 'r', orderId: 'A' },
  '/v1/owner/session': { key: 'sk' },
} as const
const PATHS = Object.keys(BODIES) as (keyof typeof BODIES)[]

type Body = string | Uint8Array<ArrayBuffer> | ReadableStream | null

onEveryDatabase('input', (bench) => {
  let site: TestSite
  before(async () => {
    site = await newSite(bench)
  })
  const send = (path: string, body: Body, headers: Record<string, string> = {}) =>
    bench.request(path, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-grapevine-site': site.publishableKey,
        'user-agent': BROWSER,
        ...headers,
      },
      body,
      duplex: 'half',
    } as RequestInit)
  const status = async (path: string, body: Body, headers?: Record<string, string>) =>
    (await send(path, body, headers)).status

  it('of every kind of JSON is read as its grammar says, and never a fault of ours', {
    skip: withoutCorpora,
  }, async () => {
    const expected = {
      y: [200, 201, 202, 401, 404, 422],
      n: [400, 422],
      i: [200, 201, 202, 400, 401, 404, 413, 422],
    }
    const files = corpusFiles('json/test_parsing').filter((name) => /^[yni]_.*json$/.test(name))
    assert.ok(files.length > 300)
    for (const path of PATHS) {
      const wrong = await Promise.all(
        files.map(async (name) => {
          const got = await status(path, corpusBytes(`json/test_parsing/${name}`))
          return expected[name[0] as 'y' | 'n' | 'i'].includes(got) ? [] : [`${name}: ${got}`]
        }),
      )
      assert.deepEqual(wrong.flat(), [], path)
    }
  })

  it('that is no JSON object in a body of its own is refused with the right status', async () => {
    const deep = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`
    const endless = new ReadableStream({
      pull(controller) {
        controller.enqueue(new Uint8Array(64 * 1024).fill(32))
      },
    })
    for (const path of PATHS) {
      const valid = JSON.stringify(BODIES[path])
      assert.equal(await status(path, ''), 400, 'empty')
      assert.equal(await status(path, null), 400, 'none')
      assert.equal(await status(path, ' \n\t'), 400, 'blank')
      assert.equal(await status(path, '{"url":'), 400)
      assert.equal(await status(path, new Uint8Array([0x22, 0xff, 0x22])), 400, 'not UTF-8')
      assert.equal(await status(path, deep(33)), 400, '33 levels')
      assert.equal(await status(path, '['.repeat(100_000)), 400, '100,000 brackets')
      assert.equal(await status(path, deep(32)), 422, '32 levels')
      assert.equal(await status(path, `"${'x'.repeat(300_000)}"`), 413, 'too large')
      for (const type of [
        '',
        'text/plain',
        'application/x-www-form-urlencoded',
        'application/jsonp',
        'application/json;',
        'application/json ; charset=utf-8',
        'multipart/form-data',
      ])
        assert.equal(await status(path, valid, { 'content-type': type }), 415, type)
      for (const none of ['null', '1', '""', '[]', 'true', '{}']) {
        const [code, field] = await refusal(send(path, none))
        assert.equal(code, 422, none)
        assert.equal(typeof field, 'string', none)
      }
    }
    assert.equal(await status('/v1/shares', endless), 413, 'too large, and nobody said how large')
  })

  it('is JSON however its content type is written', async () => {
    const body = JSON.stringify(BODIES['/v1/conversions'])
    for (const type of [
      'application/json',
      'Application/JSON',
      'application/json;charset=utf-8',
      'application/json; charset=UTF-8',
    ]) {
      assert.ok((await send('/v1/conversions', body, { 'content-type': type })).ok, type)
      assert.equal(await status('/v1/conversions', '{}', { 'content-type': type }), 422, type)
    }
  })

  it('holds no NUL, lone surrogate or number past what a double keeps, and the field is named', async () => {
    const cases: [string, string, string][] = [
      ['/v1/conversions', '{"name":"a\\u0000b"}', 'name'],
      ['/v1/conversions', '{"name":"\\ud800"}', 'name'],
      ['/v1/conversions', '{"name":"x","orderId":"\\udc00\\ud800"}', 'orderId'],
      ['/v1/conversions', '{"name":"x","value":1e400,"currency":"EUR"}', 'value'],
      ['/v1/conversions', '{"name":"x","value":-1e400,"currency":"EUR"}', 'value'],
      ['/v1/conversions', '{"name":"x","value":9007199254740992,"currency":"EUR"}', 'value'],
      ['/v1/conversions/batch', '{"conversions":[{"name":"x"},{"name":"\\u0000"}]}', 'conversions[1].name'],
      ['/v1/shares', `{"channel":"copy","url":"${ARTICLE}\\u0000"}`, 'url'],
      ['/v1/visits', '{"code":"\\u0000","url":"x"}', 'code'],
      ['/v1/owner/session', '{"key":"\\u0000"}', 'key'],
      ['/v1/shares', '{"channel":"copy","a\\u0000":1}', 'a\0'],
      ['/v1/shares', '1e400', 'json'],
      ['/v1/shares', '"\\u0000"', 'json'],
    ]
    for (const [path, body, field] of cases) {
      const [code, named] = await refusal(send(path, body))
      assert.equal(code, 422, body)
      if (!field.includes('\0')) assert.equal(named, field, body)
    }
  })

  it('of the wrong type, or unknown, is refused by the name of its field', async () => {
    const values = [null, 0, -1, 1.5, true, [], {}, '', ['x'], { a: 1 }, '\u202e', 'x'.repeat(3000)]
    const good = { ...BODIES, '/v1/visits': { ...BODIES['/v1/visits'], code: mintCode(site) } }
    for (const path of ['/v1/visits', '/v1/shares', '/v1/conversions'] as const) {
      const names = [...Object.keys(good[path]), 'age', 'arrival', 'code', 'at', 'customerId']
      for (const name of names) {
        for (const value of values) {
          const response = await send(path, JSON.stringify({ ...good[path], [name]: value }))
          if (response.ok || response.status === 403) continue
          const [code, field] = await refusal(response)
          assert.deepEqual([code, field], [422, name], `${path} ${name} ${JSON.stringify(value)}`)
        }
      }
      for (const unknown of ['x', '__proto__', 'constructor', 'toString', ''])
        assert.equal(
          (
            await refusal(
              send(path, JSON.stringify(good[path]).replace('{', `{${JSON.stringify(unknown)}:1,`)),
            )
          )[0],
          422,
          unknown,
        )
      assert.deepEqual(await refusal(send(path, JSON.stringify({ ...good[path], colour: 1 }))), [
        422,
        'colour',
      ])
    }
  })

  it('of naughty text comes back the same, or is refused', { skip: withoutCorpora }, async () => {
    const shop = await newSite(bench)
    const page = pageOf(bench, shop)
    const texts = JSON.parse(corpusText('text/blns.json')) as string[]
    const fields: [string, object, string][] = [
      ['/v1/visits', { code: mintCode(shop), url: ARTICLE }, 'code'],
      ['/v1/visits', { code: mintCode(shop), url: ARTICLE }, 'url'],
      ['/v1/shares', { url: ARTICLE, channel: 'copy' }, 'url'],
      ['/v1/shares', { url: ARTICLE, channel: 'copy' }, 'channel'],
      ['/v1/shares', { url: ARTICLE, channel: 'copy' }, 'code'],
      ['/v1/shares', { url: ARTICLE, channel: 'copy' }, 'arrival'],
      ['/v1/conversions', { name: 'x', value: 1 }, 'currency'],
      ['/v1/owner/session', {}, 'token'],
      ['/v1/owner/session', {}, 'key'],
    ]
    for (const [path, good, field] of fields) {
      const answers = await Promise.all(texts.map((text) => page(path, { ...good, [field]: text })))
      for (const answer of answers) assert.ok(answer.status < 500)
    }
    const accepted = new Map<string, string>()
    await Promise.all(
      texts.map(async (text, index) => {
        const one = { name: text, orderId: `${index}` }
        if ((await page('/v1/conversions', one)).ok) accepted.set(`${index}`, text.normalize('NFC'))
        const two = { name: 'order', orderId: `order ${text}` }
        if ((await page('/v1/conversions', two)).ok) accepted.set(`order ${text}`.normalize('NFC'), 'order')
      }),
    )
    assert.ok(accepted.size > texts.length)
    const server = serverOf(bench, shop)
    let next = ''
    do {
      const listed = await server.get<ConversionsReport>(`/v1/reports/conversions?limit=100${next}`)
      for (const { name, orderId } of listed.data) {
        assert.equal(name, accepted.get(orderId ?? ''))
        accepted.delete(orderId ?? '')
      }
      next = listed.next === null ? '' : `&cursor=${listed.next}`
    } while (next)
    assert.deepEqual([...accepted], [])
  })

  it('of naughty text in the path of a page keeps the page', { skip: withoutCorpora }, async () => {
    const texts = JSON.parse(corpusText('text/blns.json')) as string[]
    await Promise.all(
      texts.map(async (text) => {
        const url = `${ARTICLE}/${text}`
        const response = await somebody(bench, site).post('/v1/shares', { url, channel: 'copy' })
        if (response.status === 422) return
        const share = (await response.json()) as Share
        assert.equal(new URL(share.url).origin, new URL(ARTICLE).origin)
        const counts = await bench.request(`/v1/counts?url=${encodeURIComponent(share.url)}`, {
          headers: { 'x-grapevine-site': site.publishableKey },
        })
        assert.ok(((await counts.json()) as { shares: number }).shares > 0, url)
      }),
    )
  })

  it('in a query string is refused by the name of its parameter, and never a fault of ours', async () => {
    const b64 = (place: unknown) => Buffer.from(JSON.stringify(place)).toString('base64url')
    const cases: [string, number, string?][] = [
      ['overview?from=yesterday', 422, 'from'],
      ['overview?from=2026-02-30T00:00:00Z', 422, 'from'],
      ['overview?from=%00', 422, 'from'],
      ['overview?from=2026-11-20T00:00:00Z&to=2026-11-19T00:00:00Z', 422, 'to'],
      ['overview?from=2026-11-20T00:00:00Z&to=2026-11-20T00:00:00Z', 422, 'to'],
      ['overview?from=0000-01-01T00:00:00Z&to=9999-12-31T23:59:59Z', 200],
      ['timeseries?interval=year', 422, 'interval'],
      ['timeseries?interval=hour&from=2000-01-01T00:00:00Z', 422, 'interval'],
      ['timeseries?interval=month&from=0000-01-01T00:00:00Z&to=9999-12-31T23:59:59Z', 422, 'interval'],
      ['people?limit=0', 422, 'limit'],
      ['people?limit=101', 422, 'limit'],
      ['people?limit=abc', 422, 'limit'],
      ['people?limit=1.5', 422, 'limit'],
      ['people?limit=', 422, 'limit'],
      ['people?limit=1&limit=2', 422, 'limit'],
      ['people?sort=name', 422, 'sort'],
      ['people?sort=', 422, 'sort'],
      ['people?cursor=x', 422, 'cursor'],
      [`people?cursor=${b64(-1)}`, 422, 'cursor'],
      [`people?cursor=${b64(1.5)}`, 422, 'cursor'],
      [`people?cursor=${b64([1, 'x'])}`, 422, 'cursor'],
      [`people?cursor=${b64(Number.MAX_SAFE_INTEGER)}`, 200],
      [`conversions?cursor=${b64(1)}`, 422, 'cursor'],
      [`conversions?cursor=${b64([1, 'a\0'])}`, 422, 'cursor'],
      [`conversions?cursor=${b64([1, '\ud800'])}`, 422, 'cursor'],
      [`cascades?cursor=${b64([1, '\0'])}`, 422, 'cursor'],
      [`cascades?cursor=${b64({ 0: 1 })}`, 422, 'cursor'],
      [`cascades?cursor=${'A'.repeat(501)}`, 422, 'cursor'],
      ['cascades?cursor=%ff', 422, 'cursor'],
      ['attribution?split=all', 422, 'split'],
      ['attribution?touch=all', 422, 'touch'],
      ['attribution?by=__proto__', 422, 'by'],
      ...['person', 'buyer', 'share', 'channel', 'url'].flatMap((filter): [string, number, string?][] => [
        [`conversions?${filter}=`, 200],
        [`conversions?${filter}=%25_%5C'"%F0%9F%98%80`, 200],
        [`conversions?${filter}=-P6sHdOW--NuS_MS`, 200],
        [`conversions?${filter}=__proto__&${filter}=x`, 422, filter],
        [`conversions?${filter}=%00`, 422, filter],
        [`conversions?${filter}=${'x'.repeat(2001)}`, 422, filter],
      ]),
      ['conversions?url=https://shop.example:99999/', 200],
      ['conversions?format=xml', 422, 'format'],
      ['conversions?format=csv', 200],
      ['funnel?by=person', 422, 'by'],
      ['funnel?limit=0', 422, 'limit'],
      [`funnel?cursor=${b64([1, 'x'])}`, 422, 'cursor'],
      ['funnel?from=2026-11-20T00:00:00Z&to=2026-11-20T00:00:00Z', 422, 'to'],
      ['dividend?currency=EURO', 422, 'currency'],
      ['dividend?from=never', 422, 'from'],
      ['dividend?from=0000-01-01T00:00:00Z&to=9999-12-31T23:59:59Z', 200],
      ['people/x?from=never', 422, 'from'],
      ['people/x?from=0000-01-01T00:00:00Z', 404],
      ['overview?unknown=%00', 422, 'unknown'],
      ['cascades/%00', 404],
      ['cascades/x%00y', 404],
      ['cascades/%ff', 404],
      ['cascades/%ED%A0%80', 404],
      ['cascades/..%2f', 404],
      [`cascades/${'x'.repeat(5000)}`, 404],
    ]
    for (const [path, expected, field] of cases) {
      const response = await bench.request(`/v1/reports/${path}`, {
        headers: { authorization: `Bearer ${site.secretKey}` },
      })
      assert.equal(response.status, expected, `${path}: ${await response.clone().text()}`)
      if (field !== undefined) assert.equal((await refusal(response))[1], field, path)
    }
    for (const [query, expected] of [
      ['', 422],
      ['?url=', 422],
      ['?url=%00', 422],
      ['?url=https://elsewhere.example/', 422],
      [`?url=${ARTICLE}`, 200],
      [`?url=${ARTICLE}/never`, 200],
    ] as const) {
      const response = await bench.request(`/v1/counts${query}`, {
        headers: { 'x-grapevine-site': site.publishableKey },
      })
      assert.equal(response.status, expected, query)
    }
  })

  it('at a place that is not there is a 404 in the one shape', async () => {
    for (const path of ['/v1/nothing', '/nothing', '/v1/visits', '/%00', '/v1/reports/%ff']) {
      const response = await bench.request(path)
      assert.equal(response.status, 404, path)
      assert.equal((await refusal(response))[0], 404)
    }
  })
})
