import type { IdeaStatus } from '../contract/comment-limits.ts'
import type { Work } from '../deps.ts'
import { AppError } from '../errors.ts'
import { stands } from './rules.ts'
import { commentToChange, noComment } from './set-state.ts'
import { tellChanged } from './settle.ts'
import { type CommentRow, commentById, pinnedOn, threadById } from './store.ts'
import { changeComment } from './tree-store.ts'

/** Most comments pinned in one thread. */
const MOST_PINNED = 10

/** A comment at the top that others see, with its thread held. */
async function topToChange(work: Work, site: string, id: string): Promise<CommentRow> {
  const row = await commentToChange(work, site, id)
  if (!stands(row)) throw noComment()
  if (row.parent_id !== null) throw new AppError('conflict', 'Only a comment at the top can be that')
  return row
}

/** Pins a comment above its thread, or lets it go; answers how it was. */
export async function setPinned(work: Work, site: string, id: string, pinned: boolean): Promise<CommentRow> {
  const before = await topToChange(work, site, id)
  if (pinned === (before.pinned_at !== null)) return before
  if (pinned && (await pinnedOn(work.db, site, before.page_id)).length >= MOST_PINNED)
    throw new AppError('conflict', `${MOST_PINNED} comments are pinned here already`)
  await changeComment(work.db, site, id, { pinned_at: pinned ? work.now() : null })
  tellChanged(work, site, before)
  return before
}

/** Says what becomes of an idea, with a word of why; answers how it was. */
export async function setStatus(
  work: Work,
  site: string,
  id: string,
  { status, note }: { status: IdeaStatus | null; note: string },
): Promise<CommentRow> {
  const before = await topToChange(work, site, id)
  const thread = await threadById(work.db, site, before.page_id)
  if (status !== null && thread?.mode !== 'ideas') throw new AppError('conflict', 'This thread has no ideas')
  await changeComment(work.db, site, id, { status, status_note: status === null ? null : note })
  tellChanged(work, site, before)
  return before
}

/** Accepts an answer to a question, or none any more; answers how the question was. Whoever asks it may do so. */
export async function acceptAnswer(
  work: Work,
  site: string,
  id: string,
  answer: string | null,
): Promise<CommentRow> {
  const before = await topToChange(work, site, id)
  const thread = await threadById(work.db, site, before.page_id)
  if (answer !== null) {
    if (thread?.mode !== 'questions') throw new AppError('conflict', 'This thread has no questions')
    const reply = await commentById(work.db, site, answer)
    if (!reply || !stands(reply) || reply.parent_id !== id)
      throw new AppError('not_found', 'is no answer to this question', { field: 'answer' })
  }
  if (answer === before.accepted_id) return before
  await changeComment(work.db, site, id, { accepted_id: answer })
  tellChanged(work, site, before)
  return before
}
