import type { PayingTouch, Split, Touch } from '../../server/contract/models.ts'
import { type By, chainOf, type Facts, net, type Span, subjectOf, sumsByCurrency, within } from './oracle.ts'

const DAY = 24 * 60 * 60_000

/** Exact fractions in lowest terms. */
export type Fraction = [bigint, bigint]
const divisor = (a: bigint, b: bigint): bigint => (b === 0n ? a : divisor(b, a % b))
function fraction(over: bigint, under: bigint): Fraction {
  const common = divisor(over < 0n ? -over : over, under) || 1n
  return [over / common, under / common]
}
export const plus = ([a, b]: Fraction, [c, d]: Fraction) => fraction(a * d + c * b, b * d)
export const minus = ([a, b]: Fraction, [c, d]: Fraction) => fraction(a * d - c * b, b * d)
export const times = ([a, b]: Fraction, [c, d]: Fraction) => fraction(a * c, b * d)
const inverse = ([a, b]: Fraction): Fraction => (a < 0n ? [-b, -a] : [b, a])
const whole = (n: number): Fraction => [BigInt(n), 1n]
export const numberOf = ([a, b]: Fraction) => Number((a << 60n) / b) / 2 ** 60
export const floorOf = ([a, b]: Fraction) => Number(a / b)
const sum = (parts: Fraction[]) => parts.reduce(plus, whole(0))

/** The entries of a row of Leibniz's harmonic triangle, by its own rule: each is the one above it less its neighbour. */
function harmonicRow(depth: number): Fraction[] {
  let row: Fraction[] = []
  for (let d = 1; d <= depth; d++) {
    const next: Fraction[] = [[1n, BigInt(d)]]
    for (let k = 1; k < d; k++) next.push(minus(row[k - 1] as Fraction, next[k - 1] as Fraction))
    row = next
  }
  return row
}

/** What each hop of a chain gets of 1, nearest first, by the definition of the split. */
export function partsOf(split: Split, depth: number, alpha = 0.5): Fraction[] {
  const hops = Array.from({ length: depth }, (_, hop) => hop + 1)
  const only = (k: number) => hops.map((hop) => whole(hop === k ? 1 : 0))
  if (split === 'nearest') return only(1)
  if (split === 'root') return only(depth)
  if (split === 'linear') return hops.map(() => [1n, BigInt(depth)])
  if (split === 'halving') return hops.map((hop) => [1n, 2n ** BigInt(hop)])
  if (split === 'leibniz') return harmonicRow(depth)
  const nearest: Fraction = fraction(BigInt(Math.round(alpha * 1e6)), 1_000_000n)
  return harmonicRow(depth).map((part, hop) =>
    plus(times(minus(whole(1), nearest), part), hop === 0 ? nearest : whole(0)),
  )
}

/** What each touch gets of 1, oldest first; `ages` in ms before the conversion. */
export function weightsOf(touch: PayingTouch, ages: number[], halfLifeDays = 7): Fraction[] {
  const { length } = ages
  const only = (k: number) => ages.map((_, i) => whole(i === k ? 1 : 0))
  if (touch === 'first') return only(0)
  if (touch === 'last') return only(length - 1)
  if (touch === 'linear' || (touch === 'position' && length < 3)) return ages.map(() => [1n, BigInt(length)])
  if (touch === 'position')
    return ages.map((_, i) =>
      i === 0 || i === length - 1 ? [2n, 5n] : fraction(1n, 5n * BigInt(length - 2)),
    )
  const halvedFor = ages.map((age) => Math.max(0, age) / DAY / halfLifeDays)
  const halvings = halvedFor.map((n) => n - Math.min(...halvedFor))
  const weights = halvings.map((n) => {
    const rest = n - Math.floor(n)
    return BigInt(Math.round(2 ** (52 - rest))) << BigInt(Math.max(0, 200 - Math.floor(n)))
  })
  const all = weights.reduce((a, b) => a + b, 0n)
  return weights.map((weight) => fraction(weight, all))
}

export interface Asked {
  touch: Touch
  split: Split
  by: By
  halfLifeDays?: number
  alpha?: number
}

/** The touches of a conversion, each with its chain, nearest first: no buyer, nobody twice in a row. */
function touchesOf(facts: Facts, conversion: Facts['conversions'][number]) {
  const { touches, share_id, at, buyer_id } = conversion
  const told = JSON.parse(touches ?? '[]') as [string, number][]
  if (told.length === 0 && share_id !== null) told.push([share_id, at])
  return told.map(([share, touched]) => ({
    age: at - touched,
    chain: chainOf(facts, share)
      .filter(({ person_id }) => person_id !== buyer_id)
      .filter(({ person_id }, hop, others) => others[hop - 1]?.person_id !== person_id),
  }))
}

interface Part {
  key: string
  conversion: string
  currency: string | null
  amount: number
}

/** Who gets what of the conversions of a span; the rest is the house's. By key. */
export function attributionOf(facts: Facts, span: Span, asked: Asked) {
  const conversions = within(facts.conversions, span)
  const parts =
    asked.touch === 'markov' || asked.touch === 'shapley'
      ? partsOfChannels(facts, span, asked.touch)
      : conversions.flatMap((one) => partsOfOne(facts, one, asked as Asked & { touch: PayingTouch }))
  const keys = [...new Set(parts.map(({ key }) => key))].sort()
  return {
    data: keys.map((key) => {
      const own = parts.filter((part) => part.key === key)
      return {
        key,
        conversions: new Set(own.flatMap(({ conversion }) => conversion || [])).size,
        credit: sumsByCurrency(own.map(({ currency, amount }) => [currency, amount])),
      }
    }),
    house: sumsByCurrency([
      ...conversions.map((one): [string | null, number] => [one.currency, net(one)]),
      ...parts.map(({ currency, amount }): [string | null, number] => [currency, -amount]),
    ]),
  }
}

function partsOfOne(
  facts: Facts,
  conversion: Facts['conversions'][number],
  { touch, split, by, halfLifeDays, alpha }: Asked & { touch: PayingTouch },
): Part[] {
  const touches = touchesOf(facts, conversion)
  const weights = weightsOf(
    touch,
    touches.map(({ age }) => age),
    halfLifeDays,
  )
  return touches.flatMap(({ chain }, i) =>
    partsOf(split, chain.length, alpha).flatMap((part, hop) => {
      const gets = times(weights[i] as Fraction, part)
      if (gets[0] === 0n) return []
      const subject = subjectOf(chain[hop] as Facts['shares'][number], by)
      const key = by === 'page' ? (facts.urls.get(subject) as string) : subject
      const amount = floorOf(times(whole(net(conversion)), gets))
      return [{ key, conversion: conversion.id, currency: conversion.currency, amount }]
    }),
  )
}

/** The ways over channels of a span, one a person: those that led to a conversion, and those that led to nothing. */
export function pathsOf(facts: Facts, span: Span) {
  const converted = within(facts.conversions, span).flatMap((one) => {
    const channels = touchesOf(facts, one).flatMap(({ chain }) => chain[0]?.channel ?? [])
    return channels.length > 0 ? [{ channels, conversion: one }] : []
  })
  const who = (visitor: string) => facts.personOf.get(visitor) ?? visitor
  const visits = within(
    facts.visits.map((visit) => ({ ...visit, at: visit.last_at })),
    span,
  ).filter(
    (visit) =>
      !within(facts.conversions, span).some(
        ({ visitor, at }) => visitor !== null && who(visitor) === who(visit.visitor) && at >= visit.at,
      ),
  )
  const lost = [...new Set(visits.map(({ visitor }) => who(visitor)))].map((person) =>
    visits
      .filter(({ visitor }) => who(visitor) === person)
      .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
      .map(({ share_id }) => facts.shares.find(({ id }) => id === share_id)?.channel as string),
  )
  return { converted, lost }
}

function partsOfChannels(facts: Facts, span: Span, analysis: 'markov' | 'shapley'): Part[] {
  const { converted, lost } = pathsOf(facts, span)
  const named = converted.flatMap(({ channels, conversion }) =>
    channels.map((key) => ({ key, conversion: conversion.id, currency: null, amount: 0 })),
  )
  const currencies = new Set(converted.flatMap(({ conversion }) => conversion.currency ?? []))
  const credited = [...currencies].flatMap((currency) => {
    const worth = converted.map(({ channels, conversion }) => ({
      channels,
      worth: conversion.currency === currency ? net(conversion) : 0,
    }))
    const value = worth.reduce((all, path) => all + path.worth, 0)
    const gets =
      analysis === 'markov'
        ? removalShares(
            converted.map(({ channels }) => channels),
            lost,
          ).map(({ channel, share }) => ({ channel, amount: floorOf(times(whole(value), share)) }))
        : shapleyByOrders(worth).map(({ channel, value }) => ({ channel, amount: floorOf(value) }))
    return gets.map(({ channel, amount }) => ({ key: channel, conversion: '', currency, amount }))
  })
  const keys = new Set(named.map(({ key }) => key))
  return [...named, ...credited.filter(({ key }) => keys.has(key))]
}

/** Removal effects by their definition: each channel is removed in turn, and the chance to convert solved anew. */
export function removalShares(converted: string[][], lost: string[][]) {
  const channels = [...new Set([...converted, ...lost].flat())]
  const chance = conversionChance(converted, lost, null)
  const effects = channels.map((channel) => {
    const without = conversionChance(converted, lost, channel)
    return chance[0] === 0n ? whole(0) : times(minus(chance, without), inverse(chance))
  })
  const all = sum(effects)
  return channels.map((channel, i) => {
    const effect = effects[i] as Fraction
    return { channel, effect, share: all[0] === 0n ? all : times(effect, inverse(all)) }
  })
}

/** The chance to get from start to a conversion, by elimination in exact fractions; what is removed leads to nothing. */
function conversionChance(converted: string[][], lost: string[][], removed: string | null): Fraction {
  const steps = stepsOf(converted, lost)
  const states = [...steps.keys()].filter((state) => state !== removed)
  // x = Σ p·x(next), x(conversion) = 1, as rows of coefficients with the constant last.
  const rows = states.map((state) => {
    const nexts = steps.get(state) as string[]
    const chanceOf = (next: string) =>
      fraction(BigInt(nexts.filter((one) => one === next).length), BigInt(nexts.length))
    return [
      ...states.map((other) => minus(whole(other === state ? 1 : 0), chanceOf(other))),
      chanceOf('(conversion)'),
    ]
  })
  for (let k = 0; k < rows.length; k++) {
    const found = rows.findIndex((row, i) => i >= k && row[k]?.[0] !== 0n)
    ;[rows[k], rows[found]] = [rows[found] as Fraction[], rows[k] as Fraction[]]
    const pivot = (rows[k] as Fraction[]).map((entry) => times(entry, inverse(rows[k]?.[k] as Fraction)))
    rows[k] = pivot
    rows.forEach((row, i) => {
      if (i !== k)
        rows[i] = row.map((entry, j) => minus(entry, times(row[k] as Fraction, pivot[j] as Fraction)))
    })
  }
  return rows[states.indexOf('(start)')]?.at(-1) ?? whole(0)
}

/** What followed each state, as often as it did. */
export function stepsOf(converted: string[][], lost: string[][]): Map<string, string[]> {
  const steps = new Map<string, string[]>()
  const walked = [
    ...converted.map((path) => ['(start)', ...path, '(conversion)']),
    ...lost.map((path) => ['(start)', ...path, '(nothing)']),
  ]
  for (const path of walked)
    for (let i = 0; i + 1 < path.length; i++)
      steps.set(path[i] as string, [...(steps.get(path[i] as string) ?? []), path[i + 1] as string])
  return steps
}

/** Shapley values by the definition: the mean, over all orders of arrival, of what a player adds. */
export function shapleyByOrders(paths: { channels: string[]; worth: number }[]) {
  const players = [...new Set(paths.flatMap(({ channels }) => channels))]
  const worth = (coalition: string[]) =>
    paths
      .filter(({ channels }) => channels.every((channel) => coalition.includes(channel)))
      .reduce((all, path) => all + path.worth, 0)
  const added = meanAdded(players, worth)
  return players.map((channel, i) => ({ channel, value: added[i] as Fraction }))
}

/** What each player adds to those before them, in the mean of all orders. */
export function meanAdded<P>(players: P[], worth: (coalition: P[]) => number): Fraction[] {
  const orders = permutations(players)
  return players.map((player) => {
    const sums = orders.map((order) => {
      const before = order.slice(0, order.indexOf(player))
      return worth([...before, player]) - worth(before)
    })
    return fraction(BigInt(sums.reduce((a, b) => a + b, 0)), BigInt(orders.length))
  })
}

const permutations = <P>(items: P[]): P[][] =>
  items.length === 0
    ? [[]]
    : items.flatMap((item) =>
        permutations(items.filter((one) => one !== item)).map((rest) => [item, ...rest]),
      )
