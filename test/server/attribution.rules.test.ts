import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toNumber } from '../../server/attribution/fractions.ts'
import { chainOf, creditChain, type Model, type TouchedChain } from '../../server/attribution/rules.ts'
import { splitParts } from '../../server/attribution/splits.ts'
import { touchWeights } from '../../server/attribution/touches.ts'
import { PAYING_TOUCHES, SPLITS, type Split } from '../../server/contract/models.ts'
import { floorOf, numberOf, partsOf, times, weightsOf } from '../support/attribution-oracle.ts'

const DAY = 24 * 60 * 60_000
const hopsOf = (depth: number) =>
  Array.from({ length: depth }, (_, hop) => ({ share: `share ${hop}`, person: `person ${hop}` }))
const touchAt = (days: number, depth = 1): TouchedChain => ({ at: days * DAY, hops: hopsOf(depth) })
const model = (more: Partial<Model>): Model => ({
  touch: 'last',
  split: 'nearest',
  halfLifeDays: 7,
  alpha: 0.5,
  ...more,
})
/** What the hops of one chain get, and the house. */
function split(amount: number, depth: number, by: Split, alpha = 0.5): [number[], number] {
  const { lines, house } = creditChain(amount, DAY, [touchAt(1, depth)], model({ split: by, alpha }))
  return [lines.map((line) => line.amount), house]
}

test('a split gives each hop of a chain its part, nearest first, and the house what remains', () => {
  const cases: [Split, amount: number, depth: number, parts: number[], house: number][] = [
    ['nearest', 4900, 3, [4900], 0],
    ['root', 4900, 3, [4900], 0],
    ['linear', 10_000, 3, [3333, 3333, 3333], 1],
    ['halving', 400_000, 3, [200_000, 100_000, 50_000], 50_000],
    ['halving', 3, 4, [1, 0, 0, 0], 2],
    ['leibniz', 10_000, 1, [10_000], 0],
    ['leibniz', 10_000, 2, [5000, 5000], 0],
    ['leibniz', 10_000, 3, [3333, 1666, 3333], 1668],
    ['leibniz', 10_000, 4, [2500, 833, 833, 2500], 3334],
    ['leibniz', 10_000, 5, [2000, 500, 333, 500, 2000], 4667],
    ['blend', 10_000, 1, [10_000], 0],
    ['blend', 10_000, 3, [6666, 833, 1666], 835],
  ]
  for (const [by, amount, depth, parts, house] of cases)
    assert.deepEqual(split(amount, depth, by), [parts, house], `${by} over ${depth}`)
  for (const by of SPLITS) assert.deepEqual(split(4900, 0, by), [[], 4900])
})

test('root pays the one who began it', () => {
  const { lines } = creditChain(4900, DAY, [touchAt(1, 3)], model({ split: 'root' }))
  assert.deepEqual(
    lines.map(({ hop, person }) => [hop, person]),
    [[2, 'person 2']],
  )
})

test('a blend lies between nearest and Leibniz', () => {
  assert.deepEqual(split(10_000, 3, 'blend', 1), split(10_000, 3, 'nearest'))
  assert.deepEqual(split(10_000, 3, 'blend', 0), split(10_000, 3, 'leibniz'))
  assert.deepEqual(split(10_000, 3, 'blend', 0.1), [[1000 + 3000, 1500, 3000], 1500])
})

test('the parts of any value are what exact fractions give, at any depth', () => {
  for (const value of [0, 1, 99, 4900, 10 ** 13, Number.MAX_SAFE_INTEGER]) {
    for (const depth of [1, 2, 7, 40, 120]) {
      for (const by of SPLITS) {
        const { lines, house } = creditChain(
          value,
          DAY,
          [touchAt(1, depth)],
          model({ split: by, alpha: 0.3 }),
        )
        const expected = partsOf(by, depth, 0.3).map((part) => floorOf(times([BigInt(value), 1n], part)))
        const parts = expected.map((_, hop) => lines.find((line) => line.hop === hop)?.amount ?? 0)
        assert.deepEqual(parts, expected, `${value} by ${by} over ${depth}`)
        assert.equal(
          parts.reduce((sum, part) => sum + BigInt(part), BigInt(house)),
          BigInt(value),
        )
        assert.ok(house >= 0)
      }
    }
  }
})

test('a chain of thousands of hops is split as exactly', () => {
  for (const by of SPLITS) {
    const [parts, house] = split(Number.MAX_SAFE_INTEGER, 10_000, by)
    assert.equal(
      parts.reduce((sum, part) => sum + BigInt(part), BigInt(house)),
      BigInt(Number.MAX_SAFE_INTEGER),
    )
  }
  const [parts] = split(10 ** 12, 1000, 'leibniz')
  const choose = [1, 999, (999 * 998) / 2]
  const expected = choose.map((count) => Math.floor(10 ** 9 / count))
  assert.deepEqual(parts.slice(0, 3), expected)
  assert.deepEqual(parts.slice(-3), expected.toReversed())
  assert.equal(parts[500], 0)
})

test('Leibniz gives no more to two hops of the same person than to one', () => {
  for (let depth = 1; depth <= 30; depth++) {
    const parts = splitParts('leibniz', depth, 0.5).map(toNumber)
    const longer = splitParts('leibniz', depth + 1, 0.5).map(toNumber)
    for (let hop = 0; hop < depth; hop++) {
      const twice = (longer[hop] as number) + (longer[hop + 1] as number)
      assert.ok(Math.abs(twice - (parts[hop] as number)) < 1e-12, `hop ${hop} of ${depth}`)
    }
  }
})

test('a touch model gives each visit its part', () => {
  const weights = (touch: Model['touch'], days: number[], halfLifeDays = 7) =>
    touchWeights(touch, { touches: days.map((day) => day * DAY), at: 38 * DAY, halfLifeDays }).map(toNumber)
  const days = [0, 5, 12, 30, 38]
  assert.deepEqual(weights('first', days), [1, 0, 0, 0, 0])
  assert.deepEqual(weights('last', days), [0, 0, 0, 0, 1])
  assert.deepEqual(weights('linear', days), [0.2, 0.2, 0.2, 0.2, 0.2])
  const third = 0.2 / 3
  weights('position', days).forEach((weight, i) => {
    close(weight, [0.4, third, third, third, 0.4][i] as number)
  })
  assert.deepEqual(weights('position', [1, 2, 3]), [0.4, 0.2, 0.4])
  assert.deepEqual(weights('position', [1, 2]), [0.5, 0.5])
  assert.deepEqual(weights('position', [1]), [1])
  const decayed = weights('decay', days).map((weight) => (12_000 * weight).toFixed(4))
  assert.deepEqual(decayed, ['175.1952', '287.4376', '574.8752', '3417.0450', '7545.4471'])
  assert.deepEqual(weights('decay', [31, 38, 38]), [0.2, 0.4, 0.4])
  assert.deepEqual(weights('decay', [24, 38], 14), [1 / 3, 2 / 3])
})

test('weights sum to 1 exactly, and time decay survives what is ancient, equal or still to come', () => {
  const journeys = [[0], [0, 0, 0], [0, 1e9, 2e9, 36e9], [5, 5, 40 * DAY], [38 * DAY + 60_000, 39 * DAY]]
  for (const touches of journeys) {
    for (const touch of PAYING_TOUCHES) {
      for (const halfLifeDays of [0.01, 7, 365]) {
        const weights = touchWeights(touch, { touches, at: 38 * DAY, halfLifeDays })
        const common = weights.reduce((all, [, under]) => all * under, 1n)
        assert.equal(
          weights.reduce((sum, [over, under]) => sum + (over * common) / under, 0n),
          common,
        )
        const expected = weightsOf(
          touch,
          touches.map((at) => 38 * DAY - at),
          halfLifeDays,
        )
        weights.forEach((weight, i) => {
          close(toNumber(weight), numberOf(expected[i] as [bigint, bigint]))
        })
        if (touch === 'decay') assert.ok(weights.every(([over]) => over > 0n))
      }
    }
  }
})

test('any touch model goes with any split: one floor for each hop of each touch', () => {
  const touches = [touchAt(0, 2), touchAt(10, 3), touchAt(20, 0), touchAt(30, 1)]
  for (const touch of PAYING_TOUCHES) {
    for (const by of SPLITS) {
      const { lines, house } = creditChain(9_999, 38 * DAY, touches, model({ touch, split: by }))
      const weights = weightsOf(
        touch,
        touches.map(({ at }) => 38 * DAY - at),
      )
      const expected = touches.flatMap(({ hops }, i) =>
        partsOf(by, hops.length).map((part, hop) => {
          const gets = times(weights[i] as [bigint, bigint], part)
          return {
            touch: i,
            hop,
            ...hops[hop],
            amount: floorOf(times([9_999n, 1n], gets)),
            named: gets[0] > 0n,
          }
        }),
      )
      assert.deepEqual(
        lines,
        expected.filter(({ named }) => named).map(({ named, ...line }) => line),
        `${touch}, ${by}`,
      )
      assert.equal(
        lines.reduce((sum, { amount }) => sum + amount, house),
        9_999,
      )
    }
  }
})

test('the house gets all of what nobody brought', () => {
  for (const touch of PAYING_TOUCHES)
    assert.deepEqual(creditChain(4900, 0, [], model({ touch })), { lines: [], house: 4900 })
})

test('a chain is read nearest first, without the buyer, nobody twice in a row', () => {
  const id = (name: string) => name.padEnd(16, '-')
  const chain = (people: string, buyer: string | null) =>
    chainOf(
      [...people].map((_, i) => id(String(i))).join(''),
      [...people].map(id).join(''),
      buyer === null ? null : id(buyer),
    ).map(({ share, person }) => `${person[0]}${share[0]}`)
  const cases: [people: string, buyer: string | null, chain: string[]][] = [
    ['', null, []],
    ['abc', null, ['c2', 'b1', 'a0']],
    ['abc', 'b', ['c2', 'a0']],
    ['abc', 'c', ['b1', 'a0']],
    ['aa', 'a', []],
    ['aabbb', null, ['b4', 'a1']],
    ['aba', 'b', ['a2']],
    ['abab', null, ['b3', 'a2', 'b1', 'a0']],
  ]
  for (const [people, buyer, expected] of cases)
    assert.deepEqual(chain(people, buyer), expected, `${people} for ${buyer}`)
})

function close(actual: number, expected: number) {
  assert.ok(Math.abs(actual - expected) < 1e-12, `${actual} is not ${expected}`)
}
