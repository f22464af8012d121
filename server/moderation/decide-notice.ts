import type { NoticeDecision } from '../contract/moderation.ts'
import type { Work } from '../deps.ts'
import { AppError } from '../errors.ts'
import { enqueue } from '../outbox.ts'
import { actOnComment } from './act-on-comment.ts'
import { type CommentRow, holdComments } from './comment-store.ts'
import { checkRank } from './decide-comments.ts'
import { NOTICE_MAIL, type NoticeMail } from './notice-mail.ts'
import { changeNotice, lockNotice, type NoticeRow } from './notice-store.ts'
import { recordAct } from './record-act.ts'
import type { Actor } from './rules.ts'

/** How a notice was before it was decided; `refused` is the act on its comment, if there was one. */
export interface NoticeBefore {
  refused: string | null
}

/**
 * Decides on a notice. `removed` refuses the comment. The reasons go to whoever gave notice and, where something was
 * removed, to its author (articles 16(5) and 17). Decided so already, nothing changes.
 */
export async function decideNotice(
  work: Work,
  site: string,
  actor: Actor,
  id: string,
  { decision, statement }: NoticeDecision,
): Promise<void> {
  const comment = await commentOf(work, site, id)
  const notice = (await lockNotice(work.db, site, id)) as NoticeRow
  if (notice.state === decision && notice.statement === statement) return
  if (notice.state !== 'received')
    throw new AppError('conflict', 'This notice has been decided on: undo that first')
  if (comment && decision === 'removed') await checkRank(work, site, actor, [comment])
  const refused =
    comment && decision === 'removed' ? await refuse(work, site, actor, comment, { id, statement }) : null
  await changeNotice(work.db, site, id, {
    ...{ state: decision, statement, decided_by: actor.who, decided_at: work.now() },
  })
  const before: NoticeBefore = { refused }
  const subject = { kind: 'notice' as const, id }
  await recordAct(work, site, { who: actor.who, act: 'notice', note: statement, subject, before })
  const mails: NoticeMail['mail'][] = refused === null ? ['decided'] : ['decided', 'author']
  for (const mail of mails) await enqueue(work, site, NOTICE_MAIL, { notice: id, mail })
}

/** The comment that a notice names, held; 404 where there is no such notice. */
async function commentOf({ db }: Work, site: string, id: string): Promise<CommentRow | undefined> {
  const notice = await db
    .selectFrom('notice')
    .select('comment_id')
    .where('site_id', '=', site)
    .where('id', '=', id)
    .executeTakeFirst()
  if (!notice) throw new AppError('not_found', 'There is no such notice on this site')
  const { comment_id } = notice
  return comment_id === null ? undefined : (await holdComments(db, site, [comment_id])).get(comment_id)
}

/** Refuses the comment, unless it is gone already; answers the act's id. */
async function refuse(
  work: Work,
  site: string,
  { who }: Actor,
  row: CommentRow,
  { id, statement }: { id: string; statement: string },
): Promise<string | null> {
  if (row.state === 'refused' || row.state === 'deleted') return null
  const reason = { reason: 'notice' as const, detail: id }
  return actOnComment(work, site, row, { who, act: 'refuse', note: statement, reason, notice: id })
}
