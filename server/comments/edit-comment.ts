import type { Comment } from '../contract/comments.ts'
import type { Work } from '../deps.ts'
import { AppError } from '../errors.ts'
import { authorsOf } from '../identity/authors.ts'
import type { Admitted, Attempt } from '../screening/admit-comment.ts'
import { judgeComment } from '../screening/judge-comment.ts'
import { checkWritable } from './check-open.ts'
import { checkOwn, checkThere } from './own-comment.ts'
import type { Parsed } from './parse-markup.ts'
import { enterMentions } from './post-comment.ts'
import { mayEdit, stands } from './rules.ts'
import { commentToChange } from './set-state.ts'
import { settle, tellChanged } from './settle.ts'
import { showOwn } from './show-comments.ts'
import { type CommentRow, threadById } from './store.ts'
import { changeComment } from './tree-store.ts'

/** What somebody says instead of what they said. */
export interface Edit {
  id: string
  person: string
  attempt: Attempt
  /** None where nothing changes. */
  admitted: Admitted | undefined
  parsed: Parsed
}

/** Changes what a comment says; what it said before is kept. What is held stays held, whatever it says now. */
export async function editComment(work: Work, site: string, edit: Edit): Promise<Comment> {
  const { db, now } = work
  const { id, person, attempt, parsed } = edit
  const before = await commentToChange(work, site, id)
  const thread = await threadById(db, site, before.page_id)
  checkOwn(before, person)
  checkThere(before)
  checkWritable(thread)
  const { editMinutes } = attempt.settings
  if (!mayEdit(editMinutes, before.at, now()))
    throw new AppError('forbidden', `Comments can be changed for ${editMinutes} minutes only`)
  if (attempt.body === before.body || !edit.admitted)
    return showOwn(before, await authorsOf(db, site, [person]))

  const placed = { person, page: before.page_id, parent: before.parent_id }
  const judged = await judgeComment(work, site, { ...attempt, ...placed }, edit.admitted)
  const at = Math.max(now(), (before.edited_at ?? 0) + 1)
  await db
    .insertInto('comment_edit')
    .values({ site_id: site, comment_id: id, at, body: before.body, person_id: person })
    .execute()
  const change: Partial<CommentRow> = {
    ...{ body: attempt.body, markup: JSON.stringify(parsed.markup), edited_at: at },
    ...{ print: judged.print, simhash: judged.simhash },
    ...(before.state === 'visible' && judged.state === 'held'
      ? { state: 'held', reasons: JSON.stringify(judged.reasons) }
      : {}),
    // Whoever is banned in the shadow does not bring in by a change what they may not say.
    ...(judged.shadow ? { shadow: 1 } : {}),
  }
  await changeComment(db, site, id, change)
  await db.deleteFrom('comment_mention').where('site_id', '=', site).where('comment_id', '=', id).execute()
  await enterMentions(work, site, id, parsed.mentions)
  const row = { ...before, ...change }
  await settle(work, site, row, before)
  if (stands(before) && stands(row)) tellChanged(work, site, row)
  return showOwn(row, await authorsOf(db, site, [person]))
}
