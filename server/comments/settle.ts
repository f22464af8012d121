import type { Work } from '../deps.ts'
import { enqueue } from '../outbox.ts'
import { hasPlace, shownState, stands } from './rules.ts'
import type { CommentRow } from './store.ts'
import {
  changeComment,
  countBelow,
  countInThread,
  countReply,
  countUpwards,
  placeComment,
} from './tree-store.ts'

/** How a comment was before it changed. */
export type Before = Pick<CommentRow, 'state' | 'shadow' | 'shown' | 'appeared_at'>

/** A comment that was not there. */
export const NOTHING: Before = { state: 'held', shadow: 0, shown: 0, appeared_at: null }

/**
 * Brings all that hangs on a comment in line with what became of it: counts, tombstones above, what is told. Whoever
 * changes `state` or `shadow` holds the thread and calls this; `row` is the comment as it is by now.
 */
export async function settle(work: Work, site: string, row: CommentRow, before: Before): Promise<void> {
  const { db, emit, now } = work
  const [stood, standing] = [stands(before), stands(row)]
  const shown = Number(hasPlace(row))
  const appears = standing && before.appeared_at === null
  const appeared_at = appears ? (row.appeared_at ?? now()) : row.appeared_at
  if (row.shown !== shown || row.appeared_at !== appeared_at)
    await changeComment(db, site, row.id, { shown, appeared_at })
  if (stood !== standing) {
    const by = standing ? 1 : -1
    await countInThread(db, site, row.page_id, by, now())
    if (row.parent_id !== null) await countBelow(db, site, row.root_id, by)
    if (!standing) await takeDown(work, site, row)
    emit({
      type: 'comment',
      site,
      at: now(),
      page: row.page_id,
      comment: row.id,
      fresh: standing,
    })
  } else if (before.shown === 1 && shownState(before) !== shownState(row)) tellChanged(work, site, row)
  else emit({ type: 'moderation', site, at: now() })
  if (shown !== before.shown) await settleAbove(work, site, row.parent_id, shown === 1 ? 1 : -1)
  if (appears) await enqueue(work, site, 'comment-posted', { comment: row.id })
}

/** What does not stand is neither pinned nor an accepted answer. */
async function takeDown({ db }: Work, site: string, row: CommentRow): Promise<void> {
  if (row.pinned_at !== null) await changeComment(db, site, row.id, { pinned_at: null })
  if (row.parent_id === null) return
  await db
    .updateTable('comment')
    .set({ accepted_id: null })
    .where('site_id', '=', site)
    .where('id', '=', row.parent_id)
    .where('accepted_id', '=', row.id)
    .execute()
}

/** A reply came or went: what is gone has a place for as long as replies stand below, and so have those above it. */
async function settleAbove(work: Work, site: string, parent: string | null, by: 1 | -1): Promise<void> {
  if (parent === null) return
  const { db } = work
  const above = await countReply(db, site, parent, by)
  const shown = Number(hasPlace(above))
  if (shown === above.shown) return
  await placeComment(db, site, above.id, shown)
  tellChanged(work, site, above)
  if (above.parent_id === null) return
  for (const id of await countUpwards(db, site, above.parent_id, by))
    tellChanged(work, site, { page_id: above.page_id, id })
}

/** Tells those who look at a thread that something in it is no longer as it was. */
export const tellChanged = (
  { emit, now }: Work,
  site: string,
  { page_id: page, id: comment }: Pick<CommentRow, 'page_id' | 'id'>,
): void => emit({ type: 'comment', site, at: now(), page, comment, fresh: false })
