import { changeThread, type ThreadSetting } from '../comments/change-thread.ts'
import { stands } from '../comments/rules.ts'
import { setState } from '../comments/set-state.ts'
import { tellChanged } from '../comments/settle.ts'
import { changeComment } from '../comments/tree-store.ts'
import type { Act } from '../contract/moderation-models.ts'
import type { Work } from '../deps.ts'
import { AppError } from '../errors.ts'
import { liftBan, restoreBan } from '../screening/bans.ts'
import { restoreSettings } from '../screening/change-settings.ts'
import { takeVouchBack } from '../screening/vouch.ts'
import { restoreSignIn, AREA as SIGN_IN } from '../sign-in/settings.ts'
import { countAs, type StateBefore } from './act-on-comment.ts'
import { type CommentRow, holdComments, isAccepted, reopenReports } from './comment-store.ts'
import { reopenNotice } from './reopen-notice.ts'
import { type Actor, isStateAct, STATE_AFTER } from './rules.ts'
import type { ActRow } from './store.ts'
import { undoLevel, undoRole } from './undo-member.ts'

/** Puts back what one act changed; 409 where it is no longer as the act left it. */
type Step = (work: Work, site: string, act: ActRow, actor: Actor) => Promise<void>

/** What each act had noted of how it was before. */
const before = <T>({ before }: ActRow): T => JSON.parse(before) as T

const changedSince = (what: string) => new AppError('conflict', `${what} since`)

async function theRow(work: Work, site: string, { subject }: ActRow): Promise<CommentRow> {
  return (await holdComments(work.db, site, [subject])).get(subject) as CommentRow
}

const undoState: Step = async (work, site, act) => {
  const was = before<StateBefore>(act)
  const row = await theRow(work, site, act)
  if (!isStateAct(act.act)) return
  if (row.state !== STATE_AFTER[act.act])
    throw changedSince(
      row.state === 'deleted' ? 'Its author has deleted it' : `The comment has become ${row.state}`,
    )
  const { resolvedAt, decidedAt, pinnedAt, accepted, vouched } = was
  const reports =
    resolvedAt === null ? {} : { reports: await reopenReports(work.db, site, row.id, resolvedAt) }
  await setState(work, site, row.id, {
    ...{ state: was.state, shadow: was.shadow === 1, reasons: was.reasons },
    ...reports,
  })
  const seen = stands(was)
  await changeComment(work.db, site, row.id, {
    decided_at: decidedAt,
    ...(seen ? { pinned_at: pinnedAt } : {}),
  })
  if (seen && accepted && row.parent_id !== null) await acceptAgain(work, site, row)
  await countAs(work, site, row, was.counted)
  if (vouched !== undefined) await takeVouchBack(work, site, row.person_id, vouched)
}

/** An answer that was accepted when it was taken down is so again, unless another one is by now. */
async function acceptAgain(work: Work, site: string, row: CommentRow): Promise<void> {
  await work.db
    .updateTable('comment')
    .set({ accepted_id: row.id })
    .where('site_id', '=', site)
    .where('id', '=', row.parent_id)
    .where('accepted_id', 'is', null)
    .execute()
  if (await isAccepted(work.db, row))
    tellChanged(work, site, { page_id: row.page_id, id: row.parent_id as string })
}

const undoReports: Step = async (work, site, act) => {
  const row = await theRow(work, site, act)
  const reports = await reopenReports(work.db, site, row.id, before<{ resolvedAt: number }>(act).resolvedAt)
  await changeComment(work.db, site, row.id, { reports })
}

const undoPin: Step = async (work, site, act) => {
  const row = await theRow(work, site, act)
  if (!stands(row)) throw changedSince('The comment has been taken down')
  await changeComment(work.db, site, row.id, { pinned_at: before<{ pinnedAt: number | null }>(act).pinnedAt })
  tellChanged(work, site, row)
}

const undoAccept: Step = async (work, site, act) => {
  const row = await theRow(work, site, act)
  const was = before<{ accepted: string | null; is?: string | null }>(act)
  if (row.accepted_id !== (was.is ?? null)) throw changedSince('Whoever asked has accepted another answer')
  const answer =
    was.accepted === null ? undefined : (await holdComments(work.db, site, [was.accepted])).get(was.accepted)
  if (answer && !stands(answer)) throw changedSince('The answer has been taken down')
  await changeComment(work.db, site, row.id, { accepted_id: was.accepted })
  tellChanged(work, site, row)
}

const undoStatus: Step = async (work, site, act) => {
  const row = await theRow(work, site, act)
  const { status, note } = before<{ status: CommentRow['status']; note: string | null }>(act)
  await changeComment(work.db, site, row.id, { status, status_note: note })
  tellChanged(work, site, row)
}

const undoThread: Step = async (work, site, act) => {
  await changeThread(work, site, act.subject, before<ThreadSetting>(act))
}

const undoBan: Step = (work, site, { subject }) => liftBan(work, site, subject)
const undoLift: Step = (work, site, { subject }) => restoreBan(work, site, subject)
const undoSettings: Step = (work, site, act) =>
  act.subject === SIGN_IN
    ? restoreSignIn(work, site, before<unknown>(act))
    : restoreSettings(work, site, before<unknown>(act))
const undoNotice: Step = async (work, site, act) => {
  await reopenNotice(work, site, act)
}

/** How each act is undone. */
export const UNDO: Record<Act, Step> = {
  approve: undoState,
  hold: undoState,
  refuse: undoState,
  delete: undoState,
  vouch: undoState,
  member_hold: undoState,
  resolve_reports: undoReports,
  pin: undoPin,
  unpin: undoPin,
  accept: undoAccept,
  status: undoStatus,
  thread: undoThread,
  ban: undoBan,
  lift: undoLift,
  role: undoRole,
  level: undoLevel,
  settings: undoSettings,
  notice: undoNotice,
}
