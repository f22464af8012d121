import assert from 'node:assert/strict'
import { before, it } from 'node:test'
import type { FunnelReport } from '../../server/contract/reports.ts'
import { personForAct } from '../../server/identity/find-person.ts'
import { rebuildSite } from '../../server/reports/rebuild.ts'
import { newSite, onEveryDatabase, serverOf, type TestSite } from '../support/databases.ts'
import * as oracle from '../support/oracle.ts'
import { liveAtRandom, seeded } from '../support/random-life.ts'
import { funnelOf } from '../support/report-oracle.ts'
import { ARTICLE, mintCode, SHOP, somebody } from '../support/somebody.ts'

const HOUR = 60 * 60_000
const DAY = 24 * HOUR
const UNCHANGED = { rollup: 0, share_total: 0, cascade: 0, cascade_level: 0 }

onEveryDatabase('the funnel', (bench) => {
  let site: TestSite
  before(async () => {
    site = await newSite(bench)
  })
  const rebuild = (of: TestSite) => bench.deps.write((work) => rebuildSite(work, of.id))
  const funnel = (of: TestSite, query = '') =>
    serverOf(bench, of).get<FunnelReport>(`/v1/reports/funnel?${query}`)
  /** Sense, interact, connect, act, share of a site so far. */
  const steps = async (of: TestSite) => {
    const { total } = await funnel(of, 'by=channel')
    return [total.sense, total.interact, total.connect, total.act, total.share]
  }

  it('leads from a visit over a gesture, a birth and a purchase to passing on', async () => {
    const [alice, bob] = [somebody(bench, site), somebody(bench, site)]
    const { code } = await alice.share({ channel: 'x' })
    assert.deepEqual(await steps(site), [0, 0, 0, 0, 0])
    await bob.visit(code)
    assert.deepEqual(await steps(site), [1, 0, 0, 0, 0])
    const touched = { code, url: ARTICLE, gesture: true }
    assert.deepEqual(await (await bob.post('/v1/visits', touched)).json(), { outcome: 'again' })
    assert.deepEqual(await steps(site), [1, 1, 0, 0, 0])
    await bob.convert({ value: 100, currency: 'EUR' })
    assert.deepEqual(await steps(site), [1, 1, 0, 1, 0])
    await bob.share({ url: SHOP, channel: 'email' })
    assert.deepEqual(await steps(site), [1, 1, 1, 1, 1])
    // All of it is what came of Alice's share, on her page and channel.
    const { data } = await funnel(site)
    const all = { sense: 1, interact: 1, connect: 1, act: 1, share: 1 }
    assert.deepEqual(data, [{ key: ARTICLE, ...all }])
    assert.deepEqual((await funnel(site, 'by=channel')).data, [{ key: 'x', ...all }])
  })

  it('counts a gesture once a visit, however often it is told', async () => {
    const shop = await newSite(bench)
    const { code } = await somebody(bench, shop).share()
    const bob = somebody(bench, shop)
    const touched = { code, url: ARTICLE, gesture: true }
    await bob.visit(code)
    await Promise.all(Array.from({ length: 8 }, () => bob.post('/v1/visits', touched)))
    assert.deepEqual((await steps(shop)).slice(0, 2), [1, 1])
    await bob.post('/v1/visits', { code, url: ARTICLE, gesture: false })
    // A visit that begins with one is both at once; the next day is another visit.
    await somebody(bench, shop).post('/v1/visits', touched)
    assert.deepEqual((await steps(shop)).slice(0, 2), [2, 2])
    bench.clock.now += DAY
    await bob.post('/v1/visits', touched)
    assert.deepEqual((await steps(shop)).slice(0, 2), [3, 3])
    assert.deepEqual(await rebuild(shop), UNCHANGED)
  })

  it('counts no second visit for the gesture of somebody who keeps no token', async () => {
    const shop = await newSite(bench)
    const { code } = await somebody(bench, shop).share()
    const nobody = somebody(bench, shop, '')
    assert.equal(await nobody.visit(code), 'counted')
    const told = await nobody.post('/v1/visits', { code, url: ARTICLE, gesture: true })
    assert.deepEqual(await told.json(), { outcome: 'again' })
    assert.deepEqual((await steps(shop)).slice(0, 2), [1, 0])
    const unknown = await nobody.post('/v1/visits', {
      code: `zzzzzz${code.slice(6)}`,
      url: ARTICLE,
      gesture: true,
    })
    assert.equal(unknown.status, 404)
  })

  it('counts neither visit nor gesture at one’s own link', async () => {
    const shop = await newSite(bench)
    const alice = somebody(bench, shop)
    const { code } = await alice.share()
    const own = await alice.post('/v1/visits', { code, url: ARTICLE, gesture: true })
    assert.deepEqual(await own.json(), { outcome: 'own' })
    assert.deepEqual(await steps(shop), [0, 0, 0, 0, 0])
  })

  it('keeps the gesture of a visit whose code is registered only later', async () => {
    const shop = await newSite(bench)
    const [alice, bob, carol] = [somebody(bench, shop), somebody(bench, shop), somebody(bench, shop)]
    const code = mintCode(shop)
    assert.equal(await bob.visit(code), 'waiting')
    await bob.post('/v1/visits', { code, url: ARTICLE, gesture: true })
    await carol.visit(code)
    await carol.share({ url: SHOP })
    await alice.share({ code })
    await bench.settle()
    assert.deepEqual(await steps(shop), [2, 1, 1, 0, 1])
    assert.deepEqual(await rebuild(shop), UNCHANGED)
  })

  it('counts a person who is born in two places at once, once', async () => {
    const shop = await newSite(bench)
    const { code } = await somebody(bench, shop).share()
    const bob = somebody(bench, shop)
    await bob.visit(code)
    await Promise.all(['copy', 'x', 'email', 'qr'].map((channel) => bob.share({ channel })))
    assert.deepEqual(await steps(shop), [1, 0, 1, 0, 4])
    assert.deepEqual(await rebuild(shop), UNCHANGED)
  })

  it('does not count who was undone', async () => {
    const shop = await newSite(bench)
    const { code } = await somebody(bench, shop).share()
    const { id } = await bench.deps.read
      .selectFrom('share')
      .select('id')
      .where('site_id', '=', shop.id)
      .executeTakeFirstOrThrow()
    await assert.rejects(
      bench.deps.write(async (work) => {
        await personForAct(work, shop.id, 'key', id)
        throw new Error('undone')
      }),
      /undone/,
    )
    // A waiting share that is refused when its turn comes takes its newborn along.
    const [bob, unregistered, taken] = [somebody(bench, shop), mintCode(shop), mintCode(shop)]
    await bob.visit(unregistered)
    await bob.share({ code: taken })
    await somebody(bench, shop).share({ code: taken, url: SHOP })
    await somebody(bench, shop).share({ code: unregistered })
    await bench.settle()
    assert.equal(typeof code, 'string')
    assert.deepEqual(await steps(shop), [1, 0, 0, 0, 0])
    assert.deepEqual(await rebuild(shop), UNCHANGED)
  })

  it('tells of any life, by page and channel, what counting its rows tells', async () => {
    const shop = await newSite(bench)
    await liveAtRandom(bench, shop, 11, 160)
    const facts = await oracle.factsOf(bench, shop.id)
    const random = seeded(12)
    const whole = funnelOf(facts, { from: 0, to: bench.clock.now + DAY }, 'page').total
    assert.ok(
      Object.values(whole).every((count) => count > 5),
      JSON.stringify(whole),
    )
    for (let round = 0; round < 12; round++) {
      const from = bench.clock.now - random.below(40 * DAY)
      const span = { from, to: from + 1 + random.below(20 * DAY) }
      const range = `from=${new Date(span.from).toISOString()}&to=${new Date(span.to).toISOString()}`
      for (const by of ['page', 'channel'] as const) {
        const expected = funnelOf(facts, oracle.widened(span), by)
        const rows: FunnelReport['data'] = []
        for (let cursor: string | null = ''; cursor !== null; ) {
          const page: FunnelReport = await funnel(
            shop,
            `${range}&by=${by}&limit=2${cursor && `&cursor=${cursor}`}`,
          )
          assert.deepEqual(page.total, expected.total)
          rows.push(...page.data)
          cursor = page.next
        }
        assert.deepEqual(rows, expected.data)
      }
    }
    assert.deepEqual(await rebuild(shop), UNCHANGED)
  })
})
