import assert from 'node:assert/strict'
import { before, it, test } from 'node:test'
import fc from 'fast-check'
import type { DividendReport } from '../../server/contract/reports.ts'
import { factorsOf } from '../../server/reports/factors.ts'
import { newSite, onEveryDatabase, serverOf, type TestSite } from '../support/databases.ts'
import * as oracle from '../support/oracle.ts'
import { liveAtRandom, seeded } from '../support/random-life.ts'
import { somebody } from '../support/somebody.ts'

const DAY = 24 * 60 * 60_000
const NAMES = ['information', 'chain', 'interaction'] as const

test('the factors of a dividend explain the change of value to the last cent', () => {
  const counts = fc.integer({ min: 0, max: 1_000_000 })
  const range = fc.record({ shares: counts, visits: counts, value: fc.integer({ min: 0, max: 1e12 }) })
  fc.assert(
    fc.property(range, range, (now, before) => {
      const { change, log, ...factors } = factorsOf(now, before)
      assert.equal(change, now.value - before.value)
      const all = [now, before].flatMap(({ shares, visits, value }) => [shares, visits, value])
      const parts = NAMES.map((name) => factors[name].part)
      if (all.includes(0)) return assert.deepEqual(parts, [null, null, null])
      assert.equal(
        parts.reduce<number>((sum, part) => sum + (part as number), 0),
        change,
      )
      // The product of the factors is the value, and their logarithms add up to its.
      const product = NAMES.reduce((by, name) => by * factors[name].now, 1)
      assert.ok(Math.abs(product / now.value - 1) < 1e-9)
      const logs = NAMES.reduce((sum, name) => sum + (factors[name].log as number), 0)
      assert.ok(Math.abs(logs - (log as number)) < 1e-9)
      // Each part leans the way its factor moved, give or take the rounding.
      for (const name of NAMES) {
        const { log: moved, part } = factors[name]
        assert.ok((part as number) * Math.sign(moved as number) >= -1, `${name} ${moved} ${part}`)
      }
    }),
    { numRuns: 3000 },
  )
})

test('a factor that alone moved has all of the change', () => {
  const one = { shares: 10, visits: 200, value: 50_000 }
  const { information, chain, interaction, change } = factorsOf(
    { shares: 20, visits: 400, value: 100_000 },
    one,
  )
  assert.deepEqual([information.part, chain.part, interaction.part, change], [50_000, 0, 0, 50_000])
  // Twice the shares, and half the visits of each: the value stays, and both say what they did.
  const still = factorsOf({ shares: 20, visits: 200, value: 50_000 }, one)
  const part = Math.round(50_000 * Math.LN2)
  assert.deepEqual([still.information.part, still.chain.part, still.change], [part, -part, 0])
})

test('values far apart are explained as exactly, and as fast', () => {
  for (const most of [10 ** 13, Number.MAX_SAFE_INTEGER]) {
    const [one, other] = [
      { shares: 3, visits: 4, value: most },
      { shares: 2, visits: 5, value: 1 },
    ]
    for (const [now, before] of [
      [one, other],
      [other, one],
    ] as const) {
      const { information, chain, interaction, change } = factorsOf(now, before)
      const mean = change / Math.log(now.value / before.value)
      const right = mean * Math.log(now.shares / before.shares)
      assert.ok(Math.abs((information.part as number) / right - 1) < 1e-11)
      assert.equal(Number(information.part) + Number(chain.part) + Number(interaction.part), change)
    }
  }
})

test('a factor without a number in either range has no logarithm and no part', () => {
  const { information, chain, interaction, log, change } = factorsOf(
    { shares: 3, visits: 6, value: 0 },
    { shares: 0, visits: 2, value: 40 },
  )
  assert.deepEqual([information.now, information.before, information.log], [3, 0, null])
  assert.deepEqual([chain.now, chain.before, chain.log], [2, 0, null])
  assert.deepEqual([interaction.now, interaction.before, interaction.log], [0, 20, null])
  assert.deepEqual(
    [information.part, chain.part, interaction.part, log, change],
    [null, null, null, null, -40],
  )
})

onEveryDatabase('the dividend', (bench) => {
  let site: TestSite
  before(async () => {
    site = await newSite(bench)
  })
  const dividend = (of: TestSite, query = '') =>
    serverOf(bench, of).get<DividendReport>(`/v1/reports/dividend?${query}`)

  it('is what came through shares, of a range and the one before it', async () => {
    await liveAtRandom(bench, site, 31, 160)
    const facts = await oracle.factsOf(bench, site.id)
    const random = seeded(32)
    for (let round = 0; round < 20; round++) {
      const from = bench.clock.now - random.below(40 * DAY)
      const span = oracle.widened({ from, to: from + 1 + random.below(20 * DAY) })
      const range = `from=${new Date(span.from).toISOString()}&to=${new Date(span.to).toISOString()}`
      const now = oracle.totalsOf(facts, span)
      const then = oracle.totalsOf(facts, { from: span.from - (span.to - span.from), to: span.from })
      for (const currency of [undefined, 'EUR', 'JPY', 'CHF']) {
        const told = await dividend(site, currency ? `${range}&currency=${currency}` : range)
        const worth = ({ earned }: typeof now) =>
          earned.find((money) => money.currency === told.currency)?.amount ?? 0
        assert.deepEqual(told.now, { shares: now.shares, visits: now.visits, value: worth(now) })
        assert.deepEqual(told.before, { shares: then.shares, visits: then.visits, value: worth(then) })
        if (currency) assert.equal(told.currency, currency)
        else if (now.earned.length > 0)
          assert.equal(worth(now), Math.max(...now.earned.map(({ amount }) => amount)))
        const { information, chain, interaction, change } = told
        assert.deepEqual(
          { information, chain, interaction, change },
          (({ log: _, ...factors }) => factors)(factorsOf(told.now, told.before)),
        )
      }
    }
  })

  it('speaks the currency there is: of now, else of before, else of anything, else none', async () => {
    const shop = await newSite(bench)
    const empty = await dividend(shop)
    assert.deepEqual([empty.currency, empty.currencies, empty.change], ['EUR', [], 0])
    const { code } = await somebody(bench, shop).share()
    await somebody(bench, shop).convert({ value: 5, currency: 'CHF' })
    assert.deepEqual((await dividend(shop)).currencies, ['CHF'])
    assert.equal((await dividend(shop)).currency, 'CHF')
    const bob = somebody(bench, shop)
    await bob.visit(code)
    await bob.convert({ value: 7, currency: 'JPY' })
    assert.equal((await dividend(shop)).currency, 'JPY')
    bench.clock.now += 31 * DAY
    const later = await dividend(shop)
    assert.deepEqual([later.currency, later.now.value, later.before.value], ['JPY', 0, 7])
  })

  it('of a currency that is none is refused by name', async () => {
    for (const currency of ['', 'eur', 'XYZ', '%F0%9F%98%80']) {
      const headers = { authorization: `Bearer ${site.secretKey}` }
      const response = await bench.request(`/v1/reports/dividend?currency=${currency}`, { headers })
      assert.equal(response.status, 422)
      assert.equal(((await response.json()) as { error: { field: string } }).error.field, 'currency')
    }
  })
})
