import type { Work } from '../deps.ts'
import { AppError } from '../errors.ts'
import type { Doubt } from '../screening/admit-comment.ts'
import { settle } from './settle.ts'
import { type CommentRow, commentById } from './store.ts'
import { changeComment, holdComment, holdThread } from './tree-store.ts'

/** What becomes of a comment. What is not named stays. */
export interface Fate {
  state?: CommentRow['state']
  /** Only its author sees it. */
  shadow?: boolean
  reasons?: readonly Doubt[]
  /** Reports that nobody has dealt with. */
  reports?: number
  /** Somebody decided it, rather than a rule. */
  decided?: boolean
}

export const noComment = () => new AppError('not_found', 'There is no such comment')

/** A comment of a site with its thread held, for a verb that changes what stands. */
export async function commentToChange({ db }: Work, site: string, id: string): Promise<CommentRow> {
  const found = await commentById(db, site, id)
  if (!found) throw noComment()
  await holdThread(db, site, found.page_id)
  const row = await holdComment(db, site, id)
  if (!row) throw noComment()
  return row
}

/**
 * Decides what becomes of a comment, with all that hangs on it; answers how it was before. The text stays in its row:
 * what is shown has none of it any more.
 */
export async function setState(work: Work, site: string, id: string, fate: Fate): Promise<CommentRow> {
  const before = await commentToChange(work, site, id)
  const change: Partial<CommentRow> = {
    ...(fate.state === undefined ? {} : { state: fate.state }),
    ...(fate.shadow === undefined ? {} : { shadow: Number(fate.shadow) }),
    ...(fate.reasons === undefined ? {} : { reasons: JSON.stringify(fate.reasons) }),
    ...(fate.reports === undefined ? {} : { reports: fate.reports }),
    ...(fate.decided ? { decided_at: work.now() } : {}),
  }
  if (Object.keys(change).length > 0) await changeComment(work.db, site, id, change)
  await settle(work, site, { ...before, ...change }, before)
  return before
}
