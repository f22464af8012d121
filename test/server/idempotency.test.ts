import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { Overview } from '../../server/contract/reports.ts'
import { sweep } from '../../server/jobs.ts'
import { newSite, onEveryDatabase, pageOf, serverOf, type TestSite } from '../support/databases.ts'
import { ARTICLE, mintCode, refusal, SHOP, somebody } from '../support/somebody.ts'

onEveryDatabase('an idempotency key', (bench) => {
  const key = () => ({ 'idempotency-key': crypto.randomUUID() })
  const share = { url: ARTICLE, channel: 'copy' }
  const totals = async (site: TestSite) =>
    (await serverOf(bench, site).get<Overview>('/v1/reports/overview')).totals

  it('gets the first answer again, byte for byte, whatever has happened since', async () => {
    const site = await newSite(bench)
    const { code } = await somebody(bench, site).share()
    const requests: [string, object][] = [
      ['/v1/shares', share],
      ['/v1/visits', { code, url: ARTICLE }],
      ['/v1/visits', { code: mintCode(site), url: ARTICLE }],
      ['/v1/conversions', { name: 'purchase', value: 1, currency: 'EUR' }],
      ['/v1/conversions/batch', { conversions: [{ name: 'a' }, { name: 'b', orderId: 'B' }] }],
    ]
    for (const [path, body] of requests) {
      const bob = somebody(bench, site)
      const headers = key()
      const first = await bob.post(path, body, headers)
      const [status, text] = [first.status, await first.text()]
      await bob.post(path, body, key())
      const again = await bob.post(path, body, headers)
      assert.deepEqual([again.status, await again.text()], [status, text], path)
    }
    assert.equal((await totals(site)).conversions, 5)
  })

  it('is refused with another body or for another route', async () => {
    const site = await newSite(bench)
    const bob = somebody(bench, site)
    const headers = key()
    await bob.post('/v1/shares', share, headers)
    const others: [string, object][] = [
      ['/v1/shares', { ...share, url: SHOP }],
      ['/v1/shares', { ...share, code: mintCode(site) }],
      ['/v1/conversions', { name: 'purchase' }],
    ]
    for (const [path, body] of others)
      assert.deepEqual(await refusal(bob.post(path, body, headers)), [422, 'Idempotency-Key'], path)
    assert.deepEqual([(await totals(site)).shares, (await totals(site)).conversions], [1, 0])
  })

  it('takes a later delivery, and fields in another order, for the same body', async () => {
    const site = await newSite(bench)
    const bob = somebody(bench, site)
    const headers = key()
    const bodies = [
      { name: 'purchase', value: 1, currency: 'EUR' },
      { name: 'purchase', value: 1, currency: 'EUR', age: 90_000 },
      { currency: 'EUR', value: 1, name: 'purchase' },
    ]
    for (const body of bodies) assert.equal((await bob.post('/v1/conversions', body, headers)).status, 201)
    assert.equal((await totals(site)).conversions, 1)
  })

  it('has one effect and one answer when twenty come at once', async () => {
    const site = await newSite(bench)
    for (const body of [{ name: 'purchase' }, { name: 'purchase', orderId: '1' }]) {
      const bob = somebody(bench, site)
      const headers = key()
      const answers = await Promise.all(
        Array.from({ length: 20 }, async () => {
          const response = await bob.post('/v1/conversions', body, headers)
          return `${response.status} ${await response.text()}`
        }),
      )
      assert.equal(new Set(answers).size, 1)
      assert.match(answers[0] ?? '', /^201 /)
    }
    assert.equal((await totals(site)).conversions, 2)
  })

  it('lets one of two bodies win when they come at once', async () => {
    const site = await newSite(bench)
    const bob = somebody(bench, site)
    const headers = key()
    const statuses = await Promise.all(
      ['a', 'b', 'a', 'b'].map(async (name) => (await bob.post('/v1/conversions', { name }, headers)).status),
    )
    assert.deepEqual(statuses.sort(), [201, 201, 422, 422])
    assert.equal((await totals(site)).conversions, 1)
  })

  it('of one person, page or site never meets that of another', async () => {
    const [site, otherSite] = [await newSite(bench), await newSite(bench)]
    const headers = key()
    const body = { name: 'purchase' }
    await somebody(bench, site).post('/v1/conversions', body, headers)
    await somebody(bench, site).post('/v1/conversions', body, headers)
    await pageOf(bench, site)('/v1/conversions', body, { headers })
    await serverOf(bench, site).post('/v1/conversions', body, headers)
    await somebody(bench, otherSite).post('/v1/conversions', body, headers)
    assert.deepEqual([(await totals(site)).conversions, (await totals(otherSite)).conversions], [4, 1])
  })

  it('is free again after a request that failed', async () => {
    const site = await newSite(bench)
    const taken = await somebody(bench, site).share()
    const bob = somebody(bench, site)
    const headers = key()
    assert.equal((await bob.post('/v1/shares', { ...share, code: taken.code }, headers)).status, 409)
    assert.equal((await bob.post('/v1/shares', { ...share, code: mintCode(site) }, headers)).status, 201)
  })

  it('has 1 to 200 visible characters', async () => {
    const site = await newSite(bench)
    const bob = somebody(bench, site)
    for (const text of ['', 'a b', 'é', 'x'.repeat(201)]) {
      assert.deepEqual(
        await refusal(bob.post('/v1/shares', share, { 'idempotency-key': text })),
        [422, 'Idempotency-Key'],
        text,
      )
    }
    assert.equal((await bob.post('/v1/shares', share, { 'idempotency-key': 'x'.repeat(200) })).status, 201)
  })

  it('is forgotten after a week', async () => {
    const site = await newSite(bench)
    const bob = somebody(bench, site)
    const headers = key()
    await bob.post('/v1/conversions', { name: 'purchase' }, headers)
    bench.clock.now += 8 * 24 * 60 * 60_000
    await sweep(bench.deps)
    await bob.post('/v1/conversions', { name: 'purchase' }, headers)
    const { totals } = await serverOf(bench, site).get<Overview>('/v1/reports/overview')
    assert.equal(totals.conversions, 2)
  })
})
