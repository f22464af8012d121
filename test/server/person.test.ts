import assert from 'node:assert/strict'
import { before, it } from 'node:test'
import type { ConversionsReport, PersonReport } from '../../server/contract/reports.ts'
import { post } from '../../server/rewards/ledger.ts'
import { blankPerson } from '../support/blank-person.ts'
import { newSite, onEveryDatabase, serverOf, type TestSite } from '../support/databases.ts'
import * as oracle from '../support/oracle.ts'
import { liveAtRandom, nameSome, seeded } from '../support/random-life.ts'
import { ledgerOf, personOf } from '../support/report-oracle.ts'
import { ARTICLE, somebody } from '../support/somebody.ts'

const DAY = 24 * 60 * 60_000

onEveryDatabase('a person’s page', (bench) => {
  let site: TestSite
  let facts: oracle.Facts
  before(async () => {
    site = await newSite(bench)
    await liveAtRandom(bench, site, 21, 200)
    await nameSome(bench, site)
    facts = await oracle.factsOf(bench, site.id)
    const random = seeded(22)
    await bench.deps.write(async (work) => {
      for (const { id: holder } of facts.people) {
        const amount = random.below(5000)
        const [currency, half] = [random.pick(['EUR', 'JPY']), Math.floor(amount / 2)]
        await post(work, site.id, 'test', [
          { account: 'house', holder: '', amount: -amount, currency },
          { account: random.pick(['person', 'payable']), holder, amount: amount - half, currency },
          { account: random.pick(['paid', 'credit']), holder, amount: half, currency },
        ])
      }
    })
  })

  it('tells what they brought, nearest and at any hop, who brought them and whom they brought', async () => {
    const ledger = await ledgerOf(bench, site.id)
    const random = seeded(23)
    const seen = { influence: 0, brought: 0, broughtBy: 0, bought: 0 }
    for (const { id } of facts.people) {
      const from = bench.clock.now - random.below(60 * DAY)
      const span = { from, to: from + 1 + random.below(60 * DAY) }
      const range = `from=${new Date(span.from).toISOString()}&to=${new Date(span.to).toISOString()}`
      const { range: _, ...person } = await serverOf(bench, site).get<PersonReport>(
        `/v1/reports/people/${id}?${range}`,
      )
      assert.deepEqual(person, personOf(facts, oracle.widened(span), id, ledger))
      if (JSON.stringify(person.influence) !== JSON.stringify(person.value)) seen.influence++
      seen.brought += person.brought.length
      seen.broughtBy += person.broughtBy ? 1 : 0
      seen.bought += person.bought
    }
    assert.ok(
      Object.values(seen).every((count) => count > 0),
      JSON.stringify(seen),
    )
  })

  it('is not there for somebody unknown or of another site, in the same words', async () => {
    const other = await newSite(bench)
    const authorization = `Bearer ${other.secretKey}`
    const id = facts.people[0]?.id as string
    const answers = [
      id,
      id.toLowerCase(),
      `${id}0`,
      'x',
      '%00',
      '..%2f',
      'x'.repeat(5000),
      `${id.slice(1)}%25`,
    ]
    const bodies = new Set<string>()
    for (const asked of answers) {
      const response = await bench.request(`/v1/reports/people/${asked}`, { headers: { authorization } })
      assert.equal(response.status, 404, asked)
      bodies.add((await response.text()).replace(/"requestId":"[^"]*"/, ''))
    }
    assert.equal(bodies.size, 1)
    assert.equal((await bench.request(`/v1/reports/people/${id}`)).status, 401)
  })

  it('can be told of, and sees it themselves, however much they are owed', async () => {
    const shop = await newSite(bench)
    const server = serverOf(bench, shop)
    const rule = { currency: 'EUR', pot: { percent: 100 } }
    await server.post('/v1/programmes', { name: 'All of it', status: 'running', rule })
    const ann = somebody(bench, shop)
    const { code } = await ann.share()
    const order = { name: 'buy', value: 10 ** 13, currency: 'EUR', arrival: code }
    for (let batch = 0; batch < 10; batch++)
      await server.post('/v1/conversions/batch', { conversions: Array(100).fill(order) })
    await bench.settle()
    const { data } = await server.get<ConversionsReport>('/v1/reports/conversions')
    const told = await server.get<PersonReport>(`/v1/reports/people/${data[0]?.chain[0]?.person.id}`)
    const most = [{ currency: 'EUR', amount: Number.MAX_SAFE_INTEGER }]
    assert.deepEqual([told.value, told.influence, told.earned.owed], [most, most, most])
    const headers = { 'x-grapevine-site': shop.publishableKey, authorization: `Bearer ${ann.token}` }
    assert.equal((await bench.request(`/v1/referral?url=${ARTICLE}`, { headers })).status, 200)
  })

  it('names nobody as influential whose id only reads across two others', async () => {
    const shop = await newSite(bench)
    const [a, b] = ['AAAAAAAABBBBBBBB', 'CCCCCCCCDDDDDDDD']
    const across = 'BBBBBBBBCCCCCCCC'
    await bench.deps.write(async ({ db }) => {
      const blank = blankPerson(shop.id)
      for (const id of [a, b, across])
        await db
          .insertInto('person')
          .values({ ...blank, id })
          .execute()
      const row = facts.conversions.find(({ value }) => value !== null) as oracle.Facts['conversions'][number]
      const chain = { share_id: null, path: null, people: a + b, value: 7, currency: 'EUR', refunded: 0 }
      const at = bench.clock.now
      await db
        .insertInto('conversion')
        .values({ ...row, ...chain, site_id: shop.id, at })
        .execute()
    })
    const influence = async (id: string) =>
      (await serverOf(bench, shop).get<PersonReport>(`/v1/reports/people/${id}`)).influence
    assert.deepEqual(await influence(a), [{ currency: 'EUR', amount: 7 }])
    assert.deepEqual(await influence(b), [{ currency: 'EUR', amount: 7 }])
    assert.deepEqual(await influence(across), [])
  })
})
