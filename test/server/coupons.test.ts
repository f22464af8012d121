import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { Conversion } from '../../server/contract/conversions.ts'
import type { Coupon, CouponState, Coupons } from '../../server/contract/coupons.ts'
import type { ConversionsReport } from '../../server/contract/reports.ts'
import {
  newSite,
  newToken,
  ORIGIN,
  onEveryDatabase,
  pageOf,
  serverOf,
  type TestSite,
} from '../support/databases.ts'
import { refusal, SHOP, somebody } from '../support/somebody.ts'

const DAY = 24 * 60 * 60_000

onEveryDatabase('coupons', (bench) => {
  const make = async (site: TestSite, coupon: object = {}) => {
    const response = await serverOf(bench, site).post('/v1/coupons', { customerId: 'alice', ...coupon })
    assert.equal(response.status, 201, await response.clone().text())
    return (await response.json()) as Coupon
  }
  const listed = async (site: TestSite, query = '') =>
    serverOf(bench, site).get<Coupons>(`/v1/coupons${query}`)
  const one = async (site: TestSite, code: string) =>
    (await listed(site, '?limit=100')).data.find((coupon) => coupon.code === code) as Coupon
  const revoke = (site: TestSite, code: string) =>
    bench.request(`/v1/coupons/${encodeURIComponent(code)}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${site.secretKey}` },
    })
  const look = (site: TestSite, code: string) =>
    bench.request(`/v1/coupons/${encodeURIComponent(code)}`, {
      headers: { 'x-grapevine-site': site.publishableKey },
    })
  const buy = async (site: TestSite, conversion: object) => {
    const response = await serverOf(bench, site).post('/v1/conversions', { name: 'purchase', ...conversion })
    assert.ok(response.ok, await response.clone().text())
    return (await response.json()) as Conversion
  }
  const row = async (site: TestSite, orderId: string) => {
    const found = await bench.deps.read
      .selectFrom('conversion')
      .selectAll()
      .where('site_id', '=', site.id)
      .where('order_id', '=', orderId)
      .executeTakeFirst()
    assert.ok(found)
    return found
  }

  it('make a conversion their person’s, click or no click, as its last touch', async () => {
    const site = await newSite(bench)
    const { code, person } = await make(site, { code: 'alice-10', label: 'Ten percent' })
    assert.equal(code, 'ALICE-10')
    const bob = somebody(bench, site)
    assert.equal((await bob.convert({ orderId: 'no click', coupon: ' Alice-10 ' })).coupon, 'accepted')
    const other = await somebody(bench, site).share()
    await bob.visit(other.code)
    assert.equal((await bob.convert({ orderId: 'click', coupon: code })).coupon, 'accepted')
    for (const [orderId, touches] of [
      ['no click', 1],
      ['click', 2],
    ] as const) {
      const { people, rung, coupon, touches: stored, share_id, at } = await row(site, orderId)
      assert.deepEqual([people, rung, coupon], [person.id, 'coupon', 'ALICE-10'])
      const list = JSON.parse(stored ?? '') as unknown[]
      assert.equal(list.length, touches)
      assert.deepEqual(list.at(-1), [share_id, at])
    }
    assert.deepEqual([(await one(site, code)).used, (await one(site, code)).state], [2, 'works'])
    const { data } = await serverOf(bench, site).get<ConversionsReport>('/v1/reports/conversions')
    assert.deepEqual(
      data.map(({ chain }) => chain.map((hop) => hop.person.id)),
      [[person.id], [person.id]],
    )
  })

  it('that cannot be redeemed lose no conversion, and say why', async () => {
    const site = await newSite(bench)
    const now = () => new Date(bench.clock.now).toISOString()
    await make(site, { code: 'REVOKED' })
    assert.equal((await revoke(site, 'revoked')).status, 204)
    await make(site, { code: 'EXPIRED', expiresAt: now() })
    await make(site, { code: 'USED', most: 1 })
    assert.equal((await buy(site, { orderId: 'first', coupon: 'USED' })).coupon, 'accepted')
    await make(site, { code: 'ALICES' })
    await make(await newSite(bench), { code: 'ELSEWHERE' })
    const cases: [string, Conversion['coupon']][] = [
      ['revoked', 'revoked'],
      ['EXPIRED', 'expired'],
      ['USED', 'used'],
      ['ALICES', 'own'],
      ['ELSEWHERE', 'unknown'],
      ['SUMMER SALE', 'unknown'],
      ['🎁', 'unknown'],
      ["'; drop table coupon", 'unknown'],
      ['x'.repeat(500), 'unknown'],
      ['', null],
      [' ', null],
      ['%', 'unknown'],
    ]
    for (const [coupon, outcome] of cases) {
      const sent = { orderId: `with ${coupon.slice(0, 99)}`, coupon, customerId: 'alice' }
      const { coupon: told, outcome: recorded } = await buy(site, sent)
      assert.deepEqual([told, recorded], [outcome, 'recorded'], coupon)
      const { share_id, coupon: kept } = await row(site, `with ${coupon.slice(0, 99)}`)
      assert.deepEqual([share_id, kept], [null, null], coupon)
    }
    assert.equal((await one(site, 'ALICES')).used, 0)
    assert.equal((await buy(site, { orderId: 'none' })).coupon, null)
  })

  it('of the buyer’s own bring nobody, and leave the click that did', async () => {
    const site = await newSite(bench)
    const token = newToken()
    const alice = somebody(bench, site, token)
    await alice.share()
    const other = await somebody(bench, site).share()
    await alice.visit(other.code)
    await alice.share({ url: SHOP })
    const me = await bench.deps.read
      .selectFrom('share')
      .select('person_id')
      .where('site_id', '=', site.id)
      .where('depth', '=', 1)
      .executeTakeFirstOrThrow()
    const { code } = await make(site, { customerId: undefined, person: me.person_id })
    assert.equal((await alice.convert({ orderId: 'A', coupon: code })).coupon, 'own')
    assert.equal((await row(site, 'A')).rung, 'storage')
  })

  it('are used once by an order, however often it is reported', async () => {
    const site = await newSite(bench)
    const { code } = await make(site, { most: 5 })
    const bob = somebody(bench, site)
    const sent = { orderId: 'A', coupon: code }
    assert.equal((await bob.convert(sent)).coupon, 'accepted')
    assert.equal((await bob.convert(sent)).coupon, 'accepted')
    assert.equal((await buy(site, sent)).coupon, 'accepted')
    assert.equal((await buy(site, { orderId: 'A' })).coupon, null)
    await Promise.all(Array.from({ length: 20 }, () => buy(site, { orderId: 'B', coupon: code })))
    assert.equal((await one(site, code)).used, 2)
    assert.equal((await row(site, 'A')).coupon, code)
  })

  it('that only a proof knows of are redeemed then, and win over the click of the claim', async () => {
    const site = await newSite(bench)
    const { code, person } = await make(site)
    const bob = somebody(bench, site)
    await bob.visit((await somebody(bench, site).share()).code)
    await bob.convert({ orderId: 'A' })
    assert.equal((await buy(site, { orderId: 'A', coupon: code })).coupon, 'accepted')
    const { people, touches, rung } = await row(site, 'A')
    assert.deepEqual([people, rung, JSON.parse(touches ?? '').length], [person.id, 'coupon', 2])
    // Once proved and brought by somebody, no page changes who did.
    const late = await make(site, { customerId: 'carol' })
    await bob.convert({ orderId: 'C' })
    await buy(site, { orderId: 'C' })
    assert.equal((await bob.convert({ orderId: 'C', coupon: late.code })).coupon, null)
    assert.equal((await one(site, late.code)).used, 0)
    assert.equal((await row(site, 'C')).coupon, null)
  })

  it('that a page claims keep the conversion, unless a proof names another, whose use it then is', async () => {
    const site = await newSite(bench)
    const [alices, carols] = [
      await make(site, { most: 1 }),
      await make(site, { customerId: 'carol', most: 1 }),
    ]
    const server = serverOf(bench, site)
    const share = await somebody(bench, site).share()
    await server.post('/v1/visits', { code: share.code, url: SHOP, customerId: 'bob' })
    const bob = somebody(bench, site)
    await bob.convert({ orderId: 'kept', coupon: alices.code })
    await buy(site, { orderId: 'kept', customerId: 'bob' })
    assert.equal((await row(site, 'kept')).coupon, alices.code)
    await bob.convert({ orderId: 'other', coupon: carols.code })
    assert.equal((await buy(site, { orderId: 'other', coupon: alices.code })).coupon, 'used')
    assert.equal((await row(site, 'other')).people, carols.person.id)
    const daves = await make(site, { customerId: 'dave' })
    assert.equal((await buy(site, { orderId: 'other', coupon: daves.code })).coupon, null)
    await bob.convert({ orderId: 'third', coupon: daves.code })
    const eves = await make(site, { customerId: 'eve' })
    assert.equal((await buy(site, { orderId: 'third', coupon: eves.code })).coupon, 'accepted')
    const { people, touches } = await row(site, 'third')
    assert.deepEqual([people, JSON.parse(touches ?? '').length], [eves.person.id, 1])
    assert.deepEqual([(await one(site, daves.code)).used, (await one(site, eves.code)).used], [0, 1])
  })

  it('of ten uses are accepted ten times of sixty-four at once', async () => {
    const site = await newSite(bench)
    const { code } = await make(site, { most: 10 })
    const outcomes = await Promise.all(
      Array.from({ length: 64 }, async (_, i) => (await buy(site, { orderId: `${i}`, coupon: code })).coupon),
    )
    assert.equal(outcomes.filter((outcome) => outcome === 'accepted').length, 10)
    assert.equal(outcomes.filter((outcome) => outcome === 'used').length, 54)
    assert.deepEqual([(await one(site, code)).used, (await one(site, code)).state], [10, 'used'])
    const { data } = await serverOf(bench, site).get<ConversionsReport>('/v1/reports/conversions?limit=100')
    assert.equal(data.length, 64)
    assert.equal(data.filter(({ chain }) => chain.length > 0).length, 10)
  })

  it('expire as of when the order happened', async () => {
    const site = await newSite(bench)
    const expiresAt = new Date(bench.clock.now + DAY).toISOString()
    const { code } = await make(site, { expiresAt })
    assert.equal((await one(site, code)).expiresAt, expiresAt)
    bench.clock.now += 2 * DAY
    assert.equal((await one(site, code)).state, 'expired')
    const at = new Date(bench.clock.now - 1.5 * DAY).toISOString()
    assert.equal((await buy(site, { orderId: 'before', coupon: code, at })).coupon, 'accepted')
    assert.equal((await buy(site, { orderId: 'after', coupon: code })).coupon, 'expired')
  })

  it('have codes that read well, and one owner’s code is no other’s', async () => {
    const site = await newSite(bench)
    const made = await Promise.all(Array.from({ length: 30 }, () => make(site)))
    for (const { code } of made) assert.match(code, /^GRP-[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}$/)
    assert.equal(new Set(made.map(({ code }) => code)).size, 30)
    await make(site, { code: 'TAKEN' })
    const again = serverOf(bench, site).post('/v1/coupons', { customerId: 'bob', code: 'taken' })
    assert.deepEqual(await refusal(again), [409, 'code'])
    const headers = { 'idempotency-key': 'k' }
    const sent = { customerId: 'alice', code: 'ONCE' }
    const [one, two] = [
      await serverOf(bench, site).post('/v1/coupons', sent, headers),
      await serverOf(bench, site).post('/v1/coupons', sent, headers),
    ]
    assert.deepEqual([two.status, await two.text()], [201, await one.text()])
  })

  it('are listed latest first, each once, and by their person', async () => {
    const site = await newSite(bench)
    const made: string[] = []
    for (let i = 0; i < 7; i++) made.unshift((await make(site, { customerId: i % 2 ? 'bob' : 'alice' })).code)
    const seen: string[] = []
    for (let cursor = ''; ; ) {
      const { data, next } = await listed(site, `?limit=3${cursor}`)
      seen.push(...data.map(({ code }) => code))
      if (next === null) break
      cursor = `&cursor=${next}`
    }
    assert.deepEqual(seen, made)
    const bob = (await one(site, made[1] as string)).person.id
    const bobs = await listed(site, `?person=${bob}`)
    assert.deepEqual(
      bobs.data.map(({ code }) => code),
      made.filter((_, i) => i % 2 === 1),
    )
    assert.deepEqual((await listed(site, '?person=nobody')).data, [])
  })

  it('show whoever has the code what they are, and no more', async () => {
    const site = await newSite(bench)
    const { code } = await make(site, { label: '10 % off' })
    const response = await look(site, code.toLowerCase())
    assert.deepEqual((await response.json()) as CouponState, {
      ...{ code, gift: false, label: '10 % off', state: 'works', expiresAt: null, from: null },
    })
  })

  it('of another site do not exist', async () => {
    const [site, other] = [await newSite(bench), await newSite(bench)]
    const { code, person } = await make(site)
    const bytes = async (response: Response) => (await response.text()).replace(/"requestId":"[^"]*"/, '')
    const unknown = await bytes(await look(other, 'GRP-AAAA-BBBB'))
    const foreign = await look(other, code)
    assert.equal(foreign.status, 404)
    assert.equal(await bytes(foreign), unknown)
    assert.equal((await revoke(other, code)).status, 404)
    assert.equal((await one(site, code)).state, 'works')
    assert.deepEqual((await listed(other)).data, [])
    const post = serverOf(bench, other).post('/v1/coupons', { person: person.id })
    assert.deepEqual(await refusal(post), [404, 'person'])
    assert.equal((await make(other, { code })).code, code)
  })

  it('are the owner’s to make, and need a page of the site', async () => {
    const site = await newSite(bench)
    const good = { customerId: 'alice' }
    assert.equal((await pageOf(bench, site)('/v1/coupons', good)).status, 401)
    assert.equal((await look(site, 'nobody-has-this')).status, 404)
    const cases: [object, number, string][] = [
      [{}, 422, 'person'],
      [{ customerId: 'a', person: 'x'.repeat(16) }, 422, 'person'],
      [{ person: 'x' }, 422, 'person'],
      [{ person: 'x'.repeat(16) }, 404, 'person'],
      [{ ...good, code: 'ABC' }, 422, 'code'],
      [{ ...good, code: 'A B C D' }, 422, 'code'],
      [{ ...good, code: '-ABCD' }, 422, 'code'],
      [{ ...good, code: 'ÄÖÜß' }, 422, 'code'],
      [{ ...good, code: 'X'.repeat(33) }, 422, 'code'],
      [{ ...good, most: 0 }, 422, 'most'],
      [{ ...good, most: 1.5 }, 422, 'most'],
      [{ ...good, most: 2, gift: true }, 422, 'most'],
      [{ ...good, expiresAt: 'tomorrow' }, 422, 'expiresAt'],
      [{ ...good, url: 'https://elsewhere.example/' }, 422, 'url'],
      [{ ...good, url: 'x' }, 422, 'url'],
      [{ ...good, label: 'x'.repeat(101) }, 422, 'label'],
      [{ ...good, gift: 'yes' }, 422, 'gift'],
      [{ ...good, colour: 1 }, 422, 'colour'],
    ]
    for (const [body, status, field] of cases)
      assert.deepEqual(
        await refusal(serverOf(bench, site).post('/v1/coupons', body)),
        [status, field],
        JSON.stringify(body),
      )
    for (const bad of ['%00', 'a', 'x'.repeat(500), '%F0%9F%8E%81'])
      assert.ok(
        [404, 422].includes(
          (
            await bench.request(`/v1/coupons/${bad}`, {
              headers: { 'x-grapevine-site': site.publishableKey },
            })
          ).status,
        ),
        bad,
      )
    assert.equal((await make(site, { url: `${ORIGIN}/summer?utm_source=x#top` })).state, 'works')
  })
})
