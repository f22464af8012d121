import type { Visit } from '../contract/visits.ts'
import type { Work } from '../deps.ts'
import { AppError } from '../errors.ts'
import { personByKey } from '../identity/find-person.ts'
import { pageForUrl } from '../pages/find-page.ts'
import { type KnownShare, shareByCode } from './find-share.ts'
import { codeOfSite, dayOf, MAX_WAITING, WAIT_MS } from './rules.ts'
import { insertVisit, insertWaiting, renewVisit } from './store.ts'

/** Somebody's arrival: by which code, where, who as far as we know, and when. */
export interface Arrived {
  code: string
  url: URL
  visitor: string | undefined
  at: number
}

/** Records that somebody arrived through a share. An unregistered code is waited for. */
export async function recordVisit(work: Work, site: string, arrived: Arrived): Promise<Visit> {
  const { code, url, at } = arrived
  const share = await shareByCode(work.db, site, code)
  if (share?.revoked_at != null || !codeOfSite(code, site)) {
    throw new AppError('not_found', 'is no code of this site', { field: 'code' })
  }
  const visitor = arrived.visitor ?? work.newId()
  const pageId = await pageForUrl(work, site, url)
  if (share) return { outcome: await countVisit(work, site, share, { visitor, pageId, at }) }
  const row = {
    site_id: site,
    code,
    id: work.newId(),
    kind: 'visit',
    visitor,
    page_id: pageId,
    body: '{}',
  } as const
  const kept = await insertWaiting(work.db, { ...row, at, expires_at: work.now() + WAIT_MS }, MAX_WAITING)
  if (!kept) throw new AppError('not_found', 'is no code of this site', { field: 'code' })
  return { outcome: 'waiting' }
}

/** Counts a visit to a registered share, unless it is the sharer's own or was seen this day. */
export async function countVisit(
  { db, emit, newId }: Work,
  site: string,
  share: KnownShare,
  { visitor, pageId, at }: { visitor: string; pageId: string; at: number },
): Promise<'counted' | 'again' | 'own'> {
  if ((await personByKey(db, site, visitor)) === share.person_id) return 'own'
  const row = {
    site_id: site,
    id: newId(),
    share_id: share.id,
    visitor,
    page_id: pageId,
    rung: 'code',
    day: dayOf(at),
    at,
    last_at: at,
    gesture: 0,
  }
  if (!(await insertVisit(db, row))) {
    await renewVisit(db, row)
    return 'again'
  }
  const { id, root_id: root, page_id: page, channel, person_id: person } = share
  emit({ type: 'visit', site, at, share: { id, root, page, channel, person } })
  return 'counted'
}
