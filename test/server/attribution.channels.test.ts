import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Fraction, partOf, toNumber } from '../../server/attribution/fractions.ts'
import { markov } from '../../server/attribution/markov.ts'
import { shapley, shapleyOfPaths } from '../../server/attribution/shapley.ts'
import {
  meanAdded,
  numberOf,
  removalShares,
  shapleyByOrders,
  stepsOf,
} from '../support/attribution-oracle.ts'
import { seeded } from '../support/random-life.ts'

const numbers = (parts: Map<string, Fraction>) =>
  Object.fromEntries([...parts].map(([channel, part]) => [channel, toNumber(part)]))
const each = (converted: string[][], lost: string[][]) => [
  ...converted.map((channels) => ({ channels, converted: 1, lost: 0 })),
  ...lost.map((channels) => ({ channels, converted: 0, lost: 1 })),
]

/** People's ways over up to five channels, some of them in circles. */
function waysAtRandom(seed: number, people: number) {
  const random = seeded(seed)
  const channels = ['a', 'b', 'c', 'd', 'e'].slice(0, 1 + random.below(5))
  const way = () => Array.from({ length: 1 + random.below(6) }, () => random.pick(channels))
  const ways = Array.from({ length: people }, way)
  const converted = ways.filter((_, i) => i === 0 || random.next() < 0.4)
  return { converted, lost: ways.filter((one) => !converted.includes(one)) }
}

test('removal effects of three paths over three channels', () => {
  const { effects, shares } = markov(each([['C1', 'C2', 'C3']], [['C1'], ['C2', 'C3']]))
  assert.deepEqual(numbers(effects), { C1: 0.5, C2: 1, C3: 1 })
  assert.deepEqual(numbers(shares), { C1: 0.2, C2: 0.4, C3: 0.4 })
  assert.deepEqual(
    [...shares.values()].map((share) => partOf(400_000, share)),
    [80_000, 160_000, 160_000],
  )
})

test('removal effects are what removing each channel in turn makes of the chance to convert', () => {
  for (let seed = 0; seed < 60; seed++) {
    const { converted, lost } = waysAtRandom(seed, 1 + (seed % 30))
    const { effects, shares } = markov(each(converted, lost))
    const expected = removalShares(converted, lost)
    assert.deepEqual(
      numbers(effects),
      Object.fromEntries(expected.map(({ channel, effect }) => [channel, numberOf(effect)])),
    )
    for (const { channel, share } of expected) {
      const [over, under] = shares.get(channel) ?? [0n, 0n]
      assert.equal(over * share[1], share[0] * under, `seed ${seed}, ${channel}`)
    }
  }
})

test('walking the chain step by step comes to the same, until nobody is under way', () => {
  for (let seed = 0; seed < 20; seed++) {
    const { converted, lost } = waysAtRandom(seed, 25)
    const steps = stepsOf(converted, lost)
    const chance = chanceByPower(steps)
    for (const [channel, effect] of Object.entries(numbers(markov(each(converted, lost)).effects))) {
      const without = chanceByPower(steps, channel)
      assert.ok(Math.abs((chance - without) / chance - effect) < 1e-9, `seed ${seed}, ${channel}`)
    }
    assert.ok(Math.abs(chance - converted.length / (converted.length + lost.length)) < 1e-9)
  }
})

test('so does a crowd of simulated people, within the error of its size', () => {
  const crowd = 40_000
  for (let seed = 0; seed < 4; seed++) {
    const { converted, lost } = waysAtRandom(seed, 12)
    const steps = stepsOf(converted, lost)
    const random = seeded(seed)
    const chance = converted.length / (converted.length + lost.length)
    for (const [channel, effect] of Object.entries(numbers(markov(each(converted, lost)).effects))) {
      let arrived = 0
      for (let person = 0; person < crowd; person++) {
        let state = '(start)'
        while (steps.has(state) && state !== channel) state = random.pick(steps.get(state) as string[])
        if (state === '(conversion)') arrived++
      }
      const without = chance * (1 - effect)
      const error = Math.sqrt((without * (1 - without)) / crowd)
      assert.ok(Math.abs(arrived / crowd - without) <= 4 * error, `seed ${seed}, ${channel}`)
    }
  }
})

test('many who went the same way count as that many', () => {
  const way = { channels: ['a', 'b'], converted: 3, lost: 2 }
  const { converted, lost } = { converted: Array(3).fill(way.channels), lost: Array(2).fill(way.channels) }
  const more = [['b'], ['c']]
  const together = markov([way, ...each([], more)])
  assert.deepEqual(numbers(together.shares), numbers(markov(each(converted, [...lost, ...more])).shares))
})

test('where nothing converted no channel had an effect', () => {
  assert.deepEqual(numbers(markov(each([], [['a', 'b']])).effects), { a: 0, b: 0 })
  assert.deepEqual(markov([]).effects, new Map())
})

test('Shapley values of a table of coalitions', () => {
  const table: Record<string, number> = { '': 0, a: 80, b: 56, c: 70, ab: 80, ac: 85, bc: 72, abc: 90 }
  const values = shapley(['a', 'b', 'c'], (coalition) => table[coalition.join('')] as number)
  const expected = { a: 39 + 1 / 6, b: 20 + 2 / 3, c: 30 + 1 / 6 }
  for (const [player, value] of values) close(value, expected[player as 'a'])
  assert.deepEqual(
    shapley([], () => 0),
    new Map(),
  )
  assert.throws(() => shapley(Array.from({ length: 21 }), () => 0), RangeError)
})

test('Shapley values are the mean of what each adds over all orders', () => {
  for (let seed = 0; seed < 30; seed++) {
    const random = seeded(seed)
    const players = ['a', 'b', 'c', 'd', 'e', 'f'].slice(0, 1 + (seed % 6))
    const table = new Map<string, number>()
    const worth = (coalition: readonly string[]) => {
      const key = coalition.toSorted().join('')
      if (!table.has(key)) table.set(key, key === '' ? 0 : random.below(1000))
      return table.get(key) as number
    }
    const expected = meanAdded(players, worth)
    const values = shapley(players, worth)
    players.forEach((player, i) => {
      close(values.get(player) ?? Number.NaN, numberOf(expected[i] as [bigint, bigint]))
    })
    close(
      [...values.values()].reduce((sum, value) => sum + value, 0),
      worth(players) - worth([]),
    )
  }
})

test('a path is worth an equal part to each of its distinct channels', () => {
  for (let seed = 0; seed < 30; seed++) {
    const random = seeded(seed)
    const paths = waysAtRandom(seed, 12).converted.map((channels) => ({
      channels,
      worth: random.below(10_000),
    }))
    const values = shapleyOfPaths(paths)
    const expected = shapleyByOrders(paths)
    assert.equal(values.size, expected.length)
    for (const { channel, value } of expected) {
      const [over, under] = values.get(channel) ?? [0n, 0n]
      assert.equal(over * value[1], value[0] * under)
    }
    const general = shapley([...values.keys()], (coalition) =>
      paths
        .filter(({ channels }) => channels.every((channel) => coalition.includes(channel)))
        .reduce((sum, path) => sum + path.worth, 0),
    )
    for (const [channel, value] of values) close(general.get(channel) ?? Number.NaN, toNumber(value))
  }
})

/** The chance to convert by sending everybody on, a step at a time. */
function chanceByPower(steps: Map<string, string[]>, removed?: string): number {
  let arrived = 0
  let underWay = new Map([['(start)', 1]])
  for (let step = 0; step < 3000; step++) {
    const next = new Map<string, number>()
    for (const [state, part] of underWay) {
      if (state === '(conversion)') arrived += part
      const nexts = state === removed ? [] : (steps.get(state) ?? [])
      for (const to of nexts) next.set(to, (next.get(to) ?? 0) + part / nexts.length)
    }
    underWay = next
  }
  return arrived
}

function close(actual: number, expected: number) {
  assert.ok(Math.abs(actual - expected) < 1e-9, `${actual} is not ${expected}`)
}
