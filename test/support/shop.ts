import assert from 'node:assert/strict'
import { sql } from 'kysely'
import type { Programme, RuleInput } from '../../server/contract/programmes.ts'
import type { Reward, Rewards } from '../../server/contract/rewards.ts'
import type { Share } from '../../server/contract/shares.ts'
import { visitorKey } from '../../server/identity/find-person.ts'
import { ERRANDS, HANDLERS } from '../../server/jobs.ts'
import { runNextJob } from '../../server/outbox.ts'
import { type Bench, newSite, serverOf } from './databases.ts'
import { ARTICLE } from './somebody.ts'

export const DAY = 24 * 60 * 60 * 1000
export const HOUR = 60 * 60 * 1000

/** Twenty percent to the nearest, held for no time, unless told otherwise. */
export const PLAIN: RuleInput = { currency: 'EUR', pot: { percent: 20 }, split: 'nearest', holdDays: 14 }

/** A shop that tells everything by its secret key: who shared, who arrived, who bought. */
export async function aShop(bench: Bench) {
  const site = await newSite(bench)
  const server = serverOf(bench, site)
  const ago = (ms: number) => new Date(bench.clock.now - ms).toISOString()

  async function send<T>(path: string, body: object, method = 'POST'): Promise<T> {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${site.secretKey}` }
    const response = await bench.request(path, { method, headers, body: JSON.stringify(body) })
    assert.ok(response.ok, `${path}: ${await response.clone().text()}`)
    return (await response.json()) as T
  }
  const visit = (customerId: string, code: string, before = DAY) =>
    send('/v1/visits', { code, url: ARTICLE, customerId, at: ago(before) })
  const order = (orderId: string, more: object = {}) =>
    send<{ id: string }>('/v1/conversions', {
      name: 'purchase',
      value: 4900,
      currency: 'EUR',
      orderId,
      ...more,
    })

  /** Lets the first share the article and each other one pass it on; answers the last one's code. */
  async function chain(...customers: string[]): Promise<string> {
    let code = ''
    for (const [i, customerId] of customers.entries()) {
      const before = 2 * DAY + (customers.length - i) * HOUR
      if (code) await visit(customerId, code, before + HOUR / 2)
      const act = { url: ARTICLE, channel: 'copy', customerId, at: ago(before) }
      code = (await send<Share>('/v1/shares', act)).code
    }
    return code
  }

  return {
    site,
    server,
    send,
    visit,
    order,
    chain,
    /** Somebody arrives by a code and buys the day after. */
    async buy(customerId: string, code: string, orderId: string, more: object = {}) {
      await visit(customerId, code)
      return order(orderId, { customerId, ...more })
    },
    refund: (orderId: string, refundId: string, value?: number) =>
      send('/v1/refunds', { orderId, refundId, ...(value ? { value, currency: 'EUR' } : {}) }),
    programme: (rule: Partial<RuleInput> = {}, status = 'running') =>
      send<Programme>('/v1/programmes', { name: 'Friends', rule: { ...PLAIN, ...rule }, status }),
    change: (id: string, change: object) => send<Programme>(`/v1/programmes/${id}`, change, 'PATCH'),
    read: (id: string) => server.get<Programme>(`/v1/programmes/${id}`),
    /** All rewards, oldest first. */
    async rewards(query = ''): Promise<Reward[]> {
      const all: Reward[] = []
      for (let cursor: string | null = ''; cursor !== null; ) {
        const page: Rewards = await server.get(
          `/v1/rewards?limit=100${query}${cursor && `&cursor=${cursor}`}`,
        )
        all.push(...page.data)
        cursor = page.next
      }
      return all.toReversed()
    },
    async person(customerId: string): Promise<string> {
      const { person_id } = await bench.deps.read
        .selectFrom('person_key')
        .select('person_id')
        .where('site_id', '=', site.id)
        .where('key_hash', '=', visitorKey({ customerId }))
        .executeTakeFirstOrThrow()
      return person_id
    },
    /** Balances of accounts that are not zero: `account holder` → amount. */
    async balances(): Promise<Record<string, number>> {
      const { rows } = await sql<{ account: string; holder: string; balance: number }>`
        select account, holder, sum(amount) as balance from ledger where site_id = ${site.id}
        group by account, holder having sum(amount) <> 0`.execute(bench.deps.read)
      return Object.fromEntries(
        rows.map(({ account, holder, balance }) => [`${account} ${holder}`.trim(), balance]),
      )
    },
    /** Transactions whose lines do not sum to zero. There are none. */
    async unbalanced() {
      const { rows } = await sql`select txn, currency, sum(amount) from ledger where site_id = ${site.id}
        group by txn, currency having sum(amount) <> 0`.execute(bench.deps.read)
      return rows
    },
  }
}
export type Shop = Awaited<ReturnType<typeof aShop>>

/** Runs background work as several servers would, at once, until there is none. */
export async function settleAtOnce({ deps }: Bench, servers = 6): Promise<void> {
  await Promise.all(
    Array.from({ length: servers }, async () => {
      while (await runNextJob(deps, HANDLERS, ERRANDS));
    }),
  )
}
