/** What rewards in a batch come to for one person, in one currency. */
export interface Batched {
  payout: string
  person: string
  currency: string
  /** Their amounts without what was taken back. */
  left: number
  rewards: number
}

/** What a batch pays one person in one currency. */
export interface PayoutLine extends Batched {
  /** `left` without what the person owes back. */
  amount: number
}

/**
 * What open batches pay, oldest batch first: what stands in a person's payable account is paid out and no more, so that
 * what was refunded after payment is netted, once. Whoever has nothing to get is left out.
 */
export function netted(
  batched: readonly Batched[],
  balanceOf: (person: string, currency: string) => number,
): PayoutLine[] {
  const taken = new Map<string, number>()
  return batched
    .toSorted(
      (a, b) => compare(a.payout, b.payout) || compare(a.person, b.person) || compare(a.currency, b.currency),
    )
    .map((one) => {
      const account = `${one.person} ${one.currency}`
      const before = taken.get(account) ?? 0
      taken.set(account, before + one.left)
      return { ...one, amount: Math.min(one.left, balanceOf(one.person, one.currency) - before) }
    })
    .filter(({ amount }) => amount > 0)
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
