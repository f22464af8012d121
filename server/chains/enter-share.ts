import type { Channel } from '../contract/channels.ts'
import type { Database } from '../db/schema.ts'
import type { Work } from '../deps.ts'
import { AppError } from '../errors.ts'
import { refOf } from '../events.ts'
import { enqueue } from '../outbox.ts'
import { MAX_DEPTH } from './rules.ts'
import { giveCode, insertShare, isAwaited, sameShare, shareAsGuest } from './store.ts'

type ShareRow = Database['share']

/** A share whose person and page are known. */
export interface Entering {
  url: URL
  pageId: string
  channel: Channel
  code: string
  person: string
  at: number
}

/** Enters a share right below `parent`, or as the root of a chain. The same person, page, channel and parent is the same share again. */
export async function enterShare(
  work: Work,
  site: string,
  { url, pageId, channel, code, person, at }: Entering,
  parent: ShareRow | undefined,
): Promise<{ share: ShareRow; fresh: boolean }> {
  const { db } = work
  if (parent && parent.depth >= MAX_DEPTH)
    throw new AppError('conflict', `A chain has at most ${MAX_DEPTH} hops`)
  const id = work.newId()
  const row = {
    site_id: site,
    id,
    code,
    person_id: person,
    page_id: pageId,
    url: url.href,
    channel,
    parent_id: parent?.id ?? null,
    root_id: parent?.root_id ?? id,
    depth: parent ? parent.depth + 1 : 0,
    path: (parent?.path ?? '') + id,
    people: (parent?.people ?? '') + person,
    at,
  }
  const before = await shareAsGuest(db, row)
  const fresh = !before && (await insertShare(db, row))
  const share = before ?? (fresh ? row : await sameShare(db, row))
  if (!(await giveCode(db, site, code, share.id))) throw taken()
  if (fresh) {
    const { depth, path } = row
    const above = parent ? refOf(parent) : null
    work.emit({ type: 'share', site, at, share: { ...refOf(row), depth, path }, parent: above })
  }
  if (await isAwaited(db, site, code)) await enqueue(work, site, 'join-waiting', { code })
  return { share, fresh }
}

/** The refusal of a code that means another share. */
export const taken = () =>
  new AppError('conflict', 'means another share already; mint a new one', { field: 'code' })
