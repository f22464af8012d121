import type { Comment } from '../contract/comments.ts'
import type { Work } from '../deps.ts'
import { authorsOf } from '../identity/authors.ts'
import { checkOwn } from './own-comment.ts'
import { commentToChange, setState } from './set-state.ts'
import { toComment } from './show-comments.ts'

/** Takes back what somebody said. Replies stand under a tombstone; without any, nothing is left. What was refused stays so. */
export async function deleteComment(
  work: Work,
  site: string,
  id: string,
  person: string | undefined,
): Promise<Comment> {
  const before = await commentToChange(work, site, id)
  checkOwn(before, person)
  if (before.state === 'visible' || before.state === 'held')
    await setState(work, site, id, { state: 'deleted' })
  const row = { ...before, state: 'deleted' as const }
  return toComment(row, await authorsOf(work.db, site, []), null)
}
