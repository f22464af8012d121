import type { Comment } from '../contract/comments.ts'
import type { Work } from '../deps.ts'
import { AppError } from '../errors.ts'
import { personByKey } from '../identity/find-person.ts'
import { mayModerate, roleOfPerson } from '../identity/staff.ts'
import type { Acting } from './mark-comment.ts'
import { stands } from './rules.ts'
import { acceptAnswer } from './set-marks.ts'
import { noComment } from './set-state.ts'
import { showComments } from './show-comments.ts'
import { commentById } from './store.ts'

/** Accepts an answer in the name of whoever asked the question, or of those who run the site. */
export async function chooseAnswer(
  work: Work,
  site: string,
  { id, visitor, answer }: Acting & { answer: string | null },
): Promise<Comment> {
  const { db } = work
  const question = await commentById(db, site, id)
  if (!question || !stands(question)) throw noComment()
  const person = await personByKey(db, site, visitor)
  const may =
    person !== undefined &&
    (question.person_id === person || mayModerate(await roleOfPerson(db, site, person)))
  if (!may) throw new AppError('forbidden', 'Only who asked the question may accept an answer')
  await acceptAnswer(work, site, id, answer)
  const [shown] = await showComments(db, site, [id])
  return shown as Comment
}
