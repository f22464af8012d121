import assert from 'node:assert/strict'
import { before, it } from 'node:test'
import { PAYING_TOUCHES, SPLITS } from '../../server/contract/models.ts'
import type { AttributionReport, Overview } from '../../server/contract/reports.ts'
import { touchedConversions } from '../../server/reports/touched-conversions.ts'
import {
  type Asked,
  attributionOf,
  pathsOf,
  removalShares,
  shapleyByOrders,
} from '../support/attribution-oracle.ts'
import { newSite, onEveryDatabase, serverOf, type TestSite } from '../support/databases.ts'
import { type Facts, factsOf, type Span, widened } from '../support/oracle.ts'
import { liveAtRandom, nameSome, seeded } from '../support/random-life.ts'
import { refusal, somebody } from '../support/somebody.ts'

const HOUR = 60 * 60_000
const DAY = 24 * HOUR
const BYS = ['person', 'share', 'channel', 'page'] as const
const text = (at: number) => new Date(at).toISOString()
type Row = AttributionReport['data'][number]
const byKey = (a: { key: string }, b: { key: string }) => (a.key < b.key ? -1 : 1)

onEveryDatabase('attribution', (bench) => {
  let site: TestSite
  let facts: Facts
  let ranges: Span[]
  before(async () => {
    const [one, other] = [await newSite(bench), await newSite(bench)]
    await Promise.all([liveAtRandom(bench, one, 11, 200), liveAtRandom(bench, other, 12, 40)])
    site = one
    await nameSome(bench, site)
    facts = await factsOf(bench, site.id)
    const random = seeded(13)
    const ends = Array.from({ length: 5 }, () => bench.clock.now - random.below(40 * DAY))
    ranges = ends.map((from) => ({ from, to: from + 1 + random.below(random.pick([2, 30]) * DAY) }))
    ranges.push({ from: bench.clock.now - 400 * DAY, to: bench.clock.now + DAY })
  })
  const asking = (asked: Partial<Asked> & { againstTouch?: string; againstSplit?: string }, span?: Span) => {
    const range = span ? { from: text(span.from), to: text(span.to) } : {}
    return new URLSearchParams(
      Object.entries({ ...asked, ...range }).map(([name, value]): [string, string] => [name, String(value)]),
    )
  }
  const get = (asked: Parameters<typeof asking>[0], span?: Span, of = site) =>
    serverOf(bench, of).get<AttributionReport>(`/v1/reports/attribution?${asking(asked, span)}`)
  const credited = (data: Row[]) =>
    data.map(({ key, conversions, credit }) => ({ key, conversions, credit })).sort(byKey)
  const valueIn = async (span: Span) => {
    const { totals } = await serverOf(bench, site).get<Overview>(`/v1/reports/overview?${asking({}, span)}`)
    return totals.value
  }

  it('has touches, chains and refunds to look at', () => {
    const touches = facts.conversions.map((one) => JSON.parse(one.touches ?? '[]').length as number)
    assert.ok(touches.filter((count) => count > 2).length > 5)
    assert.ok(facts.conversions.some(({ refunded }) => refunded > 0))
    assert.ok(facts.shares.some(({ depth }) => depth > 2))
  })

  it('divides every value under any touch model and any split, to the last cent', async () => {
    const random = seeded(17)
    let place = 0
    for (const touch of PAYING_TOUCHES) {
      for (const split of SPLITS) {
        for (const span of [ranges.at(-1) as Span, random.pick(ranges)]) {
          const by = BYS[place++ % 4] as Asked['by']
          const asked = {
            touch,
            split,
            by,
            halfLifeDays: random.pick([0.5, 7, 30]),
            alpha: random.pick([0, 0.25, 1]),
          }
          const { data, house, ...told } = await get(asked, span)
          const expected = attributionOf(facts, widened(span), asked)
          assert.deepEqual(credited(data), expected.data, JSON.stringify(asked))
          assert.deepEqual(house, expected.house)
          assert.deepEqual(told, {
            ...asked,
            range: { from: text(widened(span).from), to: text(widened(span).to) },
            against: null,
            againstHouse: null,
            paths: null,
          })
          assert.deepEqual(sumOf([...data.flatMap(({ credit }) => credit), ...house]), await valueIn(span))
        }
      }
    }
  })

  it('divides values among channels by Markov and by Shapley', async () => {
    for (const span of ranges) {
      for (const touch of ['markov', 'shapley'] as const) {
        const { data, house, paths } = await get({ touch, by: 'channel' }, span)
        const asked = { touch, split: 'nearest', by: 'channel' } as const
        const expected = attributionOf(facts, widened(span), asked)
        assert.deepEqual(credited(data), expected.data, touch)
        assert.deepEqual(house, expected.house)
        assert.deepEqual(sumOf([...data.flatMap(({ credit }) => credit), ...house]), await valueIn(span))

        const { converted, lost } = pathsOf(facts, widened(span))
        const all = converted.length + lost.length
        assert.deepEqual([paths?.converted, paths?.paths], [converted.length, all])
        assert.equal(paths?.rate, all === 0 ? 0 : converted.length / all)
        const ways = converted.map(({ channels }) => channels)
        const effects =
          touch === 'markov'
            ? removalShares(ways, lost).map(({ channel, effect }) => [channel, effect] as const)
            : shapleyByOrders([
                ...ways.map((channels) => ({ channels, worth: 1 })),
                ...lost.map((channels) => ({ channels, worth: 0 })),
              ]).map(({ channel, value }) => [channel, value] as const)
        assert.deepEqual(Object.keys(paths?.effects ?? {}).sort(), effects.map(([channel]) => channel).sort())
        for (const [channel, [over, under]] of effects) {
          const part = Number(over) / Number(under) / (touch === 'markov' ? 1 : Math.max(1, converted.length))
          assert.ok(Math.abs((paths?.effects[channel] ?? -1) - part) < 1e-12, channel)
        }
      }
    }
  })

  it('sets the same conversions under another choice beside them', async () => {
    const choices = [
      [
        { touch: 'last', split: 'nearest' },
        { againstTouch: 'linear', againstSplit: 'leibniz' },
      ],
      [{ touch: 'first', split: 'linear' }, { againstTouch: 'position' }],
      [{ touch: 'decay', split: 'nearest' }, { againstSplit: 'root' }],
      [{ touch: 'markov', split: 'nearest' }, { againstTouch: 'last' }],
      [{ touch: 'linear', split: 'blend' }, { againstTouch: 'shapley' }],
      [{ touch: 'markov', split: 'nearest' }, { againstTouch: 'shapley' }],
    ] as const
    for (const [index, [choice, beside]] of choices.entries()) {
      const by = index < 3 ? (BYS[index] as Asked['by']) : 'channel'
      const against = {
        touch: 'againstTouch' in beside ? beside.againstTouch : choice.touch,
        split: 'againstSplit' in beside ? beside.againstSplit : choice.split,
      }
      const both = await get({ ...choice, ...beside, by }, ranges.at(-1))
      const [first, second] = [
        await get({ ...choice, by }, ranges.at(-1)),
        await get({ ...against, by }, ranges.at(-1)),
      ]
      assert.deepEqual(both.against, against)
      assert.deepEqual([both.house, both.againstHouse], [first.house, second.house])
      assert.deepEqual(both.paths, first.paths ?? second.paths)
      const keys = [...new Set([...first.data, ...second.data].map(({ key }) => key))].sort()
      const of = (data: Row[], key: string) => data.find((row) => row.key === key)
      assert.deepEqual(
        both.data.toSorted(byKey),
        keys.map((key) => ({
          key,
          name: of(first.data, key)?.name ?? of(second.data, key)?.name ?? null,
          conversions: of(first.data, key)?.conversions ?? 0,
          credit: of(first.data, key)?.credit ?? [],
          against: of(second.data, key)?.credit ?? [],
        })),
      )
    }
  })

  it('lists the most credited first, people by the names they chose', async () => {
    const { data } = await get({ touch: 'linear', split: 'linear', by: 'person' }, ranges.at(-1))
    assert.ok(data.some(({ name }) => name !== null))
    for (const { key, name } of data) assert.equal(name, facts.nameOf.get(key) ?? null)
    const worths = data.map(({ credit }) => credit.reduce((sum, { amount }) => sum + amount, 0))
    assert.deepEqual(
      worths,
      worths.toSorted((a, b) => b - a),
    )
    const { data: shares } = await get({ by: 'share' }, ranges.at(-1))
    assert.ok(shares.every(({ name }) => name === null))
  })

  it('takes a conversion that kept no touches for one of the share it came by', async () => {
    const old = await newSite(bench)
    await liveAtRandom(bench, old, 14, 50)
    await bench.deps.write(({ db }) =>
      db
        .updateTable('conversion')
        .set({ touches: null, buyer_id: null })
        .where('site_id', '=', old.id)
        .execute(),
    )
    const before = await factsOf(bench, old.id)
    for (const touch of ['first', 'linear', 'position'] as const) {
      const asked = { touch, split: 'leibniz', by: 'person' } as const
      const { data, house } = await get(asked, ranges.at(-1), old)
      const expected = attributionOf(before, widened(ranges.at(-1) as Span), asked)
      assert.ok(data.length > 0)
      assert.deepEqual([credited(data), house], [expected.data, expected.house])
    }
  })

  it('tells who brought the buyer of three visits, under each model', async () => {
    const shop = await newSite(bench)
    const [ann, ben, cas] = [somebody(bench, shop), somebody(bench, shop), somebody(bench, shop)]
    const codes = [await ann.share({ channel: 'x' }), await ben.share({ channel: 'qr' }), await cas.share()]
    const buyer = somebody(bench, shop)
    for (const { code } of codes) {
      await buyer.visit(code)
      bench.clock.now += 7 * DAY
    }
    await buyer.convert({ value: 7000, currency: 'EUR' })
    const [x, qr, copy] = ['x', 'qr', 'copy']
    const expected = {
      first: { [x]: 7000 },
      last: { [copy]: 7000 },
      linear: { [x]: 2333, [qr]: 2333, [copy]: 2333 },
      decay: { [x]: 1000, [qr]: 2000, [copy]: 4000 },
      position: { [x]: 2800, [qr]: 1400, [copy]: 2800 },
      markov: { [x]: 2333, [qr]: 2333, [copy]: 2333 },
      shapley: { [x]: 2333, [qr]: 2333, [copy]: 2333 },
    }
    for (const [touch, credits] of Object.entries(expected)) {
      const { data, house } = await get({ touch: touch as 'first', by: 'channel' }, undefined, shop)
      // Visits a few ms less than a week apart: a cent may lie on the other side.
      for (const { key, credit } of data) {
        const amount = credit[0]?.amount ?? 0
        const given = credits[key] ?? -10
        assert.ok(Math.abs(amount - given) <= (touch === 'decay' ? 1 : 0), `${touch} gives ${key} ${amount}`)
      }
      assert.deepEqual(sumOf([...data.flatMap(({ credit }) => credit), ...house]), [
        { currency: 'EUR', amount: 7000 },
      ])
    }
  })

  it('never credits the buyer, and gives their part of the chain to those who are left', async () => {
    const shop = await newSite(bench)
    const [ann, ben] = [somebody(bench, shop), somebody(bench, shop)]
    const { code } = await ann.share()
    await ben.visit(code)
    bench.clock.now += HOUR
    const further = await ben.share()
    const cas = somebody(bench, shop)
    await cas.visit(further.code)
    bench.clock.now += HOUR
    const last = await cas.share()
    await ben.visit(last.code)
    await ben.convert({ value: 999, currency: 'EUR' })
    const shared = await get({ split: 'linear', by: 'share' }, undefined, shop)
    const share = (key: string) => shared.data.find((row) => row.key === key)?.credit[0]?.amount
    assert.deepEqual([share(last.code), share(further.code), share(code)], [499, undefined, 499])
    assert.deepEqual(shared.house, [{ currency: 'EUR', amount: 1 }])
  })

  it('counts what is left after a refund', async () => {
    const shop = await newSite(bench)
    const { code } = await somebody(bench, shop).share()
    const server = serverOf(bench, shop)
    await server.post('/v1/conversions', {
      name: 'buy',
      value: 900,
      currency: 'EUR',
      orderId: 'o',
      arrival: code,
    })
    const amounts = async () => {
      const { data, house } = await get({ by: 'share', split: 'halving' }, undefined, shop)
      return [data[0]?.conversions, data[0]?.credit[0]?.amount ?? 0, house[0]?.amount ?? 0]
    }
    assert.deepEqual(await amounts(), [1, 450, 450])
    await server.post('/v1/refunds', { refundId: 'r1', orderId: 'o', value: 301, currency: 'EUR' })
    assert.deepEqual(await amounts(), [1, 299, 300])
    await server.post('/v1/refunds', { refundId: 'r2', orderId: 'o' })
    assert.deepEqual(await amounts(), [1, 0, 0])
  })

  it('reads many more conversions than it reads at a time', async () => {
    const shop = await newSite(bench)
    const { code } = await somebody(bench, shop).share()
    const server = serverOf(bench, shop)
    const at = text(bench.clock.now)
    for (let batch = 0; batch < 21; batch++) {
      const conversions = Array.from({ length: 100 }, () => ({
        name: 'buy',
        value: 3,
        currency: 'EUR',
        arrival: code,
        at,
      }))
      const response = await server.post('/v1/conversions/batch', { conversions })
      assert.ok(response.ok, await response.text())
    }
    const { data } = await get({ by: 'channel' }, undefined, shop)
    assert.deepEqual(data, [
      {
        key: 'copy',
        name: null,
        conversions: 2100,
        credit: [{ currency: 'EUR', amount: 6300 }],
        against: null,
      },
    ])
  })

  it('lets others have their turn while it follows long chains', async () => {
    const shop = await newSite(bench)
    const { code } = await somebody(bench, shop).share()
    const conversions = Array.from({ length: 20 }, () => ({ name: 'buy', arrival: code }))
    await serverOf(bench, shop).post('/v1/conversions/batch', { conversions })
    const hops = 3000
    await bench.deps.write(async ({ db }) => {
      const own = db.updateTable('share').where('site_id', '=', shop.id)
      const { id, person_id } = await own
        .returning(['id', 'person_id'])
        .set({ depth: hops - 1 })
        .executeTakeFirstOrThrow()
      await own
        .set({ path: id.repeat(hops), people: `${person_id}${'x'.repeat(16)}`.repeat(hops / 2) })
        .execute()
    })
    let turns = 0
    const turn = () => {
      turns++
      turning = setImmediate(turn)
    }
    let turning = setImmediate(turn)
    const seen: { conversions: number; turns: number }[] = []
    const ever = { from: 0, to: bench.clock.now }
    for await (const some of touchedConversions(bench.deps.reports, shop.id, ever)) {
      seen.push({ conversions: some.length, turns })
    }
    clearImmediate(turning)
    assert.deepEqual(
      seen.map((some) => some.conversions),
      [6, 6, 6, 2],
    )
    assert.equal(new Set(seen.map((some) => some.turns)).size, seen.length)
  })

  it('knows nothing of other sites, and nothing of a site where nothing happened', async () => {
    const shop = await newSite(bench)
    for (const touch of ['last', 'markov', 'shapley'] as const) {
      const report = await get({ touch, by: 'channel', againstSplit: 'root' }, undefined, shop)
      assert.deepEqual([report.data, report.house, report.againstHouse], [[], [], []])
      const none = { paths: 0, converted: 0, rate: 0, effects: {} }
      assert.deepEqual(report.paths, touch === 'last' ? null : none)
    }
  })

  it('names the field that it cannot follow', async () => {
    const authorization = `Bearer ${site.secretKey}`
    const cases = {
      'touch=markov': 'by',
      'touch=shapley&by=person': 'by',
      'againstTouch=markov&by=share': 'by',
      'touch=best': 'touch',
      'split=all': 'split',
      'by=name': 'by',
      'halfLifeDays=0': 'halfLifeDays',
      'halfLifeDays=soon': 'halfLifeDays',
      'alpha=1.5': 'alpha',
      'alpha=': 'alpha',
      'alpha=%20': 'alpha',
      'againstSplit=none': 'againstSplit',
      'from=2026-11-02T00:00:00Z&to=2026-11-01T00:00:00Z': 'to',
    }
    for (const [query, field] of Object.entries(cases)) {
      const response = bench.request(`/v1/reports/attribution?${query}`, { headers: { authorization } })
      assert.deepEqual(await refusal(response), [422, field], query)
    }
  })
})

function sumOf(amounts: { currency: string; amount: number }[]) {
  const sums = new Map<string, number>()
  for (const { currency, amount } of amounts) sums.set(currency, (sums.get(currency) ?? 0) + amount)
  return [...sums]
    .map(([currency, amount]) => ({ currency, amount }))
    .sort((a, b) => (a.currency < b.currency ? -1 : 1))
}
