import type { Pot, Rule } from '../../server/contract/programmes.ts'

/** A conversion, told plainly: each touch is a list of people, nearest first, and when it was. */
export interface Told {
  net: number
  at: number
  touches: { at: number; people: string[] }[]
  buyer: string | null
  author: string | null
}

const DAY = 24 * 60 * 60 * 1000

/** How much each of n touches weighs, as numerators over one denominator. */
function weigh({ touch, halfLifeDays }: Rule, { at, touches }: Told): [bigint[], bigint] {
  const n = touches.length
  const each = (of: (i: number) => bigint) => touches.map((_, i) => of(i))
  if (touch === 'last') return [each((i) => (i === n - 1 ? 1n : 0n)), 1n]
  if (touch === 'first') return [each((i) => (i === 0 ? 1n : 0n)), 1n]
  if (touch === 'linear' || (touch === 'position' && n <= 2)) return [each(() => 1n), BigInt(n)]
  if (touch === 'position') {
    const inner = BigInt(n - 2)
    return [each((i) => (i === 0 || i === n - 1 ? 2n * inner : 1n)), 5n * inner]
  }
  const latest = Math.max(...touches.map((one) => one.at))
  const grains = touches.map((one) =>
    BigInt(Math.max(1, Math.round(2 ** 52 * 2 ** (-(Math.min(latest, at) - one.at) / DAY / halfLifeDays)))),
  )
  return [grains, grains.reduce((sum, grain) => sum + grain, 0n)]
}

/** Pascal's triangle, by addition. */
function choose(n: number, k: number): bigint {
  let row = [1n]
  for (let i = 0; i < n; i++) row = [1n, ...row.slice(1).map((x, j) => x + (row[j] as bigint)), 1n]
  return row[k] as bigint
}

/** The part of hop k (from 0) of d. */
function part({ split, alpha }: Rule, d: number, k: number): [bigint, bigint] {
  const triangle = BigInt(d) * choose(d - 1, k)
  const grain = BigInt(Math.round(alpha * 1_000_000))
  return {
    nearest: [k === 0 ? 1n : 0n, 1n],
    root: [k === d - 1 ? 1n : 0n, 1n],
    linear: [1n, BigInt(d)],
    halving: [1n, 2n ** BigInt(k + 1)],
    leibniz: [1n, triangle],
    blend: [1_000_000n - grain + (k === 0 ? grain * triangle : 0n), 1_000_000n * triangle],
  }[split] as [bigint, bigint]
}

const percentOf = (amount: number, percent: number): number =>
  Number((BigInt(amount) * BigInt(Math.round(percent * 100))) / 10_000n)

const potOf = (pot: Pot, net: number): number =>
  'fixed' in pot ? pot.fixed : Math.min(percentOf(net, pot.percent), pot.cap ?? Infinity)

/** What a rule gives whom, limits aside, for a conversion in its currency: worked out anew, person by person. */
export function wouldGive(rule: Rule, friend: number, told: Told) {
  const tier = [...rule.tiers].reverse().find(({ from }) => friend >= from)
  const pot = potOf(tier ? tier.pot : rule.pot, told.net)
  const [author, site] = [percentOf(pot, rule.author), percentOf(pot, rule.site)]
  const parts = new Map<string, number>()
  const give = (who: string, amount: number) => {
    if (amount > 0) parts.set(who, (parts.get(who) ?? 0) + amount)
  }
  const [weights, sum] = weigh(rule, told)
  if (rule.sharers)
    told.touches.forEach(({ people }, t) => {
      people.forEach((person, k) => {
        const [over, under] = part(rule, people.length, k)
        const amount = (BigInt(pot - author - site) * (weights[t] as bigint) * over) / (sum * under)
        give(`sharer ${person}`, Number(amount))
      })
    })
  if (told.author !== null && told.author !== told.buyer) give(`author ${told.author}`, author)
  const house = pot - [...parts.values()].reduce((all, amount) => all + amount, 0)
  if (told.buyer !== null && rule.buyer) give(`buyer ${told.buyer}`, potOf(rule.buyer, told.net))
  return { parts, house }
}
