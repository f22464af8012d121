import type { Act, CommentState, ScreenReason } from '../contract/moderation-models.ts'

/** A person's role. */
export type Role = 'owner' | 'admin' | 'moderator' | 'member'

/** Who acts: as it is written down, what they may do, and the person they are, if they are one of the site's. */
export interface Actor {
  who: string
  role: Role
  person: string | undefined
}

const runsSite = (role: Role): boolean => role === 'owner' || role === 'admin'

/** Whether somebody may decide on what another wrote: moderators not on owners and admins. */
export const mayDecideOn = (role: Role, author: Role): boolean => runsSite(role) || !runsSite(author)

/** What an act changes of its subject; what later acts change too cannot be undone before them. */
const ASPECTS: Record<Act, readonly string[]> = {
  approve: ['state', 'reports'],
  hold: ['state'],
  refuse: ['state', 'reports'],
  delete: ['state', 'reports'],
  vouch: ['state'],
  member_hold: ['state'],
  resolve_reports: ['reports'],
  pin: ['pin'],
  unpin: ['pin'],
  accept: ['accept'],
  status: ['status'],
  thread: ['thread'],
  ban: ['ban'],
  lift: ['ban'],
  role: ['role'],
  level: ['level'],
  settings: ['settings'],
  notice: ['notice'],
}

/** Acts of owners and admins alone: others neither do nor undo them. */
const OWNERS: readonly Act[] = ['role', 'level', 'settings']

/** Whether a role may undo an act. */
export const mayUndo = (role: Role, act: Act): boolean => !OWNERS.includes(act) || runsSite(role)

/** Whether two acts on one subject change the same of it. */
export const overlap = (one: Act, other: Act): boolean =>
  ASPECTS[one].some((aspect) => ASPECTS[other].includes(aspect))

/** What a comment is after an act on its state. */
export const STATE_AFTER = {
  approve: 'visible',
  vouch: 'visible',
  hold: 'held',
  member_hold: 'held',
  refuse: 'refused',
  delete: 'deleted',
} as const satisfies Partial<Record<Act, CommentState>>

/** Acts that decide what becomes of a comment. */
export type StateAct = keyof typeof STATE_AFTER
export const isStateAct = (act: Act): act is StateAct => act in STATE_AFTER

/** As what a comment counts in its author's standing after an act on its state: what is held or deleted, as nothing. */
export const outcomeOf = (act: StateAct): 'approved' | 'refused' | null => {
  if (STATE_AFTER[act] === 'visible') return 'approved'
  return act === 'refuse' ? 'refused' : null
}

/** Why comments wait of people nobody knows yet: a member who answers for them is enough. */
const OF_NEWCOMERS: readonly ScreenReason[] = ['first_held', 'links_held', 'guest']

/** Whether a member's word is enough for a comment that is held for these reasons. */
export const canBeVouchedFor = (reasons: readonly { reason: ScreenReason }[]): boolean =>
  reasons.length > 0 && reasons.every(({ reason }) => OF_NEWCOMERS.includes(reason))
