import { type Fraction, NOTHING, partOf, plus, toNumber } from '../attribution/fractions.ts'
import { splitParts } from '../attribution/splits.ts'
import { touchWeights } from '../attribution/touches.ts'
import type { Pot, Rule } from '../contract/programmes.ts'
import type { ReceiptLine } from '../contract/rewards.ts'
import type { Detail } from './detail.ts'

/** What an earning was made of, line by line; `nameOf` says what a person is called there. */
export function arithmetic(
  rule: Rule,
  detail: Detail,
  at: number,
  nameOf: (person: string | null) => string,
): ReceiptLine[] {
  const { value, pot, friend, potRule, author, site, house, lines } = detail
  const fromPot = (what: 'author' | 'site', percent: number, amount: number, who: string | null) =>
    percent === 0 ? [] : [{ what, who, how: `${pot} × ${percent} % = ${amount}`, amount }]
  const buyers = lines.filter(({ role }) => role === 'buyer')
  return [
    { what: 'value', who: null, how: howValue(value), amount: value.net },
    { what: 'pot', who: null, how: `${howPot(potRule, detail, pot)}${tier(rule, friend)}`, amount: pot },
    ...fromPot('author', rule.author, author.amount, author.person === null ? null : nameOf(author.person)),
    ...fromPot('site', rule.site, site, null),
    ...(rule.sharers ? chainLines(rule, detail, at, nameOf) : []),
    { what: 'house', who: null, how: 'what nobody gets: remainders, and the site’s own part', amount: house },
    ...buyers.map(({ person, amount }) => ({
      what: 'buyer' as const,
      who: nameOf(person),
      how: rule.buyer ? howPot(rule.buyer, detail, amount) : '',
      amount,
    })),
  ]
}

function chainLines(
  rule: Rule,
  { chainPot, touches, lines }: Detail,
  at: number,
  nameOf: (person: string | null) => string,
): ReceiptLine[] {
  const { touch: model, split, halfLifeDays, alpha } = rule
  const weights = touchWeights(model, { touches: touches.map((touch) => touch.at), at, halfLifeDays })
  return touches.flatMap(({ hops }, touch) => {
    const weight = weights[touch] ?? NOTHING
    const parts = splitParts(split, hops.length, alpha)
    const whole = partOf(chainPot, weight)
    const own = lines.filter((line) => line.role === 'sharer' && line.touch === touch)
    return [
      {
        what: 'touch' as const,
        who: null,
        how: `visit ${touch + 1} of ${touches.length}, ${model}: ${chainPot} × ${written(weight)} = ${whole}`,
        amount: whole,
      },
      ...own.map(({ person, hop, amount }) => ({
        what: 'hop' as const,
        who: nameOf(person),
        how: `hop ${(hop ?? 0) + 1} of ${hops.length}, ${split}: ${chainPot} × ${written(weight)} × ${written(parts[hop ?? 0] ?? NOTHING)} = ${amount}`,
        amount,
      })),
    ]
  })
}

function howValue({ gross, net }: Detail['value']): string {
  if (gross === null) return 'without a value'
  return gross === net ? String(net) : `${gross} − ${gross - net} refunded = ${net}`
}

function howPot(pot: Pot, { value, currency }: Detail, amount: number): string {
  if ('fixed' in pot) return `fixed ${pot.fixed}`
  if (value.currency !== currency) return `${pot.percent} % of a value in ${currency}`
  const capped = pot.cap === undefined ? '' : `, at most ${pot.cap}`
  return `${value.net} × ${pot.percent} %${capped} = ${amount}`
}

/** Which tier a friend's number makes the pot's. */
function tier({ tiers }: Rule, friend: number): string {
  const reached = tiers.findLast(({ from }) => from <= friend)
  return reached ? `, from friend ${reached.from} on: this is friend ${friend}` : ''
}

/** A fraction as people read it: in lowest terms, or as a decimal where those are long. */
function written(fraction: Fraction): string {
  const [over, under] = plus(NOTHING, fraction)
  if (under === 1n) return String(over)
  return under < 10_000n ? `${over}/${under}` : String(Number(toNumber(fraction).toPrecision(6)))
}

/** The lines from what somebody's own parts are by the rule to what they get: what limits and refunds took. */
export function ownLines(
  own: { amount: number; allowed: number },
  { left, currency }: { left: number; currency: string },
): ReceiptLine[] {
  const limit = own.allowed - own.amount
  const reversed = left - own.allowed
  const terms = [own.amount, limit, reversed].filter((term, i) => i === 0 || term !== 0)
  const took = (what: 'limit' | 'reversed', how: string, amount: number) =>
    amount === 0 ? [] : [{ what, who: null, how, amount }]
  return [
    ...took('limit', 'limits of the programme', limit),
    ...took('reversed', 'taken back', reversed),
    {
      what: 'yours',
      who: 'you',
      how: `${terms.map((term, i) => (i === 0 ? term : `− ${-term}`)).join(' ')} = ${left} ${currency}`,
      amount: left,
    },
  ]
}
