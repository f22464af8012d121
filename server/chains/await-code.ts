import type { Work } from '../deps.ts'
import { MAX_WAITING, WAIT_MS } from './rules.ts'
import { insertWaiting } from './store.ts'

/** Has a conversion told (`attribute-conversion`) when the code it came by is registered, if it ever is. */
export async function awaitCode(work: Work, site: string, code: string, conversion: object): Promise<void> {
  const { db, newId, now } = work
  const row = { site_id: site, code, id: newId(), kind: 'conversion', visitor: '', page_id: '' } as const
  await insertWaiting(
    db,
    { ...row, body: JSON.stringify(conversion), at: now(), expires_at: now() + WAIT_MS },
    MAX_WAITING,
  )
}
