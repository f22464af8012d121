import type { Kysely } from 'kysely'
import type { Preview, Rule } from '../contract/programmes.ts'
import type { Money } from '../contract/values.ts'
import type { Database } from '../db/schema.ts'
import { AppError } from '../errors.ts'
import { namesOf } from '../identity/names.ts'
import { loadPurchases, type Purchase } from './bought.ts'
import { friendIn, identitiesOf, isSuch } from './first-purchase.ts'
import { limited, type Owed, sumUp } from './limits.ts'
import { divide, isPaidFor, nearestOf, netOf } from './rules.ts'

type Queries = Kysely<Database>

const HOUR_MS = 60 * 60 * 1000
const DEFAULT_MS = 30 * 24 * HOUR_MS
/** Conversions read at once. */
const BATCH = 500
/** How many of those who would have got most are named. */
const NAMED = 20

/** From `from` to before `to`, in ms. */
export interface Past {
  from: number
  to: number
}

/** The past that a preview is asked for; the last 30 days up to the end of this hour by default. */
export function readPast(asked: { from?: string | undefined; to?: string | undefined }, now: number): Past {
  const to = asked.to === undefined ? Math.ceil(now / HOUR_MS) * HOUR_MS : Date.parse(asked.to)
  const from = asked.from === undefined ? to - DEFAULT_MS : Date.parse(asked.from)
  if (from >= to) throw new AppError('invalid', 'is not after `from`', { field: 'to' })
  return { from, to }
}

/** What a rule would have paid for the conversions of a range, in order of time, as they are now. Stores nothing. */
export async function previewProgramme(db: Queries, site: string, rule: Rule, past: Past): Promise<Preview> {
  const replay = new Replay(rule)
  if (rule.firstOnly)
    for await (const purchases of purchasesOf(db, site, { from: Number.MIN_SAFE_INTEGER, to: past.from }))
      for (const purchase of purchases) replay.isFirst(purchase)
  for await (const purchases of purchasesOf(db, site, past))
    for (const purchase of purchases) replay.add(purchase)
  const most = [...replay.given]
    .sort(([a, { amount: some }], [b, { amount: other }]) => other - some || (a < b ? -1 : 1))
    .filter(([person]) => !person.startsWith(UNBORN))
    .slice(0, NAMED)
  const named = await namesOf(
    db,
    site,
    most.map(([person]) => person),
  )
  const money = (amount: number): Money => ({ currency: rule.currency, amount: atMost(amount) })
  return {
    range: { from: new Date(past.from).toISOString(), to: new Date(past.to).toISOString() },
    conversions: replay.seen,
    earning: replay.conversions,
    value: [...replay.value]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([currency, amount]) => ({ currency, amount: atMost(amount) })),
    paid: money(replay.spent),
    house: money(replay.house),
    people: replay.given.size,
    data: most.map(([id, { amount }]) => ({
      person: named(id),
      amount: money(amount),
    })),
  }
}

const atMost = (amount: number): number => Math.min(amount, Number.MAX_SAFE_INTEGER)

/** Before the key of a buyer whom nobody knows as a person. */
const UNBORN = 'visitor '

/** A programme's life so far, in memory: what `earn` reads from the database. */
class Replay {
  readonly #rule: Rule
  readonly #buyers = new Set<string>()
  readonly #friends = new Map<string, Set<string>>()
  readonly given = new Map<string, { amount: number; rewards: number }>()
  readonly value = new Map<string, number>()
  seen = 0
  conversions = 0
  spent = 0
  house = 0

  constructor(rule: Rule) {
    this.#rule = rule
  }

  /** Whether a purchase is its buyer's first; after this call they have bought. */
  isFirst(purchase: Purchase): boolean {
    if (!isSuch(this.#rule, purchase.row)) return true
    const identities = identitiesOf(purchase)
    const first = !identities.some((identity) => this.#buyers.has(identity))
    for (const identity of identities) this.#buyers.add(identity)
    return first
  }

  add(purchase: Purchase): void {
    this.seen++
    const first = !this.#rule.firstOnly || this.isFirst(purchase)
    const nearest = nearestOf(purchase)
    if (!nearest || !isPaidFor(this.#rule, purchase)) return
    const friends = this.#friends.get(nearest) ?? new Set()
    const friend = friendIn(purchase)
    const place = friends.size + (friends.has(friend) ? 0 : 1)
    const { visitor } = purchase.row
    const buyer = purchase.buyer ?? (visitor === null ? null : UNBORN + visitor)
    const whole = divide(this.#rule, place, { ...purchase, buyer })
    if (whole.pot === 0 && whole.buyer.amount === 0) return
    if (first) this.#friends.set(nearest, friends.add(friend))
    const { conversions, spent, given } = this
    const detail = limited(whole, this.#rule, { first, conversions, spent, given })
    this.#pay(purchase, sumUp(detail.lines, 'allowed'), detail.house)
  }

  #pay(purchase: Purchase, owed: readonly Owed[], house: number): void {
    const paid = owed.filter(({ amount }) => amount > 0)
    if (paid.length === 0) return
    this.conversions++
    this.house += house
    if (purchase.currency !== null)
      this.value.set(purchase.currency, (this.value.get(purchase.currency) ?? 0) + netOf(purchase))
    for (const { person, amount } of paid) {
      const { amount: before, rewards } = this.given.get(person) ?? { amount: 0, rewards: 0 }
      this.given.set(person, { amount: before + amount, rewards: rewards + 1 })
      this.spent += amount
    }
  }
}

/** The conversions of a range in order of time, some at once. */
async function* purchasesOf(db: Queries, site: string, { from, to }: Past): AsyncIterable<Purchase[]> {
  let after: { at: number; id: string } | undefined
  for (;;) {
    let query = db
      .selectFrom('conversion')
      .selectAll()
      .where('site_id', '=', site)
      .where('at', '>=', after?.at ?? from)
      .where('at', '<', to)
      .orderBy('at')
      .orderBy('id')
      .limit(BATCH)
    if (after) {
      const { at, id } = after
      query = query.where((where) => where.or([where('at', '>', at), where('id', '>', id)]))
    }
    const rows = await query.execute()
    if (rows.length > 0) yield await loadPurchases(db, site, rows)
    if (rows.length < BATCH) return
    after = rows.at(-1)
  }
}
