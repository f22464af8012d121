import { creditChain, type TouchedChain } from '../attribution/rules.ts'
import type { Pot, Rule } from '../contract/programmes.ts'
import type { Detail, EarnedLine } from './detail.ts'

/** A conversion as a programme looks at it. `gross` is null without a value; people are ids. */
export interface Bought {
  name: string
  proved: boolean
  at: number
  gross: number | null
  currency: string | null
  refunded: number
  voided: boolean
  /** Oldest first, the buyer's own hops left out. */
  touches: readonly TouchedChain[]
  buyer: string | null
  /** Who wrote the page that the buyer came by. */
  author: string | null
}

/** What counts of a conversion's value. */
export const netOf = ({ gross, refunded }: Pick<Bought, 'gross' | 'refunded'>): number =>
  Math.max(0, (gross ?? 0) - refunded)

/** Who brought the buyer: the nearest sharer of the latest visit that has one. Nobody earns without. */
export const nearestOf = ({ touches }: Bought): string | undefined =>
  touches.findLast(({ hops }) => hops.length > 0)?.hops[0]?.person

/** Whether a moment lies within a rule's start and end. */
export const isDuring = ({ startsAt, endsAt }: Rule, at: number): boolean =>
  (startsAt === null || Date.parse(startsAt) <= at) && (endsAt === null || at < Date.parse(endsAt))

/** Whether a rule pays for conversions like this, whoever brought them. One without a value counts as 0. */
export function isPaidFor(rule: Rule, bought: Bought): boolean {
  if (bought.voided || (rule.conversion !== null && rule.conversion !== bought.name)) return false
  if (rule.proof === 'proved' && !bought.proved) return false
  return rule.minValue === 0 || (bought.currency === rule.currency && netOf(bought) >= rule.minValue)
}

/** The pot for somebody's n-th friend. */
export const potFor = ({ pot, tiers }: Rule, friend: number): Pot =>
  tiers.findLast(({ from }) => from <= friend)?.pot ?? pot

/** A percentage has at most two digits after the point. */
const partOf = (amount: number, percent: number): number =>
  Number((BigInt(amount) * BigInt(Math.round(percent * 100))) / 10_000n)

/** What a pot comes to: a percentage is of the net value, and only in the rule's own currency. */
export function potAmount(pot: Pot, rule: Rule, bought: Bought): number {
  if ('fixed' in pot) return pot.fixed
  if (bought.currency !== rule.currency) return 0
  return Math.min(partOf(netOf(bought), pot.percent), pot.cap ?? Number.MAX_SAFE_INTEGER)
}

/** Divides what a conversion is worth under a rule, limits aside: floored line by line, remainders the house's. */
export function divide(rule: Rule, friend: number, bought: Bought): Detail {
  const { gross, currency, buyer } = bought
  const potRule = potFor(rule, friend)
  const pot = potAmount(potRule, rule, bought)
  const author = partOf(pot, rule.author)
  const site = partOf(pot, rule.site)
  const chainPot = pot - author - site
  const touches = countedTouches(rule, bought)
  const writer = bought.author === buyer ? null : bought.author
  const forBuyer = rule.buyer === null ? 0 : potAmount(rule.buyer, rule, bought)
  const fromPot = [
    ...(rule.sharers ? sharersOf(rule, chainPot, bought.at, touches) : []),
    ...offChain('author', writer, author),
  ]
  return {
    value: { gross, net: netOf(bought), currency },
    currency: rule.currency,
    friend,
    potRule,
    pot,
    author: { person: writer, amount: author },
    site,
    chainPot,
    buyer: { person: buyer, amount: forBuyer },
    touches,
    lines: [...fromPot, ...offChain('buyer', buyer, forBuyer)],
    house: pot - fromPot.reduce((sum, { amount }) => sum + amount, 0),
  }
}

/** The visits that a rule looks at. */
function countedTouches({ touch }: Rule, { touches }: Bought): TouchedChain[] {
  if (touch === 'last') return touches.slice(-1)
  return touch === 'first' ? touches.slice(0, 1) : [...touches]
}

/** The sharers' parts, nearest first; of the same hop, the latest visit's first. */
function sharersOf(rule: Rule, chainPot: number, at: number, touches: TouchedChain[]): EarnedLine[] {
  return creditChain(chainPot, at, touches, rule)
    .lines.filter(({ amount }) => amount > 0)
    .map((line) => ({ role: 'sharer' as const, ...line, allowed: line.amount }))
    .sort((a, b) => a.hop - b.hop || b.touch - a.touch)
}

const offChain = (role: 'author' | 'buyer', person: string | null, amount: number): EarnedLine[] =>
  person === null || amount === 0
    ? []
    : [{ role, person, touch: null, hop: null, share: null, amount, allowed: amount }]
