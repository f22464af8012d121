import { setState } from '../comments/set-state.ts'
import { changeComment } from '../comments/tree-store.ts'
import type { CommentState } from '../contract/moderation-models.ts'
import type { Work } from '../deps.ts'
import type { Doubt } from '../screening/admit-comment.ts'
import { noteOutcome } from '../screening/standing.ts'
import { type CommentRow, isAccepted, resolveReports } from './comment-store.ts'
import { recordAct } from './record-act.ts'
import { outcomeOf, STATE_AFTER, type StateAct } from './rules.ts'

/** How a comment was before an act on its state; `resolvedAt` marks the reports that the act took as dealt with. */
export interface StateBefore {
  state: CommentState
  shadow: number
  reasons: Doubt[]
  counted: CommentRow['counted']
  decidedAt: number | null
  pinnedAt: number | null
  accepted: boolean
  resolvedAt: number | null
  /** The act is a part of the decision on this notice. */
  notice?: string
  /** Who answers for the author since. */
  vouched?: string
}

/** An act on a held comment (comment-store.ts). */
export interface StateChange {
  who: string
  act: StateAct
  note?: string
  /** Why it is held or refused from now on, beside what was known. */
  reason?: Doubt
  notice?: string
  vouched?: string
}

/** Decides what becomes of a comment, counts it for its author, and writes it down; answers the act's id. */
export async function actOnComment(
  work: Work,
  site: string,
  row: CommentRow,
  { who, act, note = '', reason, notice, vouched }: StateChange,
): Promise<string> {
  const resolves = row.reports > 0 && act !== 'hold' && act !== 'member_hold' && act !== 'vouch'
  const at = work.now()
  const reasons = JSON.parse(row.reasons) as Doubt[]
  const before: StateBefore = {
    ...{
      state: row.state,
      shadow: row.shadow,
      reasons,
      counted: row.counted,
      decidedAt: row.decided_at,
      pinnedAt: row.pinned_at,
    },
    accepted: await isAccepted(work.db, row),
    resolvedAt: resolves ? at : null,
    ...(notice === undefined ? {} : { notice }),
    ...(vouched === undefined ? {} : { vouched }),
  }
  if (resolves) await resolveReports(work.db, site, row.id, at)
  await setState(work, site, row.id, {
    state: STATE_AFTER[act],
    decided: true,
    ...(act === 'approve' ? { shadow: false } : {}),
    ...(resolves ? { reports: 0 } : {}),
    ...(reason ? { reasons: [...reasons, reason] } : {}),
  })
  await countAs(work, site, row, outcomeOf(act))
  return recordAct(work, site, { who, act, note, subject: { kind: 'comment', id: row.id }, before })
}

/** Counts a comment in its author's standing, as something else than before if need be. */
export async function countAs(
  work: Work,
  site: string,
  { id, person_id, counted }: CommentRow,
  as: CommentRow['counted'],
): Promise<void> {
  if (counted === as) return
  if (counted) await noteOutcome(work, site, person_id, counted, -1)
  if (as) await noteOutcome(work, site, person_id, as, 1)
  await changeComment(work.db, site, id, { counted: as })
}
