import assert from 'node:assert/strict'
import { it } from 'node:test'
import { MAX_VALUE } from '../../server/contract/limits.ts'
import type { Refund } from '../../server/contract/refunds.ts'
import type { Overview } from '../../server/contract/reports.ts'
import { rebuildSite } from '../../server/reports/rebuild.ts'
import { newSite, onEveryDatabase, pageOf, serverOf, type TestSite } from '../support/databases.ts'
import { refusal, somebody } from '../support/somebody.ts'

const EUR = 'EUR'
const order = { name: 'purchase', value: 10_000, currency: EUR, orderId: 'A-1' }

onEveryDatabase('refunds', (bench) => {
  const server = (site: TestSite) => serverOf(bench, site)
  const refund = async (site: TestSite, body: object) => {
    const response = await server(site).post('/v1/refunds', { orderId: 'A-1', ...body })
    assert.ok(response.ok, await response.clone().text())
    const { outcome, refunded, left } = (await response.json()) as Refund
    return [response.status, outcome, refunded?.amount ?? null, left?.amount ?? null]
  }
  const buy = async (site: TestSite, more: object = {}) =>
    assert.ok((await server(site).post('/v1/conversions', { ...order, ...more })).ok)
  const stored = async (site: TestSite) => {
    const rows = await bench.deps.read
      .selectFrom('conversion')
      .select(['value', 'refunded', 'voided'])
      .where('site_id', '=', site.id)
      .execute()
    return rows.map(({ value, refunded, voided }) => [value, refunded, voided])
  }
  /** What the dashboard counts, which no recount from the rows may change. */
  const counted = async (site: TestSite) => {
    const { totals } = await server(site).get<Overview>('/v1/reports/overview')
    const mended = await bench.deps.write((work) => rebuildSite(work, site.id))
    assert.ok(Object.values(mended).every((rows) => rows === 0))
    return [totals.conversions, totals.value.map(({ amount }) => amount)]
  }
  const part = (refundId: string, value: number, currency = EUR) => ({ refundId, value, currency })

  it('take parts off an order until nothing is left, and the dashboard counts what is left', async () => {
    const site = await newSite(bench)
    await buy(site)
    assert.deepEqual(await refund(site, part('1', 2_500)), [201, 'refunded', 2_500, 7_500])
    assert.deepEqual(await counted(site), [1, [7_500]])
    assert.deepEqual(await refund(site, part('2', 7_499)), [201, 'refunded', 7_499, 1])
    assert.deepEqual(await stored(site), [[10_000, 9_999, 0]])
    assert.deepEqual(await refund(site, part('3', 1)), [201, 'refunded', 1, 0])
    assert.deepEqual(await stored(site), [[10_000, 10_000, 1]])
    assert.deepEqual(await counted(site), [1, []])
    assert.deepEqual(await refusal(server(site).post('/v1/refunds', { orderId: 'A-1', ...part('4', 1) })), [
      422,
      'value',
    ])
  })

  it('take all that is left where they name no value', async () => {
    const site = await newSite(bench)
    await buy(site)
    await refund(site, part('1', 4_000))
    assert.deepEqual(await refund(site, { refundId: '2' }), [201, 'refunded', 6_000, 0])
    assert.deepEqual(await refund(site, { refundId: '3' }), [201, 'refunded', 0, 0])
    assert.deepEqual(await stored(site), [[10_000, 10_000, 1]])
  })

  it('void an order that has no value', async () => {
    const site = await newSite(bench)
    await server(site).post('/v1/conversions', { name: 'signup', orderId: 'A-1' })
    const [status, field] = await refusal(
      server(site).post('/v1/refunds', { orderId: 'A-1', ...part('1', 1) }),
    )
    assert.deepEqual([status, field], [422, 'value'])
    assert.deepEqual(await refund(site, { refundId: '1' }), [201, 'refunded', null, null])
    assert.deepEqual(await stored(site), [[null, 0, 1]])
    assert.deepEqual(await counted(site), [1, []])
  })

  it('are one by their id: told again they answer the same, told otherwise they are refused', async () => {
    const site = await newSite(bench)
    await buy(site)
    await buy(site, { orderId: 'B-2' })
    await refund(site, part('1', 2_500))
    assert.deepEqual(await refund(site, part('1', 2_500)), [200, 'again', 2_500, 7_500])
    for (const other of [
      part('1', 2_501),
      part('1', 2_500, 'USD'),
      { refundId: '1' },
      { ...part('1', 2_500), orderId: 'B-2' },
      { ...part('1', 2_500), orderId: 'nobody knows' },
    ])
      assert.deepEqual(await refusal(server(site).post('/v1/refunds', { orderId: 'A-1', ...other })), [
        422,
        'refundId',
      ])
    assert.deepEqual(await stored(site), [
      [10_000, 2_500, 0],
      [10_000, 0, 0],
    ])
  })

  it('wait for an order that is not known yet, and are taken off it oldest first', async () => {
    const day = (date: number) => new Date(Date.UTC(2026, 10, date)).toISOString()
    const cases: [string, object[], (number | null)[], [number, number]][] = [
      ['one part', [part('1', 300)], [300], [300, 0]],
      ['all of it', [{ refundId: '1' }], [10_000], [10_000, 1]],
      ['more than it', [part('1', 10_001)], [10_000], [10_000, 1]],
      [
        'parts by their time',
        [
          { ...part('1', 9_000), at: day(3) },
          { ...part('2', 4_000), at: day(2) },
        ],
        [6_000, 4_000],
        [10_000, 1],
      ],
      ['another currency, which waits on', [part('1', 300, 'USD'), part('2', 200)], [null, 200], [200, 0]],
    ]
    for (const [title, refunds, taken, [refunded, voided]] of cases) {
      const site = await newSite(bench)
      for (const one of refunds)
        assert.deepEqual(await refund(site, one), [202, 'waiting', null, null], title)
      assert.deepEqual((await refund(site, refunds[0] as object)).slice(0, 2), [200, 'again'], title)
      await buy(site)
      assert.deepEqual(await stored(site), [[10_000, refunded, voided]], title)
      for (const [index, one] of refunds.entries())
        assert.equal((await refund(site, one))[2], taken[index], title)
      assert.deepEqual(await counted(site), [1, refunded === 10_000 ? [] : [10_000 - refunded]], title)
    }
  })

  it('are cut to what a proof says the order was worth', async () => {
    const cases: [string, object, object, object, (number | null)[]][] = [
      ['less', { value: 10_000 }, part('1', 4_000), { value: 3_000 }, [3_000, 3_000, 1]],
      ['more', { value: 10_000 }, part('1', 4_000), { value: 20_000 }, [20_000, 4_000, 0]],
      ['more, after all of it', { value: 10_000 }, { refundId: '1' }, { value: 20_000 }, [20_000, 20_000, 1]],
      ['another currency', { value: 10_000 }, part('1', 400), { currency: 'USD' }, [10_000, 0, 0]],
    ]
    for (const [title, claimed, given, proved, expected] of cases) {
      const site = await newSite(bench)
      await somebody(bench, site).convert({ ...order, ...claimed })
      await refund(site, given)
      await buy(site, proved)
      assert.deepEqual(await stored(site), [expected], title)
      const [value = 0, refunded = 0] = expected
      const left = Number(value) - Number(refunded)
      assert.deepEqual(await counted(site), [1, left === 0 ? [] : [left]], title)
    }
  })

  it('never give back more than there was, however many come at once', async () => {
    const site = await newSite(bench)
    await buy(site, { value: 1_000 })
    const statuses = await Promise.all(
      Array.from({ length: 64 }, async (_, i) => {
        const response = await server(site).post('/v1/refunds', { orderId: 'A-1', ...part(`${i}`, 30) })
        return response.status
      }),
    )
    assert.equal(statuses.filter((status) => status === 201).length, 33)
    assert.equal(statuses.filter((status) => status === 422).length, 31)
    assert.deepEqual(await stored(site), [[1_000, 990, 0]])
    assert.deepEqual(await counted(site), [1, [10]])
  })

  it('are one when the same comes sixty-four times at once', async () => {
    const site = await newSite(bench)
    await buy(site)
    const outcomes = await Promise.all(Array.from({ length: 64 }, () => refund(site, part('1', 300))))
    assert.equal(outcomes.filter(([, outcome]) => outcome === 'refunded').length, 1)
    assert.ok(outcomes.every(([, , refunded, left]) => refunded === 300 && left === 9_700))
    assert.deepEqual(await stored(site), [[10_000, 300, 0]])
  })

  it('meet their order whichever comes first, also when both come at once', async () => {
    const site = await newSite(bench)
    const orders = Array.from({ length: 40 }, (_, i) => `order ${i}`)
    const give = async (orderId: string, body: object) => {
      const { status } = await server(site).post('/v1/refunds', { orderId, ...body })
      assert.ok([201, 202, 422].includes(status), `${status}`)
    }
    await Promise.all(
      orders.flatMap((orderId) => [
        buy(site, { orderId, value: 100 }),
        give(orderId, part(orderId, 40)),
        give(orderId, { refundId: `rest of ${orderId}` }),
      ]),
    )
    const rows = await stored(site)
    assert.equal(rows.length, 40)
    assert.ok(rows.every(([, refunded, voided]) => refunded === 100 && voided === 1))
    assert.deepEqual(await counted(site), [40, []])
  })

  it('are one effect by one idempotency key', async () => {
    const site = await newSite(bench)
    await buy(site)
    const headers = { 'idempotency-key': 'k' }
    const body = { orderId: 'A-1', ...part('1', 300) }
    const first = await server(site).post('/v1/refunds', body, headers)
    const second = await server(site).post('/v1/refunds', body, headers)
    assert.deepEqual([second.status, await second.text()], [201, await first.text()])
    const other = server(site).post('/v1/refunds', { ...body, refundId: '2' }, headers)
    assert.deepEqual(await refusal(other), [422, 'Idempotency-Key'])
  })

  it('take a secret key', async () => {
    const site = await newSite(bench)
    await buy(site)
    const body = { orderId: 'A-1', ...part('1', 300) }
    assert.deepEqual(await refusal(somebody(bench, site).post('/v1/refunds', body)), [403, undefined])
    assert.deepEqual(await refusal(pageOf(bench, site)('/v1/refunds', body)), [403, undefined])
    const headers = { 'content-type': 'application/json' }
    const nobody = bench.request('/v1/refunds', { method: 'POST', headers, body: JSON.stringify(body) })
    assert.deepEqual(await refusal(nobody), [401, undefined])
    assert.deepEqual(await stored(site), [[10_000, 0, 0]])
  })

  it('of one site know no order of another', async () => {
    const [site, other] = [await newSite(bench), await newSite(bench)]
    await buy(site)
    assert.deepEqual(await refund(other, part('1', 300)), [202, 'waiting', null, null])
    assert.deepEqual(await refund(site, part('1', 300)), [201, 'refunded', 300, 9_700])
  })

  it('that are none are refused by the name of their field', async () => {
    const site = await newSite(bench)
    await buy(site)
    const good = { refundId: '1', orderId: 'A-1', value: 1, currency: EUR }
    const cases: [object, string][] = [
      [{ ...good, value: 0 }, 'value'],
      [{ ...good, value: -1 }, 'value'],
      [{ ...good, value: 0.5 }, 'value'],
      [{ ...good, value: '1' }, 'value'],
      [{ ...good, value: null }, 'value'],
      [{ ...good, value: MAX_VALUE + 1 }, 'value'],
      [{ ...good, value: 10_001 }, 'value'],
      [{ ...good, currency: 'USD' }, 'currency'],
      [{ ...good, currency: 'eur' }, 'currency'],
      [{ refundId: '1', orderId: 'A-1', value: 1 }, 'currency'],
      [{ refundId: '1', orderId: 'A-1', currency: EUR }, 'currency'],
      [{ ...good, refundId: '' }, 'refundId'],
      [{ ...good, refundId: 'x'.repeat(129) }, 'refundId'],
      [{ ...good, refundId: 7 }, 'refundId'],
      [{ orderId: 'A-1' }, 'refundId'],
      [{ ...good, orderId: '' }, 'orderId'],
      [{ ...good, orderId: 'x'.repeat(129) }, 'orderId'],
      [{ refundId: '1' }, 'orderId'],
      [{ ...good, at: 'yesterday' }, 'at'],
      [{ ...good, at: '2999-01-01T00:00:00Z' }, 'at'],
      [{ ...good, reason: 'x' }, 'reason'],
    ]
    for (const [body, field] of cases)
      assert.deepEqual(
        await refusal(server(site).post('/v1/refunds', body)),
        [422, field],
        JSON.stringify(body),
      )
    assert.deepEqual(await stored(site), [[10_000, 0, 0]])
  })
})
