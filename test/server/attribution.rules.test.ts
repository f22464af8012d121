import assert from 'node:assert/strict'
import { test } from 'node:test'
import { leibniz, nearest, splitAmount } from '../../server/attribution/rules.ts'
import { partsOf } from '../support/oracle.ts'

test('Leibniz gives each hop its entry of the harmonic triangle, and the house what remains', () => {
  const cases: [number, number[], number][] = [
    [0, [], 10_000],
    [1, [10_000], 0],
    [2, [5000, 5000], 0],
    [3, [3333, 1666, 3333], 1668],
    [4, [2500, 833, 833, 2500], 3334],
    [5, [2000, 500, 333, 500, 2000], 4667],
  ]
  for (const [depth, parts, house] of cases)
    assert.deepEqual(splitAmount(leibniz, 10_000, depth), { parts, house }, `depth ${depth}`)
})

test('the nearest sharer gets all, and the house what nobody brought', () => {
  assert.deepEqual(splitAmount(nearest, 4900, 3), { parts: [4900, 0, 0], house: 0 })
  assert.deepEqual(splitAmount(nearest, 4900, 0), { parts: [], house: 4900 })
})

test('the parts and the house add up to any value over any chain', () => {
  for (const value of [0, 1, 99, 4900, 10 ** 13, Number.MAX_SAFE_INTEGER]) {
    for (const depth of [0, 1, 2, 7, 40, 1000]) {
      const { parts, house } = splitAmount(leibniz, value, depth)
      if (depth <= 40) assert.deepEqual(parts, partsOf('leibniz', value, depth))
      assert.equal(
        parts.reduce((sum, part) => sum + BigInt(part), BigInt(house)),
        BigInt(value),
      )
      assert.ok(house >= 0 && parts.every((part) => part >= 0))
    }
  }
})

test('inventing hops of oneself never pays under Leibniz', () => {
  for (let depth = 1; depth <= 30; depth++) {
    const parts = partsOf('leibniz', 10 ** 9, depth)
    const longer = partsOf('leibniz', 10 ** 9, depth + 1)
    for (let hop = 0; hop < depth; hop++) {
      const twice = (longer[hop] as number) + (longer[hop + 1] as number)
      assert.ok(twice <= (parts[hop] as number), `hop ${hop} of ${depth}`)
    }
  }
})
