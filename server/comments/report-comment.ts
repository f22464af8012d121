import type { ReportReason } from '../contract/comment-limits.ts'
import type { Work } from '../deps.ts'
import { AppError } from '../errors.ts'
import { mayModerate, roleOfPerson } from '../identity/staff.ts'
import type { Doubt } from '../screening/admit-comment.ts'
import { commentSettings } from '../screening/comment-settings.ts'
import { type Acting, commentToMark } from './mark-comment.ts'
import { setState } from './set-state.ts'
import { changeComment } from './tree-store.ts'

/** Why somebody reports a comment. */
export interface Report extends Acting {
  reason: ReportReason
  note: string
}

/** Tells the moderators of a comment, once a person; it is held once so many have. What those who run the site say stays. */
export async function reportComment(work: Work, site: string, report: Report): Promise<void> {
  const { db, emit, now } = work
  const { row, person } = await commentToMark(work, site, report, true)
  if (row.person_id === person) throw new AppError('forbidden', 'Nobody reports what they said themselves')
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('comment_report')
    .values({
      ...{ site_id: site, comment_id: row.id, person_id: person, at: now(), resolved_at: null },
      ...{ reason: report.reason, note: report.note },
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow()
  if (numInsertedOrUpdatedRows !== 1n) return
  const reports = row.reports + 1
  await changeComment(db, site, row.id, { reports })
  emit({ type: 'moderation', site, at: now() })
  const { reportsToHold } = await commentSettings(db, site)
  if (reports < reportsToHold || mayModerate(await roleOfPerson(db, site, row.person_id))) return
  const reasons = JSON.parse(row.reasons) as Doubt[]
  const others = reasons.filter(({ reason }) => reason !== 'reported')
  await setState(work, site, row.id, {
    state: 'held',
    reasons: [...others, { reason: 'reported', detail: String(reports) }],
  })
}
