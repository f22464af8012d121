import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { Share } from '../../server/contract/shares.ts'
import { type Bench, newToken, onEveryDatabase } from '../support/databases.ts'
import { aShop, DAY, HOUR, type Shop } from '../support/shop.ts'
import { ARTICLE, somebody } from '../support/somebody.ts'

const MINUTE = 60_000

onEveryDatabase('suspicion', (bench) => {
  const shopOf = async (bench: Bench, rule: object = {}) => {
    const shop = await aShop(bench)
    await shop.programme({ proof: 'any', holdDays: 365, ...rule })
    return shop
  }
  const wait = (ms: number) => {
    bench.clock.now += ms
  }
  /** Role and reasons of each reward, in the order they were made. */
  async function reasons(shop: Shop) {
    await bench.settle()
    return (await shop.rewards()).map(({ role, state, reasons }) => {
      assert.equal(state, reasons.length > 0 ? 'review' : 'pending')
      return [role, ...reasons].join(' ')
    })
  }
  const patchMe = (shop: Shop, token: string, change: object) =>
    bench.request('/v1/me', {
      method: 'PATCH',
      headers: {
        'content-type': 'application/json',
        'x-grapevine-site': shop.site.publishableKey,
        origin: shop.site.origins[0] ?? '',
        authorization: `Bearer ${token}`,
      },
      body: JSON.stringify(change),
    })

  it('falls on nobody who is honest: in three browsers, minutes apart', async () => {
    const shop = await shopOf(bench, { split: 'linear', buyer: { fixed: 100 } })
    const [alice, bob, carol] = [1, 2, 3].map(() => somebody(bench, shop.site)) as [
      ReturnType<typeof somebody>,
      ReturnType<typeof somebody>,
      ReturnType<typeof somebody>,
    ]
    const first = await alice.share()
    wait(MINUTE)
    await bob.visit(first.code)
    wait(MINUTE)
    const second = await bob.share()
    wait(MINUTE)
    await carol.visit(second.code)
    wait(MINUTE)
    await carol.convert({ value: 4900, currency: 'EUR', gesture: true })
    assert.deepEqual(await reasons(shop), ['sharer', 'sharer', 'buyer'])
  })

  it('falls on no flow that a site’s own server tells, at once and without gestures', async () => {
    const shop = await shopOf(bench)
    const share = (customerId: string) =>
      shop.send<Share>('/v1/shares', { url: ARTICLE, channel: 'copy', customerId })
    const { code } = await share('alice')
    await shop.order('A-1', { customerId: 'dave', arrival: code })
    await shop.order('A-2', { arrival: code })
    const coupon = await shop.send<{ code: string }>('/v1/coupons', { customerId: 'alice' })
    await shop.order('A-3', { customerId: 'erin', coupon: coupon.code })
    assert.deepEqual(await reasons(shop), ['sharer', 'sharer', 'sharer'])
  })

  it('falls on who buys within two seconds of arriving, or arrives before anybody could', async () => {
    const shop = await shopOf(bench)
    const code = await shop.chain('alice')
    const quick = somebody(bench, shop.site)
    await quick.visit(code)
    await quick.convert({ value: 100, currency: 'EUR' })
    const { code: fresh } = await somebody(bench, shop.site).share()
    const early = somebody(bench, shop.site)
    await early.visit(fresh)
    wait(MINUTE)
    await early.convert({ value: 100, currency: 'EUR' })
    assert.deepEqual(await reasons(shop), ['sharer timing', 'sharer timing'])
  })

  it('falls on nothing that the site’s own server tells in one go', async () => {
    const shop = await shopOf(bench)
    const { code } = await shop.send<Share>('/v1/shares', {
      ...{ url: ARTICLE, channel: 'copy', customerId: 'alice' },
    })
    await shop.visit('dave', code, 0)
    await shop.order('A-1', { customerId: 'dave' })
    assert.deepEqual(await reasons(shop), ['sharer'])
  })

  it('falls on no one who comes back and buys at once', async () => {
    const shop = await shopOf(bench)
    const code = await shop.chain('alice')
    const buyer = somebody(bench, shop.site)
    await buyer.visit(code)
    wait(3 * DAY)
    await buyer.visit(code)
    await buyer.convert({ value: 100, currency: 'EUR' })
    assert.deepEqual(await reasons(shop), ['sharer'])
  })

  it('falls on claims without a gesture, by bots, and on mails to throw away', async () => {
    const shop = await shopOf(bench)
    const code = await shop.chain('alice')
    const buy = async (conversion: object, headers: Record<string, string> = {}) => {
      const buyer = somebody(bench, shop.site)
      await buyer.visit(code)
      wait(MINUTE)
      const body = { name: 'purchase', value: 100, currency: 'EUR', ...conversion }
      assert.equal((await buyer.post('/v1/conversions', body, headers)).status, 201)
    }
    await buy({ gesture: false })
    await buy({}, { 'user-agent': 'Googlebot/2.1' })
    await shop.buy('dave', code, 'A-1', { customerMail: 'dave@mailinator.com' })
    assert.deepEqual(await reasons(shop), ['sharer no_gesture', 'sharer bot', 'sharer disposable_mail'])
  })

  it('falls on a sharer who is paid at a mail to throw away, and on nobody else of the chain', async () => {
    const shop = await shopOf(bench, { split: 'linear' })
    const sharer = somebody(bench, shop.site)
    const { code } = await sharer.share()
    wait(DAY)
    assert.equal((await patchMe(shop, sharer.token, { payout: 'x@mailinator.com' })).status, 200)
    await shop.visit('bob', code, HOUR)
    const act = { url: ARTICLE, channel: 'copy', customerId: 'bob' }
    const second = await shop.send<Share>('/v1/shares', act)
    wait(DAY)
    await shop.visit('dave', second.code, HOUR)
    await shop.order('A-1', { customerId: 'dave' })
    assert.deepEqual(await reasons(shop), ['sharer', 'sharer disposable_mail'])
  })

  it('falls on one mail on both sides, however it is written and whenever it became known', async () => {
    const shop = await shopOf(bench, { buyer: { fixed: 100 } })
    const code = await shop.chain('alice')
    await shop.order('own', { customerId: 'alice', customerMail: 'alice@example.com' })
    await shop.buy('second account', code, 'A-1', { customerMail: ' Alice+2@Example.com' })
    await shop.buy('friend', code, 'A-2', { customerMail: 'friend@example.com' })
    assert.deepEqual(await reasons(shop), ['sharer same_mail', 'buyer same_mail', 'sharer', 'buyer'])
  })

  it('falls on who bought with that mail before they were anybody', async () => {
    const shop = await shopOf(bench)
    await shop.order('own', { customerId: 'alice', customerMail: 'alice@example.com' })
    wait(DAY)
    const code = await shop.chain('alice')
    await shop.buy('second account', code, 'A-1', { customerMail: 'alice@example.com' })
    assert.deepEqual(await reasons(shop), ['sharer same_mail'])
  })

  it('falls on one purse on both sides', async () => {
    const shop = await shopOf(bench)
    const [sharer, buyer] = [somebody(bench, shop.site), somebody(bench, shop.site)]
    const { code } = await sharer.share()
    await buyer.share({ url: `${ARTICLE}/other` })
    assert.equal((await patchMe(shop, sharer.token, { payout: 'DE89 3704 0044 0532 0130 00' })).status, 200)
    assert.equal((await patchMe(shop, buyer.token, { payout: 'de89370400440532013000' })).status, 200)
    wait(MINUTE)
    await buyer.visit(code)
    wait(MINUTE)
    await buyer.convert({ value: 100, currency: 'EUR' })
    assert.deepEqual(await reasons(shop), ['sharer same_payout'])

    assert.equal((await patchMe(shop, sharer.token, { payout: 'pay@example.com' })).status, 200)
    await shop.buy('dave', code, 'A-1', { customerMail: 'PAY@example.com' })
    assert.deepEqual(await reasons(shop), ['sharer same_payout', 'sharer same_mail same_payout'])
  })

  it('falls on rings of two and of three, and not after ninety days', async () => {
    const shop = await shopOf(bench)
    const brings = async (sharer: string, buyer: string, order: string) => {
      const code = await shop.chain(sharer)
      await shop.buy(buyer, code, order)
      wait(4 * DAY)
    }
    await brings('alice', 'bob', 'A-1')
    await brings('bob', 'alice', 'A-2')
    await brings('carol', 'dave', 'A-3')
    await brings('dave', 'erin', 'A-4')
    await brings('erin', 'carol', 'A-5')
    await brings('frank', 'grace', 'A-6')
    wait(90 * DAY)
    await brings('grace', 'frank', 'A-7')
    assert.deepEqual(await reasons(shop), [
      'sharer',
      'sharer ring',
      'sharer',
      'sharer',
      'sharer ring',
      'sharer',
      'sharer',
    ])
  })

  it('falls on a burst under one root from its eleventh sale on, and on no other tree', async () => {
    const shop = await shopOf(bench)
    const [code, other] = [await shop.chain('alice', 'bob'), await shop.chain('carol')]
    for (let i = 1; i <= 12; i++) {
      await shop.buy(`buyer ${i}`, code, `A-${i}`)
      await bench.settle()
      wait(4 * MINUTE)
    }
    await shop.buy('other', other, 'B-1')
    const found = await reasons(shop)
    assert.deepEqual(
      found.slice(0, 10),
      Array.from({ length: 10 }, () => 'sharer'),
    )
    assert.deepEqual(found.slice(10), ['sharer burst', 'sharer burst', 'sharer'])
  })

  it('falls on a buyer whose key has turned out to be a sharer’s', async () => {
    const shop = await shopOf(bench)
    const token = newToken()
    const code = await shop.chain('alice')
    const browser = somebody(bench, shop.site, token)
    await browser.visit(code)
    wait(MINUTE)
    await browser.convert({ value: 100, currency: 'EUR' })
    const { visitor } = await bench.deps.read
      .selectFrom('conversion')
      .select('visitor')
      .where('site_id', '=', shop.site.id)
      .executeTakeFirstOrThrow()
    const row = { site_id: shop.site.id, key_hash: visitor ?? '', person_id: await shop.person('alice') }
    await bench.deps.write(({ db }) =>
      db
        .insertInto('person_key')
        .values({ ...row, created_at: bench.clock.now, kind: 'token', expires_at: null })
        .execute(),
    )
    assert.deepEqual(await reasons(shop), ['sharer self_referral'])
  })
})
