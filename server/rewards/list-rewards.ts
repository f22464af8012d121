import type { Kysely } from 'kysely'
import type { Reason } from '../contract/models.ts'
import type { Reward, Rewards } from '../contract/rewards.ts'
import { fromCursor, isRowId, toCursor } from '../cursor.ts'
import type { Database } from '../db/schema.ts'
import { type DescribedReward, decisionsOn, rewardsNamed, rewardsWanted, type Wanted } from './queue-store.ts'

type Queries = Kysely<Database>

/** The rewards of a site, latest first, with their reasons and what was decided. */
export async function listRewards(
  db: Queries,
  site: string,
  { limit, cursor, ...wanted }: Wanted & { limit: number; cursor?: string | undefined },
): Promise<Rewards> {
  const after = fromCursor(cursor, isRowId)
  const rows = await rewardsWanted(db, site, wanted, { after, most: limit + 1 })
  const listed = rows.slice(0, limit)
  const last = listed.at(-1)
  return {
    data: await shown(db, site, listed),
    next: rows.length > limit && last ? toCursor(last.id) : null,
  }
}

/** These rewards as the owner sees them, in the order of their ids given. */
export async function showRewards(db: Queries, site: string, ids: readonly string[]): Promise<Reward[]> {
  const byId = new Map((await shown(db, site, await rewardsNamed(db, site, ids))).map((one) => [one.id, one]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

async function shown(db: Queries, site: string, rows: readonly DescribedReward[]): Promise<Reward[]> {
  const decisions = Map.groupBy(
    await decisionsOn(
      db,
      site,
      rows.map(({ id }) => id),
    ),
    ({ subject }) => subject,
  )
  return rows.map((row) => ({
    ...toReward(row),
    decisions: (decisions.get(row.id) ?? []).map(({ at, who, act, detail }) => ({
      at: toText(at),
      who,
      act,
      note: detail,
    })),
  }))
}

const toText = (at: number): string => new Date(at).toISOString()

const toReward = (row: DescribedReward): Omit<Reward, 'decisions'> => ({
  id: row.id,
  at: toText(row.created_at),
  person: { id: row.person_id, name: row.person_name },
  role: row.role,
  hop: row.hop,
  amount: { currency: row.currency, amount: row.amount },
  reversed: { currency: row.currency, amount: row.reversed },
  state: row.state,
  reasons: JSON.parse(row.reasons) as Reason[],
  approveAt: toText(row.approve_at),
  programme: { id: row.programme_id, name: row.programme_name, version: row.version },
  conversion: {
    id: row.conversion_id,
    name: row.conversion_name,
    orderId: row.order_id,
    value:
      row.value === null || row.value_currency === null
        ? null
        : { currency: row.value_currency, amount: row.value },
    at: toText(row.conversion_at),
  },
  payout: row.payout_id,
})
