import type { RewardState } from '../../../server/contract/models.ts'
import type { NewDecision, Reward } from '../../../server/contract/rewards.ts'
import type { DashboardText } from '../../locales/dashboard.en.ts'

export type Act = NewDecision['act']

/** What a reward becomes by each act. */
export const BECOMES: Readonly<Record<Act, RewardState>> = { approve: 'approved', refuse: 'refused' }
/** The act that says the opposite. */
export const OTHER: Readonly<Record<Act, Act>> = { approve: 'refuse', refuse: 'approve' }

const OPEN: Readonly<Record<Act, readonly RewardState[]>> = {
  approve: ['pending', 'review', 'refused'],
  refuse: ['pending', 'review', 'approved'],
}

/** Whether the owner can still say this of a reward: until it is paid or wholly refunded. */
export const can = (act: Act, { state }: Pick<Reward, 'state'>): boolean => OPEN[act].includes(state)

/** Whether anything can still be said of a reward. */
export const isOpen = (reward: Pick<Reward, 'state'>): boolean =>
  can('approve', reward) || can('refuse', reward)

/** What is shown in the list: a state, or all of them. `review` comes first, since it waits for the owner. */
export const SHOWN = ['review', 'pending', 'approved', 'paid', 'refused', 'reversed', 'all'] as const
export type ShownState = (typeof SHOWN)[number]

/** What a link shows: the queue, unless it names a state or asks about something in particular. */
export function shownState(options: Readonly<Record<string, string>>): ShownState {
  const named = SHOWN.find((state) => state === options.state)
  if (named) return named
  return FILTERS.some((name) => options[name] !== undefined) ? 'all' : 'review'
}

/** What the list can be narrowed to by its link, beside the state. */
export const FILTERS = ['programme', 'person', 'conversion', 'payout'] as const

/** How a decision is told: by the owner's word, or as the server wrote it down if it is none we know. */
export const ACT_TEXTS: Readonly<Record<string, DashboardText>> = {
  approve: 'reward_was_approved',
  refuse: 'reward_was_refused',
}

/** What the keyboard can do in the queue, by key. */
export const KEYS = {
  j: 'next',
  k: 'previous',
  x: 'select',
  a: 'approve',
  r: 'refuse',
  w: 'why',
  '?': 'help',
} as const
export type Command = (typeof KEYS)[keyof typeof KEYS]
