import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { Conversion } from '../../server/contract/conversions.ts'
import type { Coupon, CouponState, Coupons, PassedGift } from '../../server/contract/coupons.ts'
import { rebuildSite } from '../../server/reports/rebuild.ts'
import {
  newSite,
  newToken,
  ORIGIN,
  onEveryDatabase,
  pageOf,
  serverOf,
  type TestSite,
} from '../support/databases.ts'
import { refusal, somebody } from '../support/somebody.ts'

const DAY = 24 * 60 * 60_000

onEveryDatabase('gift coupons', (bench) => {
  const make = async (site: TestSite, gift: object = {}) => {
    const sent = {
      customerId: 'alice',
      gift: true,
      label: 'A coffee',
      url: `${ORIGIN}/cafe?a=1#menu`,
      ...gift,
    }
    const response = await serverOf(bench, site).post('/v1/coupons', sent)
    assert.equal(response.status, 201, await response.clone().text())
    return (await response.json()) as Coupon
  }
  const passing = (site: TestSite, code: string, token: string, headers = {}) =>
    pageOf(bench, site)(`/v1/coupons/${code}/pass`, {}, { token, headers })
  const pass = async (site: TestSite, code: string, token: string) => {
    const response = await passing(site, code, token)
    assert.equal(response.status, 201, await response.clone().text())
    return (await response.json()) as PassedGift
  }
  const buy = async (site: TestSite, orderId: string, coupon: string, token = newToken()) =>
    ((await somebody(bench, site, token).convert({ orderId, coupon })) as Conversion).coupon
  const stateOf = async (site: TestSite, code: string) => {
    const headers = { 'x-grapevine-site': site.publishableKey }
    return ((await (await bench.request(`/v1/coupons/${code}`, { headers })).json()) as CouponState).state
  }
  const listed = async (site: TestSite) =>
    (await serverOf(bench, site).get<Coupons>('/v1/coupons?limit=100')).data
  const peopleOf = async (site: TestSite, orderId: string) => {
    const row = await bench.deps.read
      .selectFrom('conversion')
      .selectAll()
      .where('site_id', '=', site.id)
      .where('order_id', '=', orderId)
      .executeTakeFirstOrThrow()
    return row.people?.match(/.{16}/g) ?? []
  }
  /** The person of a token; none before their first act. */
  const personOf = async (site: TestSite, token: string) => {
    const headers = { 'x-grapevine-site': site.publishableKey, authorization: `Bearer ${token}` }
    return ((await (await bench.request('/v1/me', { headers })).json()) as { id: string }).id
  }

  it('go from hand to hand, and the path of the hands is the chain of whoever redeems them', async () => {
    const site = await newSite(bench)
    const [bob, carol, dave] = [newToken(), newToken(), newToken()]
    const first = await make(site)
    assert.deepEqual([first.gift, first.most, first.hops], [true, 1, 0])
    const second = await pass(site, first.code, bob)
    const third = await pass(site, second.code.toLowerCase(), carol)
    assert.equal(new Set([first.code, second.code, third.code]).size, 3)
    assert.deepEqual(await Promise.all([first, second, third].map(({ code }) => stateOf(site, code))), [
      'passed',
      'passed',
      'works',
    ])
    assert.equal(await buy(site, 'void', first.code), 'passed')
    assert.equal(await buy(site, 'A', third.code, dave), 'accepted')
    assert.deepEqual(await peopleOf(site, 'A'), [
      first.person.id,
      await personOf(site, bob),
      await personOf(site, carol),
    ])
    assert.equal(await stateOf(site, third.code), 'used')
    assert.deepEqual(
      (await listed(site)).map(({ code, hops, used }) => [code, hops, used]),
      [
        [third.code, 2, 1],
        [second.code, 1, 0],
        [first.code, 0, 0],
      ],
    )
    const mended = await bench.deps.write((work) => rebuildSite(work, site.id))
    assert.ok(Object.values(mended).every((rows) => rows === 0))
  })

  it('come as a link to their page, with the hand-over’s code and the gift in the fragment', async () => {
    const site = await newSite(bench)
    const expiresAt = new Date(bench.clock.now + DAY).toISOString()
    const gift = await make(site, { expiresAt })
    const bob = newToken()
    const passed = await pass(site, gift.code, bob)
    assert.deepEqual([passed.label, passed.expiresAt], ['A coffee', expiresAt])
    const link = new URL(passed.link)
    assert.deepEqual([link.origin, link.pathname, link.hash], [ORIGIN, '/cafe', `#gift=${passed.code}`])
    assert.equal(link.searchParams.get('a'), '1')
    const carol = somebody(bench, site)
    assert.equal(
      await carol.visit(link.searchParams.get('gv') ?? '', { url: `${ORIGIN}/cafe?a=1` }),
      'counted',
    )
  })

  it('passed on by the same person again make no new hop', async () => {
    const site = await newSite(bench)
    const bob = newToken()
    const first = await make(site)
    const second = await pass(site, first.code, bob)
    const third = await pass(site, second.code, bob)
    assert.notEqual(third.code, second.code)
    assert.equal(new URL(third.link).searchParams.get('gv'), new URL(second.link).searchParams.get('gv'))
    assert.equal(await buy(site, 'A', third.code), 'accepted')
    assert.deepEqual(await peopleOf(site, 'A'), [first.person.id, await personOf(site, bob)])
  })

  it('come round to somebody who had them before', async () => {
    const site = await newSite(bench)
    const [bob, carol] = [newToken(), newToken()]
    const first = await make(site)
    const again = await pass(
      site,
      (await pass(site, (await pass(site, first.code, bob)).code, carol)).code,
      bob,
    )
    assert.equal(await buy(site, 'A', again.code), 'accepted')
    const [b, c] = [await personOf(site, bob), await personOf(site, carol)]
    assert.deepEqual(await peopleOf(site, 'A'), [first.person.id, b, c, b])
  })

  it('redeemed by whoever passed them on bring nobody, and can still be given', async () => {
    const site = await newSite(bench)
    const bob = newToken()
    const { code } = await pass(site, (await make(site)).code, bob)
    assert.equal(await buy(site, 'own', code, bob), 'own')
    assert.deepEqual(await peopleOf(site, 'own'), [])
    assert.equal(await buy(site, 'friend', code), 'accepted')
  })

  it('are redeemed once across all hands, however many try at once', async () => {
    const site = await newSite(bench)
    const { code } = await pass(site, (await make(site)).code, newToken())
    const outcomes = await Promise.all(Array.from({ length: 64 }, (_, i) => buy(site, `order ${i}`, code)))
    assert.equal(outcomes.filter((outcome) => outcome === 'accepted').length, 1)
    assert.equal(outcomes.filter((outcome) => outcome === 'used').length, 63)
  })

  it('are passed on once, or redeemed, when both are tried at once', async () => {
    for (let round = 0; round < 10; round++) {
      const site = await newSite(bench)
      const { code } = await make(site)
      const [passes, bought] = await Promise.all([
        Promise.all(Array.from({ length: 8 }, () => passing(site, code, newToken()))),
        buy(site, 'A', code),
      ])
      const passed = passes.filter(({ status }) => status === 201).length
      assert.deepEqual([passed, bought], bought === 'accepted' ? [0, 'accepted'] : [1, 'passed'])
      assert.ok(passes.every(({ status }) => status === 201 || status === 409))
      const works = (await listed(site)).filter(({ state }) => state === 'works')
      assert.equal(works.length, passed)
    }
  })

  it('revoked while they are passed on work in nobody’s hands', async () => {
    for (let round = 0; round < 20; round++) {
      const site = await newSite(bench)
      const { code } = await make(site)
      const revoking = { method: 'DELETE', headers: { authorization: `Bearer ${site.secretKey}` } }
      const [passed, revoked] = await Promise.all([
        passing(site, code, newToken()),
        bench.request(`/v1/coupons/${code}`, revoking),
      ])
      assert.ok(passed.status === 201 || passed.status === 409)
      assert.equal(revoked.status, 204)
      assert.deepEqual(
        (await listed(site)).filter(({ state }) => state === 'works'),
        [],
      )
    }
  })

  it('that no longer work are not passed on, and the refusal says why', async () => {
    const site = await newSite(bench)
    const token = newToken()
    const passedOn = (await make(site)).code
    await pass(site, passedOn, token)
    const used = (await make(site)).code
    await buy(site, 'A', used)
    const revoked = (await make(site)).code
    const later = (await pass(site, revoked, token)).code
    await bench.request(`/v1/coupons/${revoked}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${site.secretKey}` },
    })
    const expired = (await make(site, { expiresAt: new Date(bench.clock.now + DAY).toISOString() })).code
    bench.clock.now += 2 * DAY
    const plain = (await make(site, { gift: false })).code
    const cases: [string, RegExp][] = [
      [passedOn, /passed on already/],
      [used, /redeemed already/],
      [revoked, /revoked/],
      [later, /revoked/],
      [expired, /expired/],
      [plain, /is no gift/],
    ]
    for (const [code, why] of cases) {
      const response = await passing(site, code, token)
      const { message } = ((await response.clone().json()) as { error: { message: string } }).error
      assert.match(message, why)
      assert.deepEqual(await refusal(response), [409, 'code'], code)
    }
  })

  it('are passed on by a person of the site, once an idempotency key', async () => {
    const [site, other] = [await newSite(bench), await newSite(bench)]
    const { code } = await make(site)
    assert.equal((await pageOf(bench, site)(`/v1/coupons/${code}/pass`, {})).status, 401)
    assert.equal((await serverOf(bench, site).post(`/v1/coupons/${code}/pass`, {})).status, 401)
    assert.deepEqual(await refusal(passing(other, code, newToken())), [404, 'code'])
    assert.deepEqual(await refusal(passing(site, 'GRP-2222-2222', newToken())), [404, 'code'])
    assert.deepEqual(await refusal(passing(site, 'x', newToken())), [422, 'code'])
    const [token, headers] = [newToken(), { 'idempotency-key': 'k' }]
    const [one, two] = [await passing(site, code, token, headers), await passing(site, code, token, headers)]
    assert.deepEqual([one.status, await one.text()], [201, await two.text()])
  })

  it('make the one who passes them on somebody whom the hands before have brought', async () => {
    const site = await newSite(bench)
    const bob = newToken()
    const first = await make(site)
    await pass(site, first.code, bob)
    const [born] = await bench.deps.read
      .selectFrom('person')
      .innerJoin('share', (join) =>
        join.onRef('share.site_id', '=', 'person.site_id').onRef('share.id', '=', 'person.brought_by'),
      )
      .select('share.person_id')
      .where('person.site_id', '=', site.id)
      .where('person.id', '=', await personOf(site, bob))
      .execute()
    assert.equal(born?.person_id, first.person.id)
  })
})
