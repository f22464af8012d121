import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { chainOf, creditChain, type Model, type TouchedChain } from '../../server/attribution/rules.ts'
import { GAMEABLE_SPLITS, PAYING_TOUCHES, SPLITS, type Split } from '../../server/contract/models.ts'

const DAY = 24 * 60 * 60_000
const NOW = 400 * DAY
const RUNS = { seed: 20_261_120, numRuns: 5000 }

/** A share: who passed on, under which other share. */
interface Node {
  person: string
  parent: number | null
}
/** A tree of shares, and the visits of somebody who buys. */
interface Story {
  nodes: Node[]
  visits: { node: number; at: number }[]
  buyer: string | null
}

const people = fc.constantFrom('ann', 'ben', 'cas', 'dee', 'eve', 'fay')
const story: fc.Arbitrary<Story> = fc
  .record({
    // Mostly deep: a parent is looked for among the latest.
    grown: fc.array(fc.record({ person: people, up: fc.nat(3) }), { minLength: 1, maxLength: 24 }),
    visits: fc.array(fc.record({ node: fc.nat(), days: fc.double({ min: 0, max: 399, noNaN: true }) }), {
      maxLength: 6,
    }),
    buyer: fc.option(people),
  })
  .map(({ grown, visits, buyer }) => ({
    nodes: grown.map(({ person, up }, i) => ({ person, parent: i - up - 1 < 0 ? null : i - up - 1 })),
    visits: visits
      .map(({ node, days }) => ({ node: node % grown.length, at: Math.round(NOW - days * DAY) }))
      .sort((a, b) => a.at - b.at),
    buyer,
  }))
const value = fc.oneof(fc.nat(1000), fc.nat(10 ** 9), fc.maxSafeNat())
const modelOf = (splits: readonly Split[]): fc.Arbitrary<Model> =>
  fc.record({
    touch: fc.constantFrom(...PAYING_TOUCHES),
    split: fc.constantFrom(...splits),
    halfLifeDays: fc.double({ min: 0.01, max: 365, noNaN: true }),
    alpha: fc.double({ min: 0, max: 1, noNaN: true }),
  })
const model = modelOf(SPLITS)

const id = (name: string | number) => String(name).padEnd(16, '-')
/** The nodes from the root down to one. */
const wayTo = (nodes: Node[], node: number | null): number[] =>
  node === null ? [] : [...wayTo(nodes, nodes[node]?.parent ?? null), node]
/** The chains that led to the purchase. */
function touchesOf({ nodes, visits, buyer }: Story): TouchedChain[] {
  return visits.map(({ node, at }) => {
    const way = wayTo(nodes, node)
    const persons = way.map((place) => id(nodes[place]?.person ?? ''))
    return { at, hops: chainOf(way.map(id).join(''), persons.join(''), buyer && id(buyer)) }
  })
}
const credit = (told: Story, amount: number, model: Model) => creditChain(amount, NOW, touchesOf(told), model)
/** What some people get together. */
const earned = (told: Story, amount: number, model: Model, by: string[]) =>
  credit(told, amount, model)
    .lines.filter(({ person }) => by.map(id).includes(person))
    .reduce((sum, line) => sum + line.amount, 0)

/** The story in which a share was passed on through some more hands before it went on: the last of them takes its place. */
function stretched({ nodes, visits, buyer }: Story, node: number, hands: string[]): Story {
  const first = nodes.length
  const last = first + hands.length - 1
  const longer = nodes.map(({ person, parent }) => ({ person, parent: parent === node ? last : parent }))
  hands.forEach((person, i) => {
    longer.push({ person, parent: i === 0 ? node : first + i - 1 })
  })
  return {
    nodes: longer,
    visits: visits.map((visit) => ({ ...visit, node: visit.node === node ? last : visit.node })),
    buyer,
  }
}

test('credits plus house are the value exactly, and nothing is below 0', () => {
  fc.assert(
    fc.property(story, value, model, (told, amount, model) => {
      const { lines, house } = credit(told, amount, model)
      assert.equal(
        lines.reduce((sum, line) => sum + BigInt(line.amount), BigInt(house)),
        BigInt(amount),
      )
      assert.ok(house >= 0 && lines.every((line) => line.amount >= 0))
    }),
    RUNS,
  )
})

test('the buyer gets nothing, and nobody two hops in a row', () => {
  fc.assert(
    fc.property(story, value, model, (told, amount, model) => {
      assert.equal(told.buyer === null ? 0 : earned(told, amount, model, [told.buyer]), 0)
      for (const { hops } of touchesOf(told))
        assert.ok(hops.every(({ person }, hop) => person !== hops[hop + 1]?.person))
    }),
    RUNS,
  )
})

test('a chain without the buyer and without repetitions is what it would be had they never passed it on', () => {
  fc.assert(
    fc.property(story, fc.nat(), value, model, (told, place, amount, model) => {
      const node = place % told.nodes.length
      const again = [told.nodes[node]?.person ?? '']
      const hands = told.buyer === null ? again : [...again, told.buyer, ...again]
      const longer = stretched(told, node, hands)
      const amounts = (one: Story) =>
        credit(one, amount, model).lines.map((line) => [line.person, line.amount])
      assert.deepEqual(amounts(longer), amounts(told))
    }),
    RUNS,
  )
})

test('a refund raises nobody’s credit, and a full one brings all to zero', () => {
  fc.assert(
    fc.property(
      story,
      value,
      fc.double({ min: 0, max: 1, noNaN: true }),
      model,
      (told, amount, part, model) => {
        const before = credit(told, amount, model).lines
        const after = credit(told, Math.floor(amount * part), model).lines
        assert.equal(after.length, before.length)
        after.forEach((line, i) => {
          assert.ok(line.amount <= (before[i]?.amount ?? -1))
        })
        const { lines, house } = credit(told, 0, model)
        assert.ok(house === 0 && lines.every((line) => line.amount === 0))
      },
    ),
    RUNS,
  )
})

const hands = fc
  .integer({ min: 1, max: 4 })
  .map((more) => Array.from({ length: more }, (_, i) => `self ${i}`))
const safe = SPLITS.filter((split) => !GAMEABLE_SPLITS.includes(split))

test(`passing it on to oneself, under up to five names, never pays by ${safe.join(', ')}`, () => {
  fc.assert(
    fc.property(story, fc.nat(), hands, value, modelOf(safe), (told, place, hands, amount, model) => {
      const node = place % told.nodes.length
      const self = told.nodes[node]?.person ?? ''
      fc.pre(self !== told.buyer)
      const alone = earned(told, amount, model, [self])
      const many = earned(stretched(told, node, hands), amount, model, [self, ...hands])
      assert.ok(many <= alone, `${many} instead of ${alone}`)
    }),
    { ...RUNS, numRuns: 10_000 },
  )
})

test(`it does pay by ${GAMEABLE_SPLITS.join(' and ')}, whoever else is on the chain`, () => {
  const chain = fc.integer({ min: 2, max: 12 })
  for (const split of GAMEABLE_SPLITS) {
    fc.assert(
      fc.property(
        chain,
        fc.nat(),
        hands,
        fc.integer({ min: 10 ** 6, max: 10 ** 12 }),
        (depth, place, hands, amount) => {
          const nodes = Array.from({ length: depth }, (_, i) => ({
            person: `${i}`,
            parent: i === 0 ? null : i - 1,
          }))
          const told = { nodes, visits: [{ node: depth - 1, at: NOW }], buyer: null }
          const node = place % depth
          const last = { touch: 'last', split, halfLifeDays: 7, alpha: 0.5 } as const
          const alone = earned(told, amount, last, [`${node}`])
          assert.ok(earned(stretched(told, node, hands), amount, last, [`${node}`, ...hands]) > alone)
        },
      ),
      RUNS,
    )
  }
})
