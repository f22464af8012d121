import type { ModeratedComment } from '../../../server/contract/moderation.ts'
import type { CommentState, Decision } from '../../../server/contract/moderation-models.ts'

/** What can be decided about comments in the queue. */
export type Act = Decision | 'resolve_reports'

/** What a comment becomes by each decision. */
export const BECOMES: Readonly<Record<Decision, CommentState>> = {
  approve: 'visible',
  hold: 'held',
  refuse: 'refused',
  delete: 'deleted',
}

/** What is shown in the list. `held` comes first, since it waits for somebody. */
export const SHOWN = ['held', 'reported', 'visible', 'refused', 'deleted', 'all'] as const
export type Shown = (typeof SHOWN)[number]

/** What the list can be narrowed to by its link. */
export const FILTERS = ['person', 'url', 'reason', 'q'] as const

/** The acts that make a difference to a comment, in the order of their buttons. */
export function actsOn({ state, reports }: Pick<ModeratedComment, 'state' | 'reports'>): Act[] {
  const acts: Act[] = (['approve', 'hold', 'refuse'] as const).filter((act) => BECOMES[act] !== state)
  if (state === 'deleted') return []
  return reports.length > 0 && state === 'visible' ? ['resolve_reports', ...acts] : acts
}

/** Whether a comment is one that the list shows. */
export const fits = (
  shown: Shown,
  { state, reports }: Pick<ModeratedComment, 'state' | 'reports'>,
): boolean => shown === 'all' || (shown === 'reported' ? reports.length > 0 : state === shown)

/** What the keyboard can do in the queue, by key. */
export const KEYS = {
  j: 'next',
  k: 'previous',
  x: 'select',
  a: 'approve',
  h: 'hold',
  r: 'refuse',
  b: 'ban',
  c: 'context',
  z: 'undo',
  '?': 'help',
} as const
export type Command = (typeof KEYS)[keyof typeof KEYS]
