import { broughtBy } from '../chains/brought-by.ts'
import type { Work } from '../deps.ts'
import { personForAct } from '../identity/find-person.ts'
import { activeBans, refuseBanned } from '../screening/bans.ts'
import { stands } from './rules.ts'
import { commentToChange, noComment } from './set-state.ts'
import { type CommentRow, type ThreadRow, threadById } from './store.ts'
import { holdComment } from './tree-store.ts'

/** Somebody who does something with another's comment. */
export interface Acting {
  id: string
  /** The hash of their token. */
  visitor: string
}

/** A comment that others see, held for whoever acts on it, with its thread and who they are. What may change the tree holds the thread, too. */
export async function commentToMark(
  work: Work,
  site: string,
  { id, visitor }: Acting,
  changesTree = false,
): Promise<{ row: CommentRow; thread: ThreadRow | undefined; person: string }> {
  // People first, then the comment: whoever posts takes them in this order, too.
  const person = await personForAct(work, site, visitor, await broughtBy(work, site, visitor))
  refuseBanned((await activeBans(work.db, site, [person], work.now())).get(person))
  const row = await (changesTree ? commentToChange(work, site, id) : holdComment(work.db, site, id))
  if (!row || !stands(row)) throw noComment()
  const thread = await threadById(work.db, site, row.page_id)
  return { row, thread, person }
}
