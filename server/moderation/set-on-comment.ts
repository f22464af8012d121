import { setPinned, setStatus } from '../comments/set-marks.ts'
import { showComments } from '../comments/show-comments.ts'
import type { Comment } from '../contract/comments.ts'
import type { NewStatus } from '../contract/moderation.ts'
import type { Work } from '../deps.ts'
import { AppError } from '../errors.ts'
import { holdComments } from './comment-store.ts'
import { recordAct } from './record-act.ts'
import type { Actor } from './rules.ts'

/** Pins a comment above its thread, or lets it go, and writes it down. */
export async function pinComment(
  work: Work,
  site: string,
  { who }: Actor,
  id: string,
  pinned: boolean,
): Promise<Comment> {
  const { pinned_at } = await setPinned(work, site, id, pinned)
  if (pinned !== (pinned_at !== null)) {
    const subject = { kind: 'comment' as const, id }
    await recordAct(work, site, {
      ...{ who, act: pinned ? 'pin' : 'unpin', subject, before: { pinnedAt: pinned_at } },
    })
  }
  return theComment(work, site, id)
}

/** Says what becomes of an idea, and writes it down. */
export async function decideIdea(
  work: Work,
  site: string,
  { who }: Actor,
  id: string,
  { status, note = '' }: NewStatus,
): Promise<Comment> {
  const row = (await holdComments(work.db, site, [id])).get(id)
  if (row?.status === status && (status === null || row?.status_note === note) && row?.shown === 1)
    return theComment(work, site, id)
  const before = await setStatus(work, site, id, { status, note })
  await recordAct(work, site, {
    ...{ who, act: 'status', note, subject: { kind: 'comment', id } },
    before: { status: before.status, note: before.status_note, is: { status, note } },
  })
  return theComment(work, site, id)
}

/** A comment as all readers see it. */
export async function theComment({ db }: Work, site: string, id: string): Promise<Comment> {
  const [comment] = await showComments(db, site, [id])
  if (!comment) throw new AppError('not_found', 'There is no such comment')
  return comment
}
