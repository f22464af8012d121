import type { Kysely } from 'kysely'
import type { Database } from '../db/schema.ts'
import { type KnownShare, shareByCode } from './find-share.ts'
import { codeOfSite, latestArrival, type Touch, touchesBefore, WINDOW_MS } from './rules.ts'
import { arrivalsOf } from './store.ts'

/** Who acts, as far as the request tells. */
export interface Actor {
  /** The hash they are known by; none when they keep no token. */
  visitor?: string | undefined
  /** The code they say they came through; counts only when no visit of theirs is known. */
  arrival?: string | undefined
}

/** What somebody arrived through: a share, or a code that is not registered yet. */
export type Through =
  | { shareId: string; rung: 'storage' | 'code' }
  | { awaited: string; rung: 'storage' | 'code' }
  | undefined

/** What an act at this moment hangs under. */
export async function arrivedThrough(
  db: Kysely<Database>,
  site: string,
  actor: Actor,
  at: number,
  pageId?: string,
): Promise<Through> {
  return throughOf(db, site, await arrivalsAt(db, site, actor, at), actor, at, pageId)
}

/** What a conversion at this moment hangs under, and the visits that led to it, oldest first: none where that is not known. */
export async function touchedBy(
  db: Kysely<Database>,
  site: string,
  actor: Actor,
  at: number,
): Promise<{ through: Through; touches: Touch[] }> {
  const arrivals = await arrivalsAt(db, site, actor, at)
  const through = await throughOf(db, site, arrivals, actor, at)
  if (!through || 'awaited' in through) return { through, touches: [] }
  return { through, touches: through.rung === 'code' ? [[through.shareId, at]] : touchesBefore(arrivals, at) }
}

const arrivalsAt = async (db: Kysely<Database>, site: string, { visitor }: Actor, at: number) =>
  visitor ? arrivalsOf(db, site, visitor, at - WINDOW_MS) : []

async function throughOf(
  db: Kysely<Database>,
  site: string,
  arrivals: Awaited<ReturnType<typeof arrivalsOf>>,
  { arrival }: Actor,
  at: number,
  pageId?: string,
): Promise<Through> {
  const latest = latestArrival(arrivals, at, pageId)
  if (latest?.shareId) return { shareId: latest.shareId, rung: 'storage' }
  if (latest?.awaited) return { awaited: latest.awaited, rung: 'storage' }
  if (!arrival || !codeOfSite(arrival, site)) return undefined
  const claimed: KnownShare | undefined = await shareByCode(db, site, arrival)
  if (!claimed) return { awaited: arrival, rung: 'code' }
  return claimed.revoked_at === null ? { shareId: claimed.id, rung: 'code' } : undefined
}
