import type { Visit } from '../contract/visits.ts'
import type { Work } from '../deps.ts'
import { AppError } from '../errors.ts'
import { refOf } from '../events.ts'
import { personByKey } from '../identity/find-person.ts'
import { pageForUrl } from '../pages/find-page.ts'
import { fingerprint } from '../secrets.ts'
import { type KnownShare, shareByCode } from './find-share.ts'
import { codeOfSite, dayOf, MAX_WAITING, WAIT_MS } from './rules.ts'
import { claimVisit, claimWaiting, insertVisit, insertWaiting, noteGesture, renewVisit } from './store.ts'

/** Somebody's arrival: by which code, where, who as far as we know, and when. */
export interface Arrived {
  code: string
  url: URL
  visitor: string | undefined
  /** The visitor has clicked, typed or touched there. */
  gesture?: boolean | undefined
  /** The key under which it is told. */
  key?: string | undefined
  /** The key under which it was told before its visitor could be known. */
  was?: string | undefined
  /** Told by the site's own server. */
  proved?: boolean | undefined
  at: number
}

/** Records that somebody arrived through a share. An unregistered code is waited for. */
export async function recordVisit(work: Work, site: string, arrived: Arrived): Promise<Visit> {
  const { code, url, gesture = false, proved = false, key, was, at } = arrived
  const share = await shareByCode(work.db, site, code)
  if (share?.revoked_at != null || !codeOfSite(code, site)) {
    throw new AppError('not_found', 'is no code of this site', { field: 'code' })
  }
  // Both come after the visit itself, and mean nothing of one who still keeps no token.
  if ((gesture || was !== undefined) && arrived.visitor === undefined) return { outcome: 'again' }
  const visitor = arrived.visitor ?? (key === undefined ? work.newId() : nobodyBut(key))
  const pageId = await pageForUrl(work, site, url)
  const before = was === undefined ? undefined : nobodyBut(was)
  const seen = { visitor, before, pageId, gesture, proved, at }
  if (share) return { outcome: await countVisit(work, site, share, seen) }
  if (before && (await claimWaiting(work.db, site, { code, before, visitor }))) return { outcome: 'waiting' }
  const row = {
    site_id: site,
    code,
    id: work.newId(),
    kind: 'visit',
    visitor,
    page_id: pageId,
    body: JSON.stringify({ gesture, proved }),
  } as const
  const kept = await insertWaiting(work.db, { ...row, at, expires_at: work.now() + WAIT_MS }, MAX_WAITING)
  if (!kept) throw new AppError('not_found', 'is no code of this site', { field: 'code' })
  return { outcome: 'waiting' }
}

/** What stands for a visitor who keeps no token: the visit can be found again by whoever has its key. */
const nobodyBut = (key: string): string => fingerprint(`visit ${key}`)

/** A visit that may be counted, to a share that is known by now. */
interface Seen {
  visitor: string
  /** What stood for the visitor when it was counted already. */
  before?: string | undefined
  pageId: string
  gesture: boolean
  /** Told by the site's own server: its times are no browser's. */
  proved: boolean
  at: number
}

/** Counts a visit to a registered share, unless it is the sharer's own or was seen this day; and its first gesture. */
export async function countVisit(
  { db, emit, newId }: Work,
  site: string,
  share: KnownShare,
  { visitor, before, pageId, gesture, proved, ...seen }: Seen,
): Promise<'counted' | 'again' | 'own'> {
  if ((await personByKey(db, site, visitor)) === share.owner_id) return 'own'
  const at = (before && (await claimVisit(db, site, { share: share.id, before, visitor }))) || seen.at
  const row = {
    site_id: site,
    id: newId(),
    share_id: share.id,
    visitor,
    page_id: pageId,
    rung: proved ? 'server' : 'code',
    day: dayOf(at),
    at,
    last_at: at,
    gesture: gesture ? 1 : 0,
  }
  if (!(await insertVisit(db, row))) {
    await renewVisit(db, row)
    const since = gesture ? await noteGesture(db, row) : undefined
    if (since !== undefined) emit({ type: 'gesture', site, at: since, share: refOf(share) })
    return 'again'
  }
  emit({ type: 'visit', site, at, share: refOf(share) })
  if (gesture) emit({ type: 'gesture', site, at, share: refOf(share) })
  return 'counted'
}
