import assert from 'node:assert/strict'
import { it } from 'node:test'
import fc from 'fast-check'
import { PAYING_TOUCHES, SPLITS } from '../../server/contract/models.ts'
import type { Preview, RuleInput } from '../../server/contract/programmes.ts'
import { onEveryDatabase } from '../support/databases.ts'
import { aShop, DAY, HOUR, type Shop, settleAtOnce } from '../support/shop.ts'

onEveryDatabase('the ledger', (bench) => {
  const onPostgres = () => bench.deps.config.databaseUrl.startsWith('postgres')

  it('has one credit an order, though each is posted 64 times at once', async () => {
    const shop = await aShop(bench)
    const { id } = await shop.programme({ split: 'leibniz', site: 5 })
    const code = await shop.chain('alice', 'bob', 'carol')
    // PostgreSQL has a transaction of its own for each post: fewer orders, the same crowd.
    const orders = onPostgres() ? 40 : 200
    for (let i = 0; i < orders; i++)
      await Promise.all(Array.from({ length: 64 }, () => shop.order(`order ${i}`, { arrival: code })))
    await settleAtOnce(bench)
    const rows = await bench.deps.read
      .selectFrom('reward')
      .select(['conversion_id', ({ fn }) => fn.countAll<number>().as('people')])
      .where('site_id', '=', shop.site.id)
      .groupBy('conversion_id')
      .execute()
    assert.equal(rows.length, orders)
    assert.ok(rows.every(({ people }) => people === 3))
    assert.equal((await shop.read(id)).totals.conversions, orders)
    assert.deepEqual(await shop.unbalanced(), [])
    const balances = await shop.balances()
    assert.equal(balances[`programme ${id}`], -980 * orders)
    assert.equal(
      Object.values(balances).reduce((sum, amount) => sum + amount, 0),
      0,
    )
  })

  it('gives to people and house what it takes from programmes, and takes all back with the goods', async () => {
    const rule = fc.record({
      pot: fc.oneof(
        fc.record({ percent: fc.integer({ min: 1, max: 5000 }).map((bps) => bps / 100) }),
        fc.record({ fixed: fc.integer({ min: 1, max: 5000 }) }),
      ),
      touch: fc.constantFrom(...PAYING_TOUCHES),
      split: fc.constantFrom(...SPLITS),
      buyer: fc.option(fc.record({ fixed: fc.integer({ min: 1, max: 500 }) })),
      site: fc.integer({ min: 0, max: 3000 }).map((bps) => bps / 100),
      holdDays: fc.constantFrom(0, 1),
      minValue: fc.constantFrom(0, 500),
      limits: fc.record({
        personAmount: fc.option(fc.integer({ min: 1, max: 3000 })),
        budget: fc.option(fc.integer({ min: 1, max: 5000 })),
      }),
    })
    const life = fc.record({
      rules: fc.array(rule, { minLength: 1, maxLength: 2 }),
      depth: fc.integer({ min: 1, max: 5 }),
      values: fc.array(fc.integer({ min: 1, max: 9999 }), { minLength: 1, maxLength: 4 }),
      refunds: fc.array(fc.tuple(fc.nat(3), fc.integer({ min: 1, max: 6000 }), fc.boolean()), {
        maxLength: 6,
      }),
    })
    const numRuns = onPostgres() ? 6 : 25
    await fc.assert(
      fc.asyncProperty(life, async ({ rules, depth, values, refunds }) => {
        const shop = await aShop(bench)
        for (const one of rules) await shop.programme(one)
        const people = Array.from({ length: depth }, (_, i) => `person ${i}`)
        const code = await shop.chain(...people)
        const other = await shop.chain('somebody else')
        for (const [i, value] of values.entries()) {
          await shop.visit(`buyer ${i % 2}`, other, 30 * HOUR)
          await shop.buy(`buyer ${i % 2}`, code, `order ${i}`, { value })
        }
        await bench.settle()
        await isSound(shop)
        let left = await leftOf(shop)
        const worth = [...values]
        for (const [r, [any, most, wait]] of refunds.entries()) {
          const i = any % values.length
          const value = Math.min(most, worth[i] as number)
          if (value === 0) continue
          worth[i] = (worth[i] as number) - value
          if (wait) bench.clock.now += DAY
          await shop.refund(`order ${i}`, `refund ${r}`, value)
          await bench.settle()
          const next = await leftOf(shop)
          assert.ok([...next].every(([id, amount]) => amount <= (left.get(id) as number)))
          left = next
          await isSound(shop)
        }
        for (const i of values.keys()) await shop.refund(`order ${i}`, `all of ${i}`)
        await bench.settle()
        await isSound(shop)
        assert.deepEqual(await shop.balances(), {})
      }),
      { numRuns, endOnFailure: true },
    )
  })

  const leftOf = async (shop: Shop) =>
    new Map((await shop.rewards()).map(({ id, amount, reversed }) => [id, amount.amount - reversed.amount]))

  /** Every transaction sums to zero, and the accounts say what the rewards and earnings say. */
  async function isSound(shop: Shop): Promise<void> {
    assert.deepEqual(await shop.unbalanced(), [])
    const rewards = await shop.rewards()
    const balances = Object.entries(await shop.balances())
    const held = new Map<string, number>()
    for (const { person, amount, reversed, state } of rewards) {
      const account = `${state === 'approved' ? 'payable' : 'person'} ${person.id}`
      held.set(account, (held.get(account) ?? 0) + amount.amount - reversed.amount)
    }
    assert.deepEqual(
      new Map(balances.filter(([account]) => /^p(erson|ayable) /.test(account))),
      new Map([...held].filter(([, amount]) => amount !== 0)),
    )
    const earnings = await bench.deps.read
      .selectFrom('earning')
      .select(['programme_id', 'pot', 'house'])
      .where('site_id', '=', shop.site.id)
      .execute()
    const taken = new Map<string, number>()
    for (const { programme_id, pot } of earnings)
      taken.set(`programme ${programme_id}`, (taken.get(`programme ${programme_id}`) ?? 0) - pot)
    assert.deepEqual(
      new Map(balances.filter(([account]) => account.startsWith('programme '))),
      new Map([...taken].filter(([, amount]) => amount !== 0)),
    )
    assert.equal(
      Object.fromEntries(balances).house ?? 0,
      earnings.reduce((sum, { house }) => sum + house, 0),
    )
  }

  it('would have been the same by a preview of the past', async () => {
    const rules: Partial<RuleInput>[] = [
      { split: 'leibniz', site: 7, buyer: { percent: 3 } },
      { touch: 'linear', split: 'blend', limits: { budget: 20_000 } },
      { touch: 'decay', halfLifeDays: 2, split: 'halving', limits: { personAmount: 4000 }, minValue: 500 },
      {
        pot: { fixed: 300 },
        tiers: [{ from: 3, pot: { percent: 50, cap: 900 } }],
        limits: { personRewards: 4 },
      },
      { firstOnly: true, buyer: { fixed: 100 }, limits: { totalRewards: 7 } },
      { conversion: 'signup', pot: { fixed: 50 }, sharers: false, buyer: { fixed: 10 }, author: 20 },
      { currency: 'USD', pot: { percent: 10 } },
    ]
    const shop = await aShop(bench)
    const programmes = []
    for (const rule of rules) programmes.push(await shop.programme(rule))
    await liveInOrder(shop, 60)
    const from = new Date(bench.clock.now - 10 * DAY).toISOString()
    for (const { id, rule, totals } of await Promise.all(programmes.map(({ id }) => shop.read(id)))) {
      const preview = await shop.send<Preview>('/v1/programmes/preview', { rule, from })
      const rewards = await shop.rewards(`&programme=${id}`)
      const sums = new Map<string, number>()
      for (const { person, amount } of rewards)
        sums.set(person.id, (sums.get(person.id) ?? 0) + amount.amount)
      const paid = rewards.reduce((sum, { amount }) => sum + amount.amount, 0)
      const title = JSON.stringify(rule)
      assert.deepEqual(preview.paid, { currency: rule.currency, amount: paid }, title)
      assert.equal(preview.earning, totals.conversions, title)
      assert.deepEqual(
        new Map(preview.data.map(({ person, amount }) => [person.id, amount.amount])),
        sums,
        title,
      )
      assert.equal(preview.people, sums.size, title)
      const { house } = await bench.deps.read
        .selectFrom('earning')
        .select(({ fn }) => fn.sum<number>('house').as('house'))
        .where('site_id', '=', shop.site.id)
        .where('programme_id', '=', id)
        .executeTakeFirstOrThrow()
      assert.equal(preview.house.amount, house ?? 0, title)
    }
    const none = await shop.send<Preview>('/v1/programmes/preview', {
      rule: rules[0] && { currency: 'EUR', pot: { percent: 1 } },
      from: '2020-01-01T00:00:00Z',
      to: '2020-02-01T00:00:00Z',
    })
    assert.deepEqual([none.conversions, none.earning, none.data], [0, 0, []])
  })

  /** People pass the page on and buy, in order of time and each thing settled before the next. */
  async function liveInOrder(shop: Shop, steps: number): Promise<void> {
    await shop.send('/v1/pages/author', { url: 'https://shop.example/article', customerId: 'writer' }, 'PUT')
    const codes = [await shop.chain('root a', 'root b'), await shop.chain('root c')]
    bench.clock.now += DAY
    for (let step = 0; step < steps; step++) {
      const who = `customer ${(step * 7) % 13}`
      bench.clock.now += HOUR
      await shop.visit(who, codes[(step * 5) % codes.length] as string, 60_000)
      if (step % 4 === 3) {
        const act = { url: 'https://shop.example/article', channel: 'copy', customerId: who }
        codes.push((await shop.send<{ code: string }>('/v1/shares', act)).code)
      }
      const currency = step % 11 === 10 ? 'USD' : 'EUR'
      const name = step % 6 === 5 ? 'signup' : 'purchase'
      await shop.order(`order ${step}`, {
        customerId: who,
        name,
        value: 100 + ((step * 977) % 5000),
        currency,
      })
      await bench.settle()
    }
  }
})
