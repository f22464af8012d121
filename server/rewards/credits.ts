import { type Kysely, sql } from 'kysely'
import type { Credit, NewSpending } from '../contract/rewards.ts'
import { isPostgres } from '../db/dialect.ts'
import type { Database } from '../db/schema.ts'
import type { Work } from '../deps.ts'
import { AppError } from '../errors.ts'
import { personByKey, visitorKey } from '../identity/find-person.ts'
import { fingerprint } from '../secrets.ts'
import { post } from './ledger.ts'
import { balancesOf } from './payout-store.ts'

type Queries = Kysely<Database>

/** The store credit of a customer; none for somebody who was never paid in it. */
export async function creditOf(db: Queries, site: string, customerId: string): Promise<Credit> {
  const person = await personByKey(db, site, visitorKey({ customerId }))
  return { customerId, balance: person === undefined ? [] : await balanceOf(db, site, person) }
}

/**
 * Spends store credit, once a spend id and never more than there is. What was spent is written down as a decision whose
 * id follows from the spend id: its primary key lets one in, and it keeps the answer.
 */
export async function spendCredit(
  work: Work,
  site: string,
  who: string,
  { customerId, spendId, value, currency }: NewSpending,
): Promise<Credit> {
  const { db, now } = work
  const person = await lockedPerson(db, site, customerId)
  const before = person === undefined ? [] : await balanceOf(db, site, person)
  const spent: Spent = {
    asked: [customerId, value, currency],
    balance: before.map((money) => ({
      currency: money.currency,
      amount: money.amount - (money.currency === currency ? value : 0),
    })),
  }
  const row = { site_id: site, id: fingerprint(`spend:${spendId}`), at: now(), who, act: 'spend' }
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('decision')
    .values({ ...row, subject: `spend ${spendId}`, detail: JSON.stringify(spent) })
    .onConflict((conflict) => conflict.columns(['site_id', 'id']).doNothing())
    .executeTakeFirstOrThrow()
  if (numInsertedOrUpdatedRows !== 1n) return { customerId, balance: await spentBefore(db, row, spent) }
  const left = before.find((money) => money.currency === currency)?.amount ?? 0
  if (person === undefined || left < value)
    throw new AppError('conflict', `This customer has ${left} ${currency} of store credit left, not ${value}`)
  await post(work, site, 'spent', [
    { account: 'credit', holder: person, amount: -value, currency },
    { account: 'paid', holder: person, amount: value, currency },
  ])
  return { customerId, balance: spent.balance }
}

/** What was spent, and the balance it left. */
interface Spent {
  asked: [customerId: string, value: number, currency: string]
  balance: Credit['balance']
}

/** The answer of the first time, if the same was asked then. */
async function spentBefore(
  db: Queries,
  { site_id, id }: { site_id: string; id: string },
  { asked }: Spent,
): Promise<Credit['balance']> {
  const { detail } = await db
    .selectFrom('decision')
    .select('detail')
    .where('site_id', '=', site_id)
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const before = JSON.parse(detail) as Spent
  if (JSON.stringify(before.asked) === JSON.stringify(asked)) return before.balance
  throw new AppError('invalid', 'was spent before, by another customer or with another value', {
    field: 'spendId',
  })
}

async function balanceOf(db: Queries, site: string, person: string): Promise<Credit['balance']> {
  const balances = await balancesOf(db, site, 'credit', [person])
  return balances.map(({ currency, balance }) => ({ currency, amount: balance }))
}

/** Whose customer id this is; nobody else spends their credit until the transaction ends. */
async function lockedPerson(db: Queries, site: string, customerId: string): Promise<string | undefined> {
  const person = await personByKey(db, site, visitorKey({ customerId }))
  if (person !== undefined && isPostgres(db))
    await sql`select 1 from person where site_id = ${site} and id = ${person} for no key update`.execute(db)
  return person
}
