import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { Conversion, Conversions } from '../../server/contract/conversions.ts'
import { MAX_VALUE } from '../../server/contract/limits.ts'
import type { ConversionsReport, Overview } from '../../server/contract/reports.ts'
import { rebuildSite } from '../../server/reports/rebuild.ts'
import { newSite, onEveryDatabase, pageOf, serverOf, type TestSite } from '../support/databases.ts'
import { mintCode, refusal, SHOP, somebody } from '../support/somebody.ts'

const MINUTE = 60_000

onEveryDatabase('conversions', (bench) => {
  const listed = async (site: TestSite) =>
    (await serverOf(bench, site).get<ConversionsReport>('/v1/reports/conversions')).data
  const totals = async (site: TestSite) =>
    (await serverOf(bench, site).get<Overview>('/v1/reports/overview')).totals

  /** A site whose Bob has come by Alice's share. */
  async function aVisitor() {
    const site = await newSite(bench)
    const { code } = await somebody(bench, site).share()
    const bob = somebody(bench, site)
    await bob.visit(code)
    return { site, bob, code, server: serverOf(bench, site) }
  }

  const claim = { name: 'purchase', value: 100, currency: 'USD', orderId: 'A-1' }
  const proof = { name: 'order', value: 4900, currency: 'EUR', orderId: 'A-1' }

  it('makes one proved conversion of what page and server report, whichever comes first', async () => {
    for (const order of ['page, then server', 'server, then page'] as const) {
      const { site, bob, code, server } = await aVisitor()
      const fromPage = async () => ((await bob.convert(claim)) as Conversion).outcome
      const fromServer = async () =>
        ((await (await server.post('/v1/conversions', proof)).json()) as Conversion).outcome
      const outcomes =
        order === 'page, then server'
          ? [await fromPage(), await fromServer()]
          : [await fromServer(), await fromPage()]
      assert.deepEqual(outcomes, ['recorded', order === 'page, then server' ? 'proved' : 'again'])
      await provedOnce(site, code, order)
    }
  })

  it('makes one of both even when they come at once, again and again', async () => {
    for (let round = 0; round < 15; round++) {
      const { site, bob, code, server } = await aVisitor()
      await Promise.all([
        bob.convert(claim),
        server.post('/v1/conversions', proof),
        bob.convert(claim),
        server.post('/v1/conversions', proof),
      ])
      await provedOnce(site, code, `round ${round}`)
    }
  })

  async function provedOnce(site: TestSite, code: string, title: string) {
    const [one, ...more] = await listed(site)
    assert.deepEqual(more, [], title)
    assert.deepEqual(
      [one?.name, one?.value, one?.proved, one?.rung, one?.chain.map((hop) => hop.code)],
      ['order', { currency: 'EUR', amount: 4900 }, true, 'storage', [code]],
      title,
    )
    const { conversions, proved, attributed, value } = await totals(site)
    assert.deepEqual(
      [conversions, proved, attributed, value],
      [1, 1, 1, [{ currency: 'EUR', amount: 4900 }]],
      title,
    )
  }

  it('keeps the first of two claims of one order, and the first of two proofs', async () => {
    const { site, bob, server } = await aVisitor()
    await bob.convert({ ...claim, value: 1 })
    assert.equal((await bob.convert({ ...claim, value: 2 })).outcome, 'again')
    assert.equal((await listed(site))[0]?.value?.amount, 1)
    await server.post('/v1/conversions', { ...proof, value: 3 })
    await server.post('/v1/conversions', { ...proof, value: 4 })
    assert.equal((await listed(site))[0]?.value?.amount, 3)
  })

  it('takes the same order id on two sites for two orders, and no order id for none', async () => {
    const sites = [await newSite(bench), await newSite(bench)] as const
    for (const site of sites) {
      assert.equal((await somebody(bench, site).convert(claim)).outcome, 'recorded')
      const buyer = somebody(bench, site)
      await buyer.convert()
      await buyer.convert()
      assert.equal((await totals(site)).conversions, 3)
    }
  })

  it('lets the last touch decide, as of when it happened', async () => {
    const { site, bob, code } = await aVisitor()
    bench.clock.now += 10 * MINUTE
    const later = await somebody(bench, site).share({ url: SHOP })
    await bob.visit(later.code, { url: SHOP })
    bench.clock.now += 2 * MINUTE
    await bob.convert({ orderId: 'now' })
    await bob.convert({ orderId: 'before', age: 5 * MINUTE })
    await somebody(bench, site).convert({ orderId: 'nobody' })
    const chains = Object.fromEntries(
      (await listed(site)).map((one) => [one.orderId, one.chain.map((hop) => hop.code)]),
    )
    assert.deepEqual(chains, { now: [later.code], before: [code], nobody: [] })
  })

  it('finds the chain by customer id, or by the code the server tells', async () => {
    const site = await newSite(bench)
    const { code } = await somebody(bench, site).share()
    const server = serverOf(bench, site)
    await server.post('/v1/visits', { code, url: SHOP, customerId: 'c-1' })
    await server.post('/v1/conversions', { name: 'a', customerId: 'c-1' })
    await server.post('/v1/conversions', { name: 'b', arrival: code })
    await server.post('/v1/conversions', { name: 'c', customerId: 'c-2' })
    const found = (await listed(site)).map(({ name, rung, chain }) => [name, rung, chain.length])
    assert.deepEqual(found.sort(), [
      ['a', 'customer', 1],
      ['b', 'server', 1],
      ['c', null, 0],
    ])
  })

  it('attributes a conversion that came by a code once the code is registered', async () => {
    const site = await newSite(bench)
    const code = mintCode(site)
    const nobody = pageOf(bench, site)
    await nobody('/v1/conversions', { ...claim, arrival: code })
    assert.equal((await totals(site)).attributed, 0)
    await somebody(bench, site).share({ code })
    await bench.settle()
    assert.deepEqual(
      (await listed(site))[0]?.chain.map((hop) => hop.code),
      [code],
    )
    assert.equal((await totals(site)).attributed, 1)
  })

  it('stores a batch of 100 whole, or nothing of it', async () => {
    const { site, server } = await aVisitor()
    const many = (count: number) =>
      Array.from({ length: count }, (_, i) => ({ ...proof, orderId: `order ${i}` }))
    const bad: [unknown, string][] = [
      [{ conversions: many(100).with(3, { ...proof, value: -1 }) }, 'conversions[3].value'],
      [
        { conversions: many(100).with(99, { ...proof, at: '2999-01-01T00:00:00Z' } as never) },
        'conversions[99].at',
      ],
      [{ conversions: many(101) }, 'conversions'],
      [{ conversions: [] }, 'conversions'],
      [{ conversions: {} }, 'conversions'],
      [{ conversions: [null] }, 'conversions[0]'],
      [{}, 'conversions'],
    ]
    for (const [body, field] of bad)
      assert.deepEqual(await refusal(server.post('/v1/conversions/batch', body)), [422, field])
    assert.deepEqual(await listed(site), [])
    const response = await server.post('/v1/conversions/batch', { conversions: [...many(99), many(1)[0]] })
    const { data } = (await response.json()) as Conversions
    assert.deepEqual([data.length, data[0]?.outcome, data.at(-1)?.outcome], [100, 'recorded', 'again'])
    assert.equal(data[0]?.id, data.at(-1)?.id)
    assert.equal((await totals(site)).conversions, 99)
  })

  it('rolls a whole batch back when its last item fails on the way', async () => {
    const { site } = await aVisitor()
    const bob = somebody(bench, site)
    const conversions = [{ name: 'a' }, { name: 'b', at: '2026-01-01T00:00:00Z' }]
    assert.deepEqual(await refusal(bob.post('/v1/conversions/batch', { conversions })), [
      403,
      'conversions[1].at',
    ])
    assert.deepEqual(await listed(site), [])
  })

  it('refuses values, currencies and names that are none, and names the field', async () => {
    const { site, bob, server } = await aVisitor()
    const good = { name: 'purchase', value: 1, currency: 'EUR' }
    const bad: [object, string][] = [
      [{ ...good, value: -1 }, 'value'],
      [{ ...good, value: 0.5 }, 'value'],
      [{ ...good, value: 2 ** 53 }, 'value'],
      [{ ...good, value: MAX_VALUE + 1 }, 'value'],
      [{ ...good, value: 1e300 }, 'value'],
      [{ ...good, value: '100' }, 'value'],
      [{ ...good, value: null }, 'value'],
      [{ ...good, currency: 'EURO' }, 'currency'],
      [{ ...good, currency: 'eur' }, 'currency'],
      [{ ...good, currency: 'QQQ' }, 'currency'],
      [{ ...good, currency: '' }, 'currency'],
      [{ name: 'x', value: 1 }, 'currency'],
      [{ name: 'x', currency: 'EUR' }, 'currency'],
      [{ ...good, name: '' }, 'name'],
      [{ ...good, name: 'x'.repeat(65) }, 'name'],
      [{ ...good, orderId: '' }, 'orderId'],
      [{ ...good, orderId: 'x'.repeat(129) }, 'orderId'],
      [{ ...good, age: -1 }, 'age'],
      [{ ...good, age: 8 * 24 * 60 * MINUTE }, 'age'],
      [{ ...good, arrival: 'x' }, 'arrival'],
      [{ ...good, price: 1 }, 'price'],
    ]
    for (const [body, field] of bad) {
      assert.deepEqual(await refusal(bob.post('/v1/conversions', body)), [422, field], JSON.stringify(body))
      assert.deepEqual(
        await refusal(server.post('/v1/conversions', body)),
        [422, field],
        JSON.stringify(body),
      )
    }
    assert.deepEqual(await listed(site), [])
  })

  it('stays readable after any number of the greatest values', async () => {
    const { site, bob } = await aVisitor()
    const greatest = { name: 'x', value: MAX_VALUE, currency: 'IDR' }
    const conversions = Array.from({ length: 100 }, () => greatest)
    for (let batch = 0; batch < 10; batch++) await bob.post('/v1/conversions/batch', { conversions })
    assert.deepEqual((await totals(site)).value, [{ currency: 'IDR', amount: Number.MAX_SAFE_INTEGER }])
    const mended = await bench.deps.write((work) => rebuildSite(work, site.id))
    assert.ok(Object.values(mended).every((rows) => rows === 0))
    for (const report of [
      'people',
      'pages',
      'channels',
      'timeseries',
      'attribution',
      'attribution?split=leibniz',
    ]) {
      const response = await bench.request(`/v1/reports/${report}`, {
        headers: { authorization: `Bearer ${site.secretKey}` },
      })
      assert.equal(response.status, 200, report)
    }
  })

  it('believes only a secret key when it happened and to whom', async () => {
    const { site, bob, server } = await aVisitor()
    for (const [field, value] of [
      ['at', '2026-01-01T00:00:00Z'],
      ['customerId', 'c-1'],
    ] as const)
      assert.deepEqual(await refusal(bob.post('/v1/conversions', { name: 'x', [field]: value })), [
        403,
        field,
      ])
    const now = bench.clock.now
    const times: [string, number | string][] = [
      [new Date(now - MINUTE).toISOString(), 201],
      [new Date(now + MINUTE).toISOString(), 201],
      ['2026-01-01T00:00:00+14:00', 201],
      ['2026-01-01T00:00:00.123456789123456789-08:00', 201],
      [new Date(now + 60 * MINUTE).toISOString(), 'at'],
      ['1999-12-31T23:59:59Z', 'at'],
      ['0000-01-01T00:00:00Z', 'at'],
      ['9999-12-31T23:59:59Z', 'at'],
      ['2026-02-30T00:00:00Z', 'at'],
      ['2026-01-01T24:00:00Z', 'at'],
      ['2026-01-01T00:00:00+99:99', 'at'],
      ['2026-01-01T00:00:00+24:00', 'at'],
      ['2026-01-01 00:00:00Z', 'at'],
      ['2026-01-01', 'at'],
      ['now', 'at'],
      ['', 'at'],
    ]
    for (const [at, expected] of times) {
      const response = await server.post('/v1/conversions', { name: 'x', at })
      if (typeof expected === 'number') assert.equal(response.status, expected, at)
      else assert.deepEqual(await refusal(response), [422, expected], at)
    }
    assert.ok((await listed(site)).every(({ at }) => Date.parse(at) <= bench.clock.now))
  })
})
