import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { PAYING_TOUCHES, SPLITS } from '../../server/contract/models.ts'
import { Rule, type RuleInput } from '../../server/contract/programmes.ts'
import { dueNow } from '../../server/rewards/due.ts'
import { limited, type Standing, sumUp } from '../../server/rewards/limits.ts'
import { type Bought, divide, isDuring, isPaidFor, nearestOf } from '../../server/rewards/rules.ts'
import { wouldGive } from '../support/reward-oracle.ts'

const DAY = 24 * 60 * 60 * 1000
const ruleOf = (more: Partial<RuleInput> = {}): Rule =>
  Rule.parse({ currency: 'EUR', pot: { percent: 20 }, ...more })

const chain = (at: number, ...people: string[]) => ({
  at,
  hops: people.map((person) => ({ person, share: `${person}'s share` })),
})
const bought = (more: Partial<Bought> = {}): Bought => ({
  name: 'purchase',
  proved: true,
  at: 40 * DAY,
  gross: 4900,
  currency: 'EUR',
  refunded: 0,
  voided: false,
  touches: [chain(39 * DAY, 'carol', 'bob', 'alice')],
  buyer: 'dave',
  author: null,
  ...more,
})
const FREE: Standing = { first: true, conversions: 0, spent: 0, given: new Map() }
const given = (rule: Rule, friend: number, of: Bought, standing = FREE) => {
  const detail = limited(divide(rule, friend, of), rule, standing)
  return [
    ...sumUp(detail.lines, 'allowed').map(({ role, person, amount }) => `${role} ${person} ${amount}`),
    `house ${detail.house}`,
  ]
}

describe('what a conversion is worth', () => {
  it('follows the rule, worked out by hand', () => {
    const cases: [string, Partial<RuleInput>, Partial<Bought>, string[]][] = [
      [
        '20 % by Leibniz: 980',
        {},
        {},
        ['sharer carol 326', 'sharer bob 163', 'sharer alice 326', 'house 165'],
      ],
      ['nearest only', { split: 'nearest' }, {}, ['sharer carol 980', 'house 0']],
      [
        'a fixed pot',
        { pot: { fixed: 1000 }, split: 'halving' },
        {},
        ['sharer carol 500', 'sharer bob 250', 'sharer alice 125', 'house 125'],
      ],
      [
        'a cap',
        { pot: { percent: 50, cap: 600 }, split: 'linear' },
        {},
        ['sharer carol 200', 'sharer bob 200', 'sharer alice 200', 'house 0'],
      ],
      ['0.07 % of 4900: 3', { pot: { percent: 0.07 }, split: 'nearest' }, {}, ['sharer carol 3', 'house 0']],
      ['net of what was refunded', { split: 'nearest' }, { refunded: 900 }, ['sharer carol 800', 'house 0']],
      [
        'author and site first',
        { author: 10, site: 5, split: 'nearest' },
        { author: 'eve' },
        ['sharer carol 833', 'author eve 98', 'house 49'],
      ],
      ['no author known', { author: 10, split: 'nearest' }, {}, ['sharer carol 882', 'house 98']],
      [
        'the author buys',
        { author: 10, split: 'nearest' },
        { author: 'dave' },
        ['sharer carol 882', 'house 98'],
      ],
      [
        'the author shares',
        { author: 10, split: 'nearest' },
        { author: 'carol' },
        ['sharer carol 882', 'author carol 98', 'house 0'],
      ],
      [
        'two-sided',
        { split: 'nearest', buyer: { fixed: 500 } },
        {},
        ['sharer carol 980', 'buyer dave 500', 'house 0'],
      ],
      [
        'a buyer nobody knows',
        { split: 'nearest', buyer: { fixed: 500 } },
        { buyer: null },
        ['sharer carol 980', 'house 0'],
      ],
      ['only the buyer', { sharers: false, buyer: { percent: 10 } }, {}, ['buyer dave 490', 'house 980']],
      ['nobody at all', { sharers: false }, {}, ['house 0']],
      [
        'a fixed pot in no currency',
        { pot: { fixed: 100 }, split: 'nearest' },
        { gross: null, currency: null },
        ['sharer carol 100', 'house 0'],
      ],
      [
        'percent of another currency',
        { buyer: { fixed: 7 } },
        { currency: 'USD' },
        ['buyer dave 7', 'house 0'],
      ],
      ['a cent for two', { pot: { fixed: 1 } }, {}, ['house 0']],
      [
        'one person twice on a chain',
        { split: 'linear' },
        { touches: [chain(0, 'carol', 'bob', 'carol', 'alice')] },
        ['sharer carol 490', 'sharer bob 245', 'sharer alice 245', 'house 0'],
      ],
      [
        'first and last visit, 40/20/40',
        { split: 'nearest', touch: 'position', pot: { fixed: 1000 } },
        { touches: [chain(1, 'a'), chain(2, 'b'), chain(3, 'c', 'a')] },
        ['sharer c 400', 'sharer b 200', 'sharer a 400', 'house 0'],
      ],
    ]
    for (const [title, rule, of, expected] of cases)
      assert.deepEqual(given(ruleOf(rule), 1, bought(of)), expected, title)
  })

  it('goes by the tier of the friend', () => {
    const rule = ruleOf({
      split: 'nearest',
      tiers: [
        { from: 3, pot: { fixed: 1000 } },
        { from: 5, pot: { percent: 30 } },
      ],
    })
    const amounts = [1, 2, 3, 4, 5, 6].map((friend) => divide(rule, friend, bought()).pot)
    assert.deepEqual(amounts, [980, 980, 1000, 1000, 1470, 1470])
  })

  it('is cut by limits in the order of lines, and what is cut goes to nobody', () => {
    const whole = { split: 'linear', pot: { fixed: 900 }, buyer: { fixed: 100 } } as const
    const had = (amount: number, rewards: number) => ({
      ...FREE,
      given: new Map([['bob', { amount, rewards }]]),
    })
    const cases: [string, RuleInput['limits'], Standing, string[]][] = [
      [
        'none',
        {},
        FREE,
        ['sharer carol 300', 'sharer bob 300', 'sharer alice 300', 'buyer dave 100', 'house 0'],
      ],
      [
        'budget',
        { budget: 1000 },
        { ...FREE, spent: 450 },
        ['sharer carol 300', 'sharer bob 250', 'sharer alice 0', 'buyer dave 0', 'house 0'],
      ],
      [
        'budget gone',
        { budget: 1000 },
        { ...FREE, spent: 1000 },
        ['sharer carol 0', 'sharer bob 0', 'sharer alice 0', 'buyer dave 0', 'house 0'],
      ],
      [
        'a person’s amount',
        { personAmount: 500 },
        had(350, 1),
        ['sharer carol 300', 'sharer bob 150', 'sharer alice 300', 'buyer dave 100', 'house 0'],
      ],
      [
        'a person’s rewards',
        { personRewards: 2 },
        had(1, 2),
        ['sharer carol 300', 'sharer bob 0', 'sharer alice 300', 'buyer dave 100', 'house 0'],
      ],
      [
        'conversions',
        { totalRewards: 3 },
        { ...FREE, conversions: 3 },
        ['sharer carol 0', 'sharer bob 0', 'sharer alice 0', 'buyer dave 0', 'house 0'],
      ],
      [
        'one conversion left',
        { totalRewards: 3 },
        { ...FREE, conversions: 2 },
        ['sharer carol 300', 'sharer bob 300', 'sharer alice 300', 'buyer dave 100', 'house 0'],
      ],
    ]
    for (const [title, limits, standing, expected] of cases)
      assert.deepEqual(given(ruleOf({ ...whole, limits }), 1, bought(), standing), expected, title)
  })
})

describe('whether a conversion earns', () => {
  it('goes by name, proof, value and refunds', () => {
    const cases: [string, Partial<RuleInput>, Partial<Bought>, boolean][] = [
      ['any name', {}, { name: 'whatever' }, true],
      ['its name', { conversion: 'purchase' }, {}, true],
      ['another name', { conversion: 'signup' }, {}, false],
      ['a claim', {}, { proved: false }, false],
      ['a claim where claims are paid', { proof: 'any' }, { proved: false }, true],
      ['just enough', { minValue: 4900 }, {}, true],
      ['not enough', { minValue: 4901 }, {}, false],
      ['not enough after a refund', { minValue: 4900 }, { refunded: 1 }, false],
      ['enough of another currency', { minValue: 1 }, { currency: 'USD' }, false],
      ['no value where none is asked', {}, { gross: null, currency: null }, true],
      ['no value where one is asked', { minValue: 1 }, { gross: null, currency: null }, false],
      ['all given back', {}, { voided: true }, false],
    ]
    for (const [title, rule, of, expected] of cases)
      assert.equal(isPaidFor(ruleOf(rule), bought(of)), expected, title)
  })

  it('goes by when it happened, from the start to before the end', () => {
    const rule = ruleOf({ startsAt: '1970-01-02T00:00:00Z', endsAt: '1970-01-03T02:00:00+02:00' })
    assert.deepEqual(
      [DAY - 1, DAY, 2 * DAY - 1, 2 * DAY].map((at) => isDuring(rule, at)),
      [false, true, true, false],
    )
  })

  it('needs somebody who brought the buyer: the nearest of the latest visit', () => {
    assert.equal(nearestOf(bought()), 'carol')
    assert.equal(nearestOf(bought({ touches: [chain(1, 'a'), chain(2, 'b', 'a')] })), 'b')
    assert.equal(nearestOf(bought({ touches: [chain(1, 'a'), chain(2)] })), 'a')
    assert.equal(nearestOf(bought({ touches: [] })), undefined)
    assert.equal(nearestOf(bought({ touches: [chain(2)] })), undefined)
  })
})

const people = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f')
const pot = fc.oneof(
  fc.record({ fixed: fc.integer({ min: 1, max: 10 ** 13 }) }),
  fc.record({ percent: fc.integer({ min: 1, max: 10_000 }).map((bps) => bps / 100) }),
  fc.record({
    percent: fc.integer({ min: 1, max: 10_000 }).map((bps) => bps / 100),
    cap: fc.integer({ min: 1, max: 100_000 }),
  }),
)
const maybe = (most: number) => fc.option(fc.integer({ min: 1, max: most }))
const rules = fc
  .record({
    currency: fc.constant('EUR'),
    pot,
    tiers: fc.option(
      pot.map((tier) => [{ from: 2, pot: tier }]),
      { nil: [] },
    ),
    touch: fc.constantFrom(...PAYING_TOUCHES),
    split: fc.constantFrom(...SPLITS),
    alpha: fc.integer({ min: 0, max: 1000 }).map((alpha) => alpha / 1000),
    halfLifeDays: fc.integer({ min: 1, max: 60 }),
    sharers: fc.boolean(),
    buyer: fc.option(pot),
    author: fc.integer({ min: 0, max: 5000 }).map((bps) => bps / 100),
    site: fc.integer({ min: 0, max: 5000 }).map((bps) => bps / 100),
    minValue: fc.constantFrom(0, 0, 1000),
    limits: fc.record({
      personAmount: maybe(100_000),
      personRewards: maybe(3),
      totalRewards: maybe(3),
      budget: maybe(1_000_000),
    }),
  })
  .map((rule) => Rule.parse(rule))
const purchases = fc
  .record({
    gross: fc.integer({ min: 0, max: 10 ** 13 }),
    touches: fc.array(fc.array(people, { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 5 }),
    buyer: fc.option(fc.constantFrom('x', 'y')),
    author: fc.option(fc.oneof(people, fc.constantFrom('x', 'z'))),
  })
  .map(({ touches, ...rest }) =>
    bought({
      ...rest,
      touches: touches.map((chained, i) =>
        chain((30 + i) * DAY, ...chained.filter((person, hop) => person !== chained[hop - 1])),
      ),
    }),
  )
const standings = fc.record({
  first: fc.boolean(),
  conversions: fc.integer({ min: 0, max: 3 }),
  spent: fc.integer({ min: 0, max: 1_000_000 }),
  given: fc
    .dictionary(
      people,
      fc.record({ amount: fc.integer({ min: 1, max: 100_000 }), rewards: fc.integer({ min: 1, max: 3 }) }),
    )
    .map((record) => new Map(Object.entries(record))),
})
const friends = fc.integer({ min: 1, max: 3 })

describe('over random chains, rules and standings', () => {
  const often = { numRuns: 2000 }

  it('gives what an oracle works out anew', () => {
    fc.assert(
      fc.property(rules, purchases, friends, (rule, of, friend) => {
        const { lines, house } = divide(rule, friend, of)
        const told = {
          net: of.gross ?? 0,
          at: of.at,
          buyer: of.buyer,
          author: of.author,
          touches: of.touches.map(({ at, hops }) => ({ at, people: hops.map(({ person }) => person) })),
        }
        const expected = wouldGive(rule, friend, told)
        const parts = sumUp(lines, 'amount').map(({ role, person, amount }) => [`${role} ${person}`, amount])
        assert.deepEqual(new Map(parts as [string, number][]), expected.parts)
        assert.equal(house, expected.house)
      }),
      often,
    )
  })

  it('takes no more than the pots, gives no more than the limits, and loses nothing', () => {
    fc.assert(
      fc.property(rules, purchases, friends, standings, (rule, of, friend, standing) => {
        const detail = limited(divide(rule, friend, of), rule, standing)
        const owed = sumUp(detail.lines, 'allowed')
        const sum = owed.reduce((all, { amount }) => all + amount, 0)
        const cut = detail.lines.reduce((all, line) => all + line.amount - line.allowed, 0)
        assert.ok(detail.lines.every(({ amount, allowed }) => allowed >= 0 && allowed <= amount))
        const forBuyer = detail.lines.some(({ role }) => role === 'buyer') ? detail.buyer.amount : 0
        if (sum > 0) assert.equal(sum + cut + detail.house, detail.pot + forBuyer)
        else assert.equal(detail.house, 0)
        const { budget, personAmount, personRewards, totalRewards } = rule.limits
        if (!standing.first || (totalRewards && standing.conversions >= totalRewards)) assert.equal(sum, 0)
        if (budget) assert.ok(sum === 0 || standing.spent + sum <= budget)
        for (const person of new Set(owed.map((one) => one.person))) {
          const mine = owed.filter((one) => one.person === person && one.amount > 0)
          const before = standing.given.get(person) ?? { amount: 0, rewards: 0 }
          const got = mine.reduce((all, { amount }) => all + amount, 0)
          if (personAmount) assert.ok(got === 0 || before.amount + got <= personAmount)
          if (personRewards) assert.ok(got === 0 || before.rewards + mine.length <= personRewards)
        }
      }),
      often,
    )
  })

  it('never raises anybody’s part by a refund, and a full refund leaves nothing', () => {
    fc.assert(
      fc.property(
        rules,
        purchases,
        friends,
        fc.array(fc.nat({ max: 10 ** 13 }), { maxLength: 4 }),
        (rule, of, friend, refunds) => {
          const detail = limited(divide(rule, friend, of), rule, FREE)
          let stands = {
            rewards: sumUp(detail.lines, 'allowed').map(({ role, person, amount }) => ({
              role,
              person,
              left: amount,
            })),
            house: detail.house,
          }
          let refunded = 0
          for (const refund of [...refunds, Infinity]) {
            refunded = Math.min(of.gross ?? 0, refunded + refund)
            const voided = refunded === of.gross
            const due = dueNow(rule, detail, { ...of, refunded, voided }, stands)
            due.rewards.forEach((amount, i) => {
              assert.ok(amount >= 0 && amount <= (stands.rewards[i]?.left as number))
            })
            assert.ok(due.house >= 0 && due.house <= stands.house)
            stands = {
              rewards: stands.rewards.map((reward, i) => ({ ...reward, left: due.rewards[i] as number })),
              house: due.house,
            }
          }
          assert.ok(stands.rewards.every(({ left }) => left === 0))
          assert.equal(stands.house, 0)
        },
      ),
      often,
    )
  })
})
