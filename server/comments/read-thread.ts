import type { Kysely } from 'kysely'
import type { Level, Thread } from '../contract/comments.ts'
import type { CommentSettings } from '../contract/screening.ts'
import type { Database } from '../db/schema.ts'
import { pageByUrl } from '../pages/find-page.ts'
import { commentSettings } from '../screening/comment-settings.ts'
import { waysOf } from '../sign-in/settings.ts'
import { readPlace } from './places.ts'
import { readLevel } from './read-level.ts'
import type { OfPage } from './ready-answers.ts'
import { closingTime, threadState, usualSort } from './rules.ts'
import { noComment } from './set-state.ts'
import { commentById, type ThreadRow, threadById, urlOfPage } from './store.ts'

type Queries = Kysely<Database>
type Sort = Thread['sort']

/** Which part of a level is asked for. */
export interface Wanted {
  sort?: Sort | undefined
  limit: number
  cursor?: string | undefined
}

/** The page of a URL, and its thread, where there is one. */
export async function findThread(
  db: Queries,
  site: string,
  { url, pageId }: { url: URL; pageId?: string | undefined },
): Promise<{ page: string | undefined; thread: ThreadRow | undefined }> {
  const page = await pageByUrl(db, site, url, pageId)
  return { page, thread: page === undefined ? undefined : await threadById(db, site, page) }
}

/** What all readers see of a page's comments. */
export async function readThread(
  db: Queries,
  site: string,
  { wanted, now, ...named }: { url: URL; pageId?: string | undefined; wanted: Wanted; now: number },
): Promise<OfPage & { answer: Thread }> {
  const settings = await commentSettings(db, site)
  const { page, thread } = await findThread(db, site, named)
  const mode = thread?.mode ?? settings.mode
  const place = readPlace(wanted.cursor, wanted.sort, usualSort(true, mode, settings.sort))
  const level = page && thread ? { page, above: null, place, limit: wanted.limit } : undefined
  const { data, next } = level ? await readLevel(db, site, level) : { data: [], next: null }
  const answer = {
    url: page === undefined ? named.url.href : await urlOfPage(db, site, page),
    count: thread?.comments ?? 0,
    mode,
    ...openness(thread, settings, now),
    sort: place.sort,
    offered: {
      reactions: settings.reactions,
      votes: settings.votes,
      editMinutes: settings.editMinutes,
      annotations: settings.annotations,
    },
    ways: await waysOf(db, site, settings.guests),
    data,
    next,
  }
  return { page, answer }
}

/** Whether a thread is open, and until when. */
export function openness(
  thread: ThreadRow | undefined,
  { closeAfterDays }: CommentSettings,
  now: number,
): Pick<Thread, 'state' | 'closesAt'> {
  const set = thread ?? { state: 'open', closes_at: null, first_at: null }
  const closes = closingTime(set, closeAfterDays)
  return {
    state: threadState(set, closeAfterDays, now),
    closesAt: closes === null ? null : new Date(closes).toISOString(),
  }
}

/** The replies of one comment, each with its own first ones. */
export async function readReplies(
  db: Queries,
  site: string,
  id: string,
  wanted: Wanted,
): Promise<OfPage & { answer: Level }> {
  const above = await commentById(db, site, id)
  if (above?.shown !== 1) throw noComment()
  const place = readPlace(wanted.cursor, wanted.sort, 'oldest')
  const answer = await readLevel(db, site, { page: above.page_id, above, place, limit: wanted.limit })
  return { page: above.page_id, answer }
}
