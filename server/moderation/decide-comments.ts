import { changeComment } from '../comments/tree-store.ts'
import type { NewModeration } from '../contract/moderation.ts'
import type { Work } from '../deps.ts'
import { AppError } from '../errors.ts'
import { actOnComment } from './act-on-comment.ts'
import { type CommentRow, holdComments, resolveReports, rolesOf } from './comment-store.ts'
import { recordAct } from './record-act.ts'
import { type Actor, isStateAct, mayDecideOn, type StateAct } from './rules.ts'
import { type StandingAct, standingActs } from './store.ts'

type Decision = NewModeration['act']

/** A moderator's word on some comments: on all of them, or on none. Answers the ids of the acts it came to. */
export async function decideComments(
  work: Work,
  site: string,
  actor: Actor,
  { comments, act, note = '' }: NewModeration,
): Promise<string[]> {
  const ids = [...new Set(comments)]
  const rows = await holdComments(work.db, site, ids)
  await checkRank(work, site, actor, [...rows.values()])
  const acts = Map.groupBy(await standingActs(work.db, site, ids), ({ subject }) => subject)
  const done: string[] = []
  for (const id of ids) {
    const row = rows.get(id) as CommentRow
    if (isSo(row, act)) continue
    if (act === 'resolve_reports') done.push(await resolve(work, site, actor, row, note))
    else {
      expectNotWithdrawn(row, lastOnState(acts.get(id)))
      done.push(await actOnComment(work, site, row, { who: actor.who, act, note }))
    }
  }
  return done
}

/** Said already: nothing changes, and nothing is written down again. */
function isSo({ state, shadow, reports }: CommentRow, act: Decision): boolean {
  if (act === 'resolve_reports') return reports === 0
  if (act === 'approve') return state === 'visible' && shadow === 0 && reports === 0
  if (act === 'hold') return state === 'held'
  return act === 'delete' ? state === 'deleted' : state === 'refused' && reports === 0
}

/** Refuses decisions on what those of a higher role wrote. */
export async function checkRank(
  { db }: Work,
  site: string,
  { role, person }: Actor,
  rows: readonly CommentRow[],
): Promise<void> {
  const roles = await rolesOf(db, site, [...new Set(rows.map(({ person_id }) => person_id))])
  for (const { person_id } of rows)
    if (person_id !== person && !mayDecideOn(role, roles.get(person_id) ?? 'member'))
      throw new AppError('forbidden', 'Only owners and admins decide on what owners and admins wrote')
}

/** What its author has taken back stays so. */
function expectNotWithdrawn({ state, id }: CommentRow, previous: StateAct | undefined): void {
  if (state === 'deleted' && previous !== 'delete')
    throw new AppError('conflict', `The author of comment ${id} has deleted it`)
}

/** The last act on a comment's state, of those that stand, latest first. */
export const lastOnState = (acts: readonly StandingAct[] = []): StateAct | undefined =>
  acts.map(({ act }) => act).find(isStateAct)

async function resolve(
  work: Work,
  site: string,
  { who }: Actor,
  row: CommentRow,
  note: string,
): Promise<string> {
  const at = work.now()
  await resolveReports(work.db, site, row.id, at)
  await changeComment(work.db, site, row.id, { reports: 0 })
  return recordAct(work, site, {
    ...{ who, act: 'resolve_reports', note },
    subject: { kind: 'comment', id: row.id },
    before: { resolvedAt: at },
  })
}
