import type { Kysely } from 'kysely'
import { PAYOUT_METHODS } from '../contract/models.ts'
import type { Rule } from '../contract/programmes.ts'
import type { Payouts } from '../contract/rewards.ts'
import type { Database } from '../db/schema.ts'
import { type Batched, netted, type PayoutLine } from './payout-lines.ts'
import { openBatches, payableTo, payees, rulesOfSite, unbatched } from './payout-store.ts'

type Queries = Kysely<Database>
type Ready = Payouts['ready'][number]

/** The batch that is not made yet: it comes after those that are open. */
const NEXT = '~'

/** What a payout made now by each method would come to: approved, in no batch, without what people owe back. */
export async function readyToPay(db: Queries, site: string): Promise<Ready[]> {
  const rewards = await unbatched(db, site)
  if (rewards.length === 0) return []
  const methods = new Map(
    (await rulesOfSite(db, site)).map(({ programme_id, version, rule }) => [
      `${programme_id} ${version}`,
      (JSON.parse(rule) as Rule).pays,
    ]),
  )
  const byMethod = Map.groupBy(rewards, ({ programme, version }) => methods.get(`${programme} ${version}`))
  const open = await openBatches(db, site)
  const people = [...new Set([...open, ...rewards].map(({ person }) => person))]
  const balanceOf = await payableTo(db, site, people)
  const addressed = new Set(
    (await payees(db, site, people)).filter(({ payout }) => payout !== null).map(({ id }) => id),
  )
  return PAYOUT_METHODS.flatMap((method) => {
    const next = batchOf(byMethod.get(method) ?? [])
    const lines = netted([...open, ...next], balanceOf).filter(({ payout }) => payout === NEXT)
    return summed(method, lines, addressed)
  })
}

/** Rewards as one batch would hold them: a row a person and currency. */
function batchOf(rewards: readonly Omit<Batched, 'payout'>[]): Batched[] {
  const rows = Map.groupBy(rewards, ({ person, currency }) => `${person} ${currency}`)
  return [...rows.values()].map((list) => ({
    payout: NEXT,
    person: list[0]?.person ?? '',
    currency: list[0]?.currency ?? '',
    left: list.reduce((sum, { left }) => sum + left, 0),
    rewards: list.reduce((sum, { rewards }) => sum + rewards, 0),
  }))
}

function summed(method: Ready['method'], lines: PayoutLine[], addressed: ReadonlySet<string>): Ready[] {
  return [...Map.groupBy(lines, ({ currency }) => currency)].sort().map(([currency, list]) => ({
    method,
    total: { currency, amount: list.reduce((sum, { amount }) => sum + amount, 0) },
    people: list.length,
    rewards: list.reduce((sum, { rewards }) => sum + rewards, 0),
    unaddressed: list.filter(({ person }) => !addressed.has(person)).length,
  }))
}
