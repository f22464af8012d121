import type { Work } from '../deps.ts'
import { AppError } from '../errors.ts'
import { holdComments } from './comment-store.ts'
import { checkRank } from './decide-comments.ts'
import type { NoticeBefore } from './decide-notice.ts'
import { isPartOfNotice, laterThan } from './list-acts.ts'
import { type Actor, mayUndo } from './rules.ts'
import { type ActRow, lockAct, markUndone, standingActs } from './store.ts'
import { UNDO } from './undo-steps.ts'
import { readableWho } from './who-acts.ts'

/** Takes back what somebody did, once, and only while nothing that came later builds on it. */
export async function undoAct(work: Work, site: string, actor: Actor, id: string): Promise<void> {
  const act = await lockAct(work.db, site, id)
  if (!act) throw new AppError('not_found', 'There is no such act on this site')
  if (act.undone_at !== null)
    throw await conflict(work, site, 'has undone this already', {
      who: act.undone_by ?? '',
      at: act.undone_at,
    })
  if (!mayUndo(actor.role, act.act))
    throw new AppError('forbidden', 'Only owners and admins undo what owners and admins decide')
  if (isPartOfNotice(act))
    throw new AppError('conflict', 'This was decided on a notice: undo the decision on the notice')
  // What the decision on a notice did to its comment goes with it; the comment is held first, as whoever decides does.
  const part = partOf(act)
  const refused = part === undefined ? undefined : await lockAct(work.db, site, part)
  if (refused) await undoHeld(work, site, actor, refused)
  await undoHeld(work, site, actor, act)
}

/** The act on a comment that came with the decision on a notice. */
const partOf = ({ act, before }: ActRow): string | undefined =>
  act === 'notice' ? ((JSON.parse(before) as NoticeBefore).refused ?? undefined) : undefined

/** Undoes an act that is held. */
async function undoHeld(work: Work, site: string, actor: Actor, act: ActRow): Promise<void> {
  if (act.subject_kind === 'comment') {
    const rows = await holdComments(work.db, site, [act.subject])
    await checkRank(work, site, actor, [...rows.values()])
  }
  const later = laterThan(act, await standingActs(work.db, site, [act.subject]))
  if (later) throw await conflict(work, site, 'has changed it since', later)
  await UNDO[act.act](work, site, act, actor)
  await markUndone(work.db, act, { at: work.now(), by: actor.who })
}

async function conflict(
  { db }: Work,
  site: string,
  what: string,
  { who, at }: { who: string; at: number },
): Promise<AppError> {
  const name = (await readableWho(db, site, [who]))(who)
  return new AppError('conflict', `${name} ${what}, at ${new Date(at).toISOString()}`)
}
