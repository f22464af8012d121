import type { Kysely } from 'kysely'
import type { Payout, Payouts } from '../contract/rewards.ts'
import type { Database } from '../db/schema.ts'
import { AppError } from '../errors.ts'
import { netted, type PayoutLine } from './payout-lines.ts'
import { latestPayouts, openBatches, type PayoutRow, payableTo, payees, payoutById } from './payout-store.ts'
import { decisionsOn } from './queue-store.ts'
import { readyToPay } from './ready-to-pay.ts'

type Queries = Kysely<Database>

/** What was paid to whom, as it is written down with the decision that it was. */
export interface PaidLine {
  person: string
  currency: string
  amount: number
  rewards: number
  coupon: string | null
}

/** How many payouts are listed. */
const MOST = 100

/** What is ready to be paid, and the latest payouts of a site, latest first. */
export async function listPayouts(db: Queries, site: string): Promise<Payouts> {
  return {
    ready: await readyToPay(db, site),
    data: await shown(db, site, await latestPayouts(db, site, MOST)),
  }
}

/** A payout with its lines: as they were paid, or as they would be now. */
export async function showPayout(db: Queries, site: string, id: string): Promise<Payout> {
  const [payout] = await shown(db, site, [await knownPayout(db, site, id)])
  return payout as Payout
}

/** The site's payout of this id. */
export async function knownPayout(db: Queries, site: string, id: string): Promise<PayoutRow> {
  const payout = await payoutById(db, site, id)
  if (!payout) throw new AppError('not_found', 'This site has no such payout')
  return payout
}

/** What the open payouts of a site would pay now. */
export async function openLines(db: Queries, site: string): Promise<PayoutLine[]> {
  const batched = await openBatches(db, site)
  const people = [...new Set(batched.map(({ person }) => person))]
  return netted(batched, await payableTo(db, site, people))
}

async function shown(db: Queries, site: string, payouts: readonly PayoutRow[]): Promise<Payout[]> {
  const lines = await linesOf(db, site, payouts)
  const people = [...new Set([...lines.values()].flat().map(({ person }) => person))]
  const known = new Map((await payees(db, site, people)).map((person) => [person.id, person]))
  return payouts.map((payout) => toPayout(payout, lines.get(payout.id) ?? [], known))
}

async function linesOf(
  db: Queries,
  site: string,
  payouts: readonly PayoutRow[],
): Promise<Map<string, PaidLine[]>> {
  const lines = new Map<string, PaidLine[]>()
  if (payouts.some(({ state }) => state === 'open'))
    for (const [id, open] of Map.groupBy(await openLines(db, site), ({ payout }) => payout))
      lines.set(
        id,
        open.map((line) => ({ ...line, coupon: null })),
      )
  const paid = payouts.filter(({ state }) => state === 'paid').map(({ id }) => id)
  for (const { subject, act, detail } of await decisionsOn(db, site, paid))
    if (act === 'pay') lines.set(subject, JSON.parse(detail) as PaidLine[])
  return lines
}

function toPayout(
  { id, method, state, created_at, created_by, paid_at }: PayoutRow,
  lines: readonly PaidLine[],
  known: ReadonlyMap<string, { name: string | null; payout: string | null }>,
): Payout {
  const total = new Map<string, number>()
  for (const { currency, amount } of lines) total.set(currency, (total.get(currency) ?? 0) + amount)
  return {
    id,
    method,
    state,
    createdAt: new Date(created_at).toISOString(),
    createdBy: created_by,
    paidAt: paid_at === null ? null : new Date(paid_at).toISOString(),
    rewards: lines.reduce((sum, { rewards }) => sum + rewards, 0),
    total: [...total].sort().map(([currency, amount]) => ({ currency, amount })),
    data: lines.map(({ person, currency, amount, rewards, coupon }) => ({
      person: { id: person, name: known.get(person)?.name ?? null },
      payTo: known.get(person)?.payout ?? null,
      amount: { currency, amount },
      rewards,
      coupon,
    })),
  }
}
