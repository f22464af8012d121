import type { Channel } from '../contract/channels.ts'
import type { Database } from '../db/schema.ts'
import type { Work } from '../deps.ts'
import { AppError } from '../errors.ts'
import { personByKey, personForAct } from '../identity/find-person.ts'
import { selvesOf } from '../identity/selves.ts'
import { newCode } from '../ids.ts'
import { pageForUrl } from '../pages/find-page.ts'
import { type Actor, arrivedThrough } from './arrivals.ts'
import { enterShare, taken } from './enter-share.ts'
import { shareByCode, shareById } from './find-share.ts'
import { codeOfSite, MAX_WAITING, WAIT_MS } from './rules.ts'
import { insertWaiting } from './store.ts'

/** Somebody's act of passing a page on. */
export interface Act extends Actor {
  url: URL
  channel: Channel
  code?: string | undefined
  at: number
}

/** A share as recorded, or as kept until the share above it is known. */
export interface Recorded {
  code: string
  url: string
  channel: string
  parent: string | null
  depth: number
  fresh: boolean
  waiting: boolean
}

/** Records that somebody passed a page on. The same person, page, channel and parent is the same share again. */
export async function recordShare(work: Work, site: string, act: Act): Promise<Recorded> {
  const { db } = work
  if (act.code && !codeOfSite(act.code, site)) {
    throw new AppError('invalid', "does not start with the site's id", { field: 'code' })
  }
  const pageId = await pageForUrl(work, site, act.url)
  const through = await arrivedThrough(db, site, act, act.at, pageId)
  const known = act.code && (await shareByCode(db, site, act.code))
  if (known) {
    if (known.revoked_at !== null) throw new AppError('conflict', 'has been revoked', { field: 'code' })
    const again = await shareById(db, site, known.id)
    if (
      again.page_id !== pageId ||
      again.channel !== act.channel ||
      (act.visitor && known.owner_id !== (await personByKey(db, site, act.visitor)))
    )
      throw taken()
    return asRecorded(work, site, again, false)
  }
  const code = act.code ?? newCode(site)
  if (through && 'awaited' in through)
    return keepWaiting(work, site, { ...act, code }, pageId, through.awaited)

  const person = await personForAct(work, site, act.visitor, through?.shareId, act.at)
  const above = through && (await shareById(db, site, through.shareId))
  // Whoever came by a link of their own starts a chain: they brought nobody.
  const parent = above && (await selvesOf(db, site, person)).includes(above.person_id) ? undefined : above
  const entering = { url: act.url, pageId, channel: act.channel, code, person, at: act.at }
  const { share, fresh } = await enterShare(work, site, entering, parent)
  return asRecorded(work, site, share, fresh)
}

async function asRecorded(
  { db }: Work,
  site: string,
  share: Database['share'],
  fresh: boolean,
): Promise<Recorded> {
  const { code, url, channel, depth, parent_id } = share
  const parent = parent_id === null ? null : (await shareById(db, site, parent_id)).code
  return { code, url, channel, parent, depth, fresh, waiting: false }
}

async function keepWaiting(
  work: Work,
  site: string,
  act: Act & { code: string },
  pageId: string,
  awaited: string,
) {
  const { url, channel, code, visitor, at } = act
  const kept = await insertWaiting(
    work.db,
    {
      site_id: site,
      code: awaited,
      id: work.newId(),
      kind: 'share',
      visitor: visitor ?? '',
      page_id: pageId,
      body: JSON.stringify({ url: url.href, channel, code }),
      at,
      expires_at: work.now() + WAIT_MS,
    },
    MAX_WAITING,
  )
  if (!kept)
    throw new AppError('conflict', 'Too much waits for the code this person arrived through', {
      field: 'arrival',
    })
  return { code, url: url.href, channel, parent: awaited, depth: 0, fresh: true, waiting: true }
}
