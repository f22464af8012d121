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

/** Writes down that somebody who runs the site accepted an answer that they did not ask for: `who`, and how it was. */
export type Recorder = (
  work: Work,
  site: string,
  act: {
    who: string
    act: 'accept'
    subject: { kind: 'comment'; id: string }
    before: { accepted: string | null; is: string | null }
  },
) => Promise<unknown>

/** Accepts an answer in the name of whoever asked the question, or of those who run the site. */
export async function chooseAnswer(
  work: Work,
  site: string,
  { id, visitor, answer }: Acting & { answer: string | null },
  record: Recorder,
): Promise<Comment> {
  const { db } = work
  const question = await commentById(db, site, id)
  if (!question || !stands(question)) throw noComment()
  const person = await personByKey(db, site, visitor)
  const asked = person === question.person_id
  const role = person === undefined ? 'member' : await roleOfPerson(db, site, person)
  if (!asked && !mayModerate(role))
    throw new AppError('forbidden', 'Only who asked the question may accept an answer')
  const { accepted_id: accepted } = await acceptAnswer(work, site, id, answer)
  if (!asked && accepted !== answer) {
    const subject = { kind: 'comment' as const, id }
    await record(work, site, {
      who: `${role}, person ${person}`,
      act: 'accept',
      subject,
      before: { accepted, is: answer },
    })
  }
  const [shown] = await showComments(db, site, [id])
  return shown as Comment
}
