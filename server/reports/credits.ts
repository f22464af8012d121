import type { CreditLine, Hop } from '../attribution/rules.ts'
import type { Money } from '../contract/values.ts'

/** What the hop of a chain is credited as. */
export type KeyOf = (hop: Hop) => string

/** Amounts per currency. */
export class Purse {
  readonly #amounts = new Map<string, number>()

  /** Adds an amount; one without a currency is nothing. */
  add(currency: string | null, amount: number): void {
    if (currency !== null) this.#amounts.set(currency, (this.#amounts.get(currency) ?? 0) + amount)
  }

  money(): Money[] {
    return [...this.#amounts]
      .filter(([, amount]) => amount !== 0)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([currency, amount]) => ({ currency, amount: Math.min(amount, Number.MAX_SAFE_INTEGER) }))
  }
}

/** What one choice of models gives to each key, and what it leaves to the house. */
export class Credits {
  readonly house = new Purse()
  readonly #lines = new Map<string, { conversions: number; purse: Purse }>()

  /** Gives a key an amount, for so many conversions more. */
  give(key: string, conversions: number, currency: string | null, amount: number): void {
    const line = this.#lines.get(key) ?? { conversions: 0, purse: new Purse() }
    line.conversions += conversions
    line.purse.add(currency, amount)
    this.#lines.set(key, line)
  }

  /** Gives the parts of one conversion to the keys of their hops. */
  divide(
    { lines, house }: { lines: readonly CreditLine[]; house: number },
    currency: string | null,
    keyOf: KeyOf,
  ): void {
    this.house.add(currency, house)
    const counted = new Set<string>()
    for (const line of lines) {
      const key = keyOf(line)
      this.give(key, counted.has(key) ? 0 : 1, currency, line.amount)
      counted.add(key)
    }
  }

  /** What a key got; nothing where it has no part. */
  of(key: string): { conversions: number; credit: Money[] } {
    const line = this.#lines.get(key)
    return { conversions: line?.conversions ?? 0, credit: line?.purse.money() ?? [] }
  }

  get keys(): Iterable<string> {
    return this.#lines.keys()
  }
}
