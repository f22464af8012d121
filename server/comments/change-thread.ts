import { type Kysely, sql } from 'kysely'
import type { ThreadMode } from '../contract/comment-limits.ts'
import type { ThreadState } from '../contract/moderation.ts'
import type { Database } from '../db/schema.ts'
import type { Work } from '../deps.ts'
import { commentSettings } from '../screening/comment-settings.ts'
import { openness } from './read-thread.ts'
import { rankOf } from './rules.ts'
import { type ThreadRow, threadById, urlOfPage } from './store.ts'
import { enterThread, holdThread } from './tree-store.ts'

/** What is set on a thread; what is not named stays. */
export interface ThreadSetting {
  mode?: ThreadMode | undefined
  state?: ThreadRow['state'] | undefined
  /** When it closes; null: as the site's settings say. */
  closesAt?: number | null | undefined
}

/** A thread in which nobody has spoken. */
export const blankThread = (site: string, page: string, mode: ThreadMode): ThreadRow => ({
  ...{ site_id: site, page_id: page, mode, state: 'open' },
  ...{ closes_at: null, comments: 0, first_at: null, last_at: null },
})

/** Sets how a page's thread is, entered if nobody has spoken there yet; answers how it was. */
export async function changeThread(
  work: Work,
  site: string,
  page: string,
  { mode, state, closesAt }: ThreadSetting,
): Promise<ThreadRow> {
  const { db, emit, now } = work
  const settings = await commentSettings(db, site)
  await enterThread(db, blankThread(site, page, settings.mode))
  const before = (await holdThread(db, site, page)) as ThreadRow
  const change = {
    ...(mode === undefined ? {} : { mode }),
    ...(state === undefined ? {} : { state }),
    ...(closesAt === undefined ? {} : { closes_at: closesAt }),
  }
  if (Object.keys(change).length === 0) return before
  await db.updateTable('thread').set(change).where('site_id', '=', site).where('page_id', '=', page).execute()
  if (mode !== undefined && (mode === 'ideas') !== (before.mode === 'ideas'))
    await rankAnew(work, site, page, mode)
  emit({ type: 'comment', site, at: now(), page, comment: '', fresh: false })
  return before
}

/** Most pairs of votes whose rank is set at once. */
const PAIRS_AT_ONCE = 500

/** Ideas are ranked by another rule than what else stands at the top: those with the same votes alike, many at once. */
async function rankAnew({ db }: Work, site: string, page: string, mode: ThreadMode): Promise<void> {
  const voted = await db
    .selectFrom('comment')
    .select(['ups', 'downs'])
    .distinct()
    .where('site_id', '=', site)
    .where('page_id', '=', page)
    .where('parent_id', 'is', null)
    .where(sql<boolean>`ups + downs > 0`)
    .execute()
  for (let from = 0; from < voted.length; from += PAIRS_AT_ONCE) {
    const ranks = voted
      .slice(from, from + PAIRS_AT_ONCE)
      .map(({ ups, downs }) => [ups, downs, rankOf(mode === 'ideas', ups, downs)].map((n) => sql.lit(n)))
      .map((row) => sql`(${sql.join(row)})`)
    await sql`with ranked(ups, downs, best) as (values ${sql.join(ranks)})
      update comment set best = ranked.best from ranked
      where comment.site_id = ${site} and comment.page_id = ${page} and comment.parent_id is null
      and comment.ups = ranked.ups and comment.downs = ranked.downs and comment.best <> ranked.best`.execute(
      db,
    )
  }
}

/** How a page's thread is. */
export async function showThread(
  db: Kysely<Database>,
  site: string,
  page: string,
  now: number,
): Promise<ThreadState> {
  const settings = await commentSettings(db, site)
  const thread = await threadById(db, site, page)
  return {
    url: await urlOfPage(db, site, page),
    mode: thread?.mode ?? settings.mode,
    ...openness(thread, settings, now),
    count: thread?.comments ?? 0,
  }
}
