import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { Payout } from '../../server/contract/rewards.ts'
import { onEveryDatabase } from '../support/databases.ts'
import { aShop, DAY, type Shop, settleAtOnce } from '../support/shop.ts'
import { ARTICLE, mintCode, somebody } from '../support/somebody.ts'

onEveryDatabase('rewards', (bench) => {
  /** Role, who, what is left of it, and its state. */
  async function listed(shop: Shop, ...customers: string[]) {
    const names = new Map<string, string>()
    for (const customer of customers) names.set(await shop.person(customer), customer)
    return (await shop.rewards()).map(
      ({ role, person, amount, reversed, state }) =>
        `${role} ${names.get(person.id) ?? '?'} ${amount.amount - reversed.amount} ${state}`,
    )
  }
  const later = async (ms: number) => {
    bench.clock.now += ms
    await bench.settle()
  }

  it('are earned by the chain, held, and approved when the hold is over', async () => {
    const shop = await aShop(bench)
    const { id } = await shop.programme({ split: 'leibniz' })
    await shop.buy('dave', await shop.chain('alice', 'bob', 'carol'), 'A-1')
    await bench.settle()
    const everybody = ['alice', 'bob', 'carol'] as const
    const states = (state: string) => [
      `sharer carol 326 ${state}`,
      `sharer bob 163 ${state}`,
      `sharer alice 326 ${state}`,
    ]
    assert.deepEqual(await listed(shop, ...everybody), states('pending'))
    assert.deepEqual(
      (await shop.rewards()).map(({ hop }) => hop),
      [1, 2, 3],
    )
    const [alice, bob, carol] = await Promise.all(everybody.map((who) => shop.person(who)))
    const kept = { [`programme ${id}`]: -980, house: 165 }
    const earned = { [`person ${carol}`]: 326, [`person ${bob}`]: 163, [`person ${alice}`]: 326 }
    assert.deepEqual(await shop.balances(), { ...kept, ...earned })
    const { totals } = await shop.read(id)
    assert.deepEqual(totals, {
      conversions: 1,
      people: 3,
      owed: [{ currency: 'EUR', amount: 815 }],
      paid: [],
      left: [],
    })

    await later(14 * DAY - 60_000)
    assert.deepEqual(await listed(shop, ...everybody), states('pending'))
    await later(60_000)
    assert.deepEqual(await listed(shop, ...everybody), states('approved'))
    const payable = { [`payable ${carol}`]: 326, [`payable ${bob}`]: 163, [`payable ${alice}`]: 326 }
    assert.deepEqual(await shop.balances(), { ...kept, ...payable })
    assert.deepEqual(await shop.unbalanced(), [])
  })

  it('are paid for what is proved, unless the programme pays claims too', async () => {
    const shop = await aShop(bench)
    await shop.programme()
    const claimed = await shop.programme({ proof: 'any' })
    const code = await shop.chain('alice')
    bench.clock.now += 60_000
    const buyer = somebody(bench, shop.site)
    await buyer.visit(code)
    bench.clock.now += 60_000
    await buyer.convert({ value: 4900, currency: 'EUR', orderId: 'A-1' })
    await bench.settle()
    const programmes = async () => (await shop.rewards()).map(({ programme }) => programme.id)
    assert.deepEqual(await programmes(), [claimed.id])
    await shop.order('A-1')
    await bench.settle()
    assert.equal((await programmes()).length, 2)
    await shop.order('A-1')
    await bench.settle()
    assert.equal((await programmes()).length, 2)
  })

  it('are earned once the chain becomes known', async () => {
    const shop = await aShop(bench)
    await shop.programme()
    const code = mintCode(shop.site)
    await shop.order('A-1', { arrival: code })
    await bench.settle()
    assert.deepEqual(await shop.rewards(), [])
    const act = { url: ARTICLE, channel: 'copy', customerId: 'alice', code }
    await shop.send('/v1/shares', act)
    await bench.settle()
    assert.deepEqual(await listed(shop, 'alice'), ['sharer alice 980 pending'])
  })

  it('are for nobody where nobody brought the buyer, or only the buyer did', async () => {
    const shop = await aShop(bench)
    const { id } = await shop.programme({ buyer: { fixed: 500 }, site: 50 })
    await shop.order('A-1', { customerId: 'nobody brought me' })
    const own = await shop.chain('alice')
    await shop.order('A-2', { customerId: 'alice', arrival: own })
    await bench.settle()
    assert.deepEqual([await shop.rewards(), await shop.balances()], [[], {}])
    assert.equal((await shop.read(id)).totals.conversions, 0)
  })

  it('go to the buyer too, and to the page’s author, before the chain', async () => {
    const shop = await aShop(bench)
    await shop.programme({ buyer: { fixed: 500 }, author: 10, site: 5 })
    await shop.send('/v1/pages/author', { url: ARTICLE, customerId: 'eve' }, 'PUT')
    await shop.buy('dave', await shop.chain('alice'), 'A-1')
    await bench.settle()
    assert.deepEqual(await listed(shop, 'alice', 'eve', 'dave'), [
      'sharer alice 833 pending',
      'author eve 98 pending',
      'buyer dave 500 pending',
    ])
    assert.equal((await shop.balances()).house, 49)
  })

  it('shrink by refunds and vanish by a full one: before approval, after, and once paid', async () => {
    for (const when of ['pending', 'approved', 'paid'] as const) {
      const shop = await aShop(bench)
      const { id } = await shop.programme({ split: 'leibniz', site: 10, buyer: { percent: 5 } })
      await shop.buy('dave', await shop.chain('alice', 'bob'), 'A-1')
      await bench.settle()
      if (when !== 'pending') await later(15 * DAY)
      if (when === 'paid') {
        const payout = await shop.send<Payout>('/v1/payouts', { method: 'money' })
        await shop.send(`/v1/payouts/${payout.id}/paid`, {})
      }
      const everybody = ['alice', 'bob', 'dave'] as const
      const people = await Promise.all(everybody.map((who) => shop.person(who)))
      const accounts = (left: number[], house: number) => {
        const held = when === 'pending' ? 'person' : 'payable'
        const paid = [441, 441, 245]
        const entries = people.flatMap((person, i) => [
          [`${held} ${person}`, (left[i] as number) - (when === 'paid' ? (paid[i] as number) : 0)],
          [`paid ${person}`, when === 'paid' ? (paid[i] as number) : 0],
        ])
        const programme = -left.reduce((sum, amount) => sum + amount, house)
        entries.push([`programme ${id}`, programme], ['house', house])
        return Object.fromEntries(entries.filter(([, amount]) => amount !== 0))
      }
      // 20 % of 4900 is 980, of which 98 for the site and 882 for two: a half each. 5 % for the buyer.
      assert.deepEqual(await shop.balances(), accounts([441, 441, 245], 98), when)
      await shop.refund('A-1', 'r-1', 999)
      await bench.settle()
      // 3901: 780, 78, 702; 195.
      assert.deepEqual(await shop.balances(), accounts([351, 351, 195], 78), when)
      assert.deepEqual(
        await listed(shop, ...everybody),
        ['sharer bob 351', 'sharer alice 351', 'buyer dave 195'].map((line) => `${line} ${when}`),
      )
      await shop.refund('A-1', 'r-1', 999)
      await bench.settle()
      assert.deepEqual(await shop.balances(), accounts([351, 351, 195], 78), when)
      await shop.refund('A-1', 'r-2')
      await bench.settle()
      assert.deepEqual(await shop.balances(), accounts([0, 0, 0], 0), when)
      assert.ok((await shop.rewards()).every(({ state }) => state === 'reversed'))
      await later(30 * DAY)
      assert.deepEqual(await shop.balances(), accounts([0, 0, 0], 0), when)
      assert.deepEqual(await shop.unbalanced(), [])
      assert.equal((await shop.read(id)).totals.conversions, 0)
    }
  })

  it('are reckoned without what was refunded before the order was known', async () => {
    const shop = await aShop(bench)
    await shop.programme()
    const code = await shop.chain('alice')
    await shop.refund('A-1', 'r-1', 900)
    await shop.refund('A-2', 'r-2')
    await shop.buy('dave', code, 'A-1')
    await shop.buy('erin', code, 'A-2')
    await bench.settle()
    assert.deepEqual(await listed(shop, 'alice'), ['sharer alice 800 pending'])
  })

  it('stay whole under a fixed pot until the order falls below the least value', async () => {
    const shop = await aShop(bench)
    await shop.programme({ pot: { fixed: 1000 }, minValue: 2000 })
    await shop.buy('dave', await shop.chain('alice'), 'A-1')
    await bench.settle()
    const left = async () => (await listed(shop, 'alice'))[0]
    await shop.refund('A-1', 'r-1', 2900)
    await bench.settle()
    assert.equal(await left(), 'sharer alice 1000 pending')
    await shop.refund('A-1', 'r-2', 1)
    await bench.settle()
    assert.equal(await left(), 'sharer alice 0 reversed')
  })

  it('keep to the rule they were earned by, whatever the programme becomes', async () => {
    const shop = await aShop(bench)
    const { id, rule } = await shop.programme()
    const code = await shop.chain('alice')
    await shop.buy('dave', code, 'A-1')
    await bench.settle()
    await shop.change(id, { rule: { ...rule, pot: { percent: 50 }, split: 'leibniz' } })
    await shop.buy('erin', code, 'A-2')
    await bench.settle()
    await shop.change(id, { status: 'paused' })
    await shop.buy('fred', code, 'A-3')
    await shop.refund('A-1', 'r-1', 2450)
    await bench.settle()
    assert.deepEqual(await listed(shop, 'alice'), ['sharer alice 490 pending', 'sharer alice 2450 pending'])
    assert.deepEqual(
      (await shop.rewards()).map(({ programme }) => programme.version),
      [1, 2],
    )
    await shop.change(id, { status: 'ended' })
    await shop.refund('A-2', 'r-2')
    await bench.settle()
    assert.deepEqual(await listed(shop, 'alice'), ['sharer alice 490 pending', 'sharer alice 0 reversed'])
  })

  it('are not made by refunding a part of what was bought while no programme ran', async () => {
    const shop = await aShop(bench)
    const code = await shop.chain('alice')
    await shop.buy('dave', code, 'A-1')
    const { id } = await shop.programme()
    await bench.settle()
    assert.equal((await shop.rewards()).length, 1)
    await shop.change(id, { status: 'paused' })
    await shop.buy('erin', code, 'A-2')
    await bench.settle()
    await shop.change(id, { status: 'running' })
    await shop.refund('A-2', 'r-1', 100)
    await bench.settle()
    assert.equal((await shop.rewards()).length, 1)
  })

  it('go to review when it shows before their approval that the sharer bought', async () => {
    const shop = await aShop(bench)
    await shop.programme({ proof: 'any' })
    const code = await shop.chain('alice')
    bench.clock.now += DAY
    await somebody(bench, shop.site, '').convert({
      value: 4900,
      currency: 'EUR',
      orderId: 'A-1',
      arrival: code,
      gesture: true,
    })
    await bench.settle()
    assert.deepEqual(await listed(shop, 'alice'), ['sharer alice 980 pending'])
    await shop.order('A-1', { customerId: 'alice' })
    await bench.settle()
    await later(20 * DAY)
    assert.deepEqual(await listed(shop, 'alice'), ['sharer alice 980 review'])
    assert.deepEqual((await shop.rewards())[0]?.reasons, ['self_referral'])
  })

  it('start and end with the programme, by when the conversion happened', async () => {
    const shop = await aShop(bench)
    const [startsAt, endsAt] = [-2, -1].map((days) => new Date(bench.clock.now + days * DAY).toISOString())
    await shop.programme({ startsAt, endsAt })
    const code = await shop.chain('alice')
    const times = [startsAt, endsAt].flatMap((at) => [Date.parse(at as string) - 1, Date.parse(at as string)])
    for (const [i, at] of times.entries())
      await shop.order(`A-${i}`, { arrival: code, at: new Date(at).toISOString() })
    await bench.settle()
    assert.deepEqual((await shop.rewards()).map(({ conversion }) => conversion.orderId).sort(), [
      'A-1',
      'A-2',
    ])
  })

  it('rise with the friends that the nearest sharer has brought; returned goods bring none', async () => {
    const shop = await aShop(bench)
    const tiers = [{ from: 3, pot: { fixed: 2000 } }]
    await shop.programme({ pot: { fixed: 1000 }, tiers })
    const code = await shop.chain('alice')
    for (const [i, friend] of ['a', 'b'].entries()) await shop.buy(friend, code, `A-${i}`)
    await bench.settle()
    await shop.refund('A-1', 'r-1')
    await bench.settle()
    for (const [i, friend] of ['c', 'd', 'e'].entries()) {
      await shop.buy(friend, code, `B-${i}`)
      await bench.settle()
    }
    assert.deepEqual(
      (await listed(shop, 'alice')).map((line) => line.split(' ')[2]),
      ['1000', '0', '1000', '2000', '2000'],
    )
  })

  it('count a friend who comes back once', async () => {
    const shop = await aShop(bench)
    await shop.programme({ pot: { fixed: 1000 }, tiers: [{ from: 2, pot: { fixed: 2000 } }] })
    const code = await shop.chain('alice')
    for (const [i, friend] of ['a', 'a', 'b', 'a'].entries()) {
      await shop.buy(friend, code, `A-${i}`)
      await bench.settle()
    }
    assert.deepEqual(
      (await listed(shop, 'alice')).map((line) => line.split(' ')[2]),
      ['1000', '1000', '2000', '2000'],
    )
  })

  it('count a friend once who was nobody yet at first', async () => {
    const shop = await aShop(bench)
    await shop.programme({ pot: { fixed: 1000 }, tiers: [{ from: 2, pot: { fixed: 2000 } }] })
    const code = await shop.chain('alice')
    await shop.buy('bob', code, 'A-0')
    await bench.settle()
    // By an act of his own he becomes a person.
    await shop.send('/v1/shares', { url: ARTICLE, channel: 'copy', customerId: 'bob' })
    await shop.order('A-1', { customerId: 'bob' })
    await bench.settle()
    await shop.buy('carol', code, 'A-2')
    await bench.settle()
    assert.deepEqual(
      (await listed(shop, 'alice')).map((line) => line.split(' ')[2]),
      ['1000', '1000', '2000'],
    )
  })

  it('are for a buyer’s first purchase where the rule says so, however they are known', async () => {
    const shop = await aShop(bench)
    await shop.programme({ firstOnly: true, conversion: 'purchase' })
    const code = await shop.chain('alice')
    await shop.buy('dave', code, 'A-1', { name: 'signup' })
    await shop.buy('dave', code, 'A-2')
    await shop.buy('dave', code, 'A-3')
    await shop.buy('erin', code, 'B-1', { customerMail: 'erin@mail.example' })
    await shop.order('B-2', { arrival: code, customerMail: 'Erin@mail.example' })
    await shop.buy('fred', code, 'C-1')
    await shop.refund('C-1', 'r-1')
    await shop.buy('fred', code, 'C-2')
    await bench.settle()
    const earned = async () =>
      (await shop.rewards())
        .filter(({ state }) => state !== 'reversed')
        .map(({ conversion }) => conversion.orderId)
    assert.deepEqual(await earned(), ['A-2', 'B-1', 'C-2'])
    // A purchase that is told late but dated early is no first one any more.
    await shop.order('A-0', {
      customerId: 'dave',
      arrival: code,
      at: new Date(bench.clock.now - DAY).toISOString(),
    })
    await bench.settle()
    assert.deepEqual(await earned(), ['A-2', 'B-1', 'C-2'])
    // Nor does the second one come to earn when the first is returned and a part of it too.
    await shop.refund('A-2', 'r-2')
    await bench.settle()
    await shop.refund('A-3', 'r-3', 100)
    await bench.settle()
    assert.deepEqual(await earned(), ['B-1', 'C-2'])
  })

  it('stop at each limit', async () => {
    const shop = await aShop(bench)
    const code = await shop.chain('alice')
    const limits = [{ personAmount: 2000 }, { personRewards: 2 }, { totalRewards: 1 }, { budget: 1500 }]
    const programmes = []
    for (const limit of limits) programmes.push(await shop.programme({ limits: limit }))
    for (let i = 0; i < 4; i++) {
      await shop.buy(`friend ${i}`, code, `A-${i}`)
      await bench.settle()
    }
    const amounts = await Promise.all(
      programmes.map(async ({ id }) =>
        (await shop.rewards(`&programme=${id}`)).map(({ amount }) => amount.amount),
      ),
    )
    assert.deepEqual(amounts, [[980, 980, 40], [980, 980], [980], [980, 520]])
    assert.deepEqual((await shop.read((programmes[3] as { id: string }).id)).totals.left, [
      { currency: 'EUR', amount: 0 },
    ])
    // What a refund gives back is there for the next one, but not for those that were cut.
    await shop.refund('A-0', 'r-1')
    await shop.refund('A-3', 'r-2', 100)
    await bench.settle()
    const budget = programmes[3] as { id: string }
    assert.deepEqual((await shop.read(budget.id)).totals.left, [{ currency: 'EUR', amount: 980 }])
    assert.equal((await shop.rewards(`&programme=${budget.id}`)).length, 2)
    await shop.buy('late', code, 'A-9')
    await bench.settle()
    assert.equal((await shop.rewards(`&programme=${budget.id}`)).at(-1)?.amount.amount, 980)
  })

  it('never pass a budget, a limit or a tier, however many conversions are settled at once', async () => {
    const shop = await aShop(bench)
    const pot = { fixed: 100 }
    const budget = await shop.programme({ pot, limits: { budget: 1000 } })
    const total = await shop.programme({ pot, limits: { totalRewards: 10 } })
    const person = await shop.programme({ pot, limits: { personRewards: 7, personAmount: 10_000 } })
    const tiered = await shop.programme({ pot, tiers: [{ from: 33, pot: { fixed: 300 } }] })
    const code = await shop.chain('alice')
    await Promise.all(Array.from({ length: 64 }, (_, i) => shop.order(`A-${i}`, { arrival: code })))
    await settleAtOnce(bench)
    const sums = []
    for (const { id } of [budget, total, person, tiered]) {
      const { totals } = await shop.read(id)
      sums.push([totals.conversions, totals.owed[0]?.amount])
    }
    assert.deepEqual(sums, [
      [10, 1000],
      [10, 1000],
      [7, 700],
      [64, 32 * 100 + 32 * 300],
    ])
    assert.deepEqual(await shop.unbalanced(), [])
  })

  it('once refused stay so through refunds, and come back as what is left', async () => {
    const shop = await aShop(bench)
    const { id } = await shop.programme({ holdDays: 0 })
    await shop.buy('dave', await shop.chain('alice'), 'A-1')
    await bench.settle()
    const decide = async (act: string) => {
      const rewards = (await shop.rewards()).map((reward) => reward.id)
      await shop.send('/v1/rewards/decisions', { rewards, act })
    }
    assert.deepEqual(await listed(shop, 'alice'), ['sharer alice 980 approved'])
    await decide('refuse')
    assert.deepEqual(await shop.balances(), {})
    await shop.refund('A-1', 'r-1', 2450)
    await bench.settle()
    assert.deepEqual(await shop.balances(), {})
    assert.deepEqual(await listed(shop, 'alice'), ['sharer alice 490 refused'])
    await decide('approve')
    assert.deepEqual(await shop.balances(), {
      [`programme ${id}`]: -490,
      [`payable ${await shop.person('alice')}`]: 490,
    })
    assert.deepEqual(await shop.unbalanced(), [])
  })

  it('of a two-sided programme let an unknown buyer be born, once', async () => {
    const shop = await aShop(bench)
    await shop.programme({ buyer: { fixed: 500 }, firstOnly: true, proof: 'any' })
    const code = await shop.chain('alice')
    bench.clock.now += DAY
    const buyer = somebody(bench, shop.site)
    await buyer.visit(code)
    bench.clock.now += DAY
    await buyer.convert({ value: 100, currency: 'EUR', gesture: true })
    await bench.settle()
    assert.deepEqual(
      (await shop.rewards()).map(({ role, amount }) => [role, amount.amount]),
      [
        ['sharer', 20],
        ['buyer', 500],
      ],
    )
    const me = await bench.request('/v1/me', {
      headers: { 'x-grapevine-site': shop.site.publishableKey, authorization: `Bearer ${buyer.token}` },
    })
    assert.equal(((await me.json()) as { id: string }).id, (await shop.rewards()).at(1)?.person.id)
    // Somebody nobody can name again gets nothing.
    await somebody(bench, shop.site, '').convert({ value: 100, currency: 'EUR', arrival: code })
    await bench.settle()
    assert.equal((await shop.rewards()).filter(({ role }) => role === 'buyer').length, 1)
  })

  it('of a two-sided programme reach a buyer who is known only after the order was proved, once', async () => {
    const shop = await aShop(bench)
    const { id } = await shop.programme({ buyer: { fixed: 500 }, limits: { budget: 1400 } })
    const code = await shop.chain('alice')
    bench.clock.now += DAY
    const buyer = somebody(bench, shop.site)
    await shop.order('A-1', { arrival: code })
    await bench.settle()
    assert.deepEqual(await listed(shop, 'alice'), ['sharer alice 980 pending'])
    for (let time = 0; time < 2; time++) {
      await buyer.convert({ value: 4900, currency: 'EUR', orderId: 'A-1', arrival: code })
      await bench.settle()
      // What is left of the budget.
      assert.deepEqual(await listed(shop, 'alice'), ['sharer alice 980 pending', 'buyer ? 420 pending'])
    }
    const [, theirs] = await shop.rewards()
    assert.deepEqual(await shop.balances(), {
      [`programme ${id}`]: -1400,
      [`person ${await shop.person('alice')}`]: 980,
      [`person ${theirs?.person.id}`]: 420,
    })
    await shop.refund('A-1', 'r-1')
    await bench.settle()
    assert.deepEqual(await shop.balances(), {})
    assert.deepEqual(await shop.unbalanced(), [])
  })

  it('of a two-sided programme do not grow by what a refund frees of the budget', async () => {
    const shop = await aShop(bench)
    await shop.programme({ pot: { percent: 50 }, site: 2, buyer: { fixed: 200 }, limits: { budget: 2300 } })
    const buyer = somebody(bench, shop.site)
    const code = await shop.chain('alice')
    bench.clock.now += DAY
    await buyer.visit(code)
    bench.clock.now += DAY
    await buyer.convert({ value: 4900, currency: 'EUR', orderId: 'A-1' })
    await shop.order('A-1')
    await bench.settle()
    assert.deepEqual(await listed(shop, 'alice'), ['sharer alice 2300 pending'])
    await shop.refund('A-1', 'r-1', 1000)
    await bench.settle()
    assert.deepEqual(await listed(shop, 'alice'), ['sharer alice 1911 pending'])
  })
})
