import type { Kysely } from 'kysely'
import type { CouponState } from '../contract/coupons.ts'
import type { Referral } from '../contract/referral.ts'
import { stateOf } from '../coupons/rules.ts'
import type { Database } from '../db/schema.ts'
import { giftsOf } from './store.ts'

type Held = Awaited<ReturnType<typeof giftsOf>>[number]

/** The gifts that are or were in somebody's hands, each by the newest code they know. */
export async function giftsHeld(
  db: Kysely<Database>,
  site: string,
  person: string,
  now: number,
): Promise<Referral['gifts']> {
  const newest = new Map<string | null, Held>()
  // Latest first: what was passed on twice is met by its last code.
  for (const row of await giftsOf(db, site, person)) if (!newest.has(row.gift)) newest.set(row.gift, row)
  return [...newest.values()].map((row) => ({
    code: row.code,
    label: row.label,
    state: stateFor(row, now),
    expiresAt: row.expires_at === null ? null : new Date(row.expires_at).toISOString(),
  }))
}

/** What has become of a gift for its giver: once passed on it is in other hands, though its code works. */
function stateFor(gift: Held, now: number): CouponState['state'] {
  const state = stateOf(gift, now)
  return state === 'works' && gift.code !== gift.gift ? 'passed' : state
}
