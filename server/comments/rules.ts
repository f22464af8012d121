import type { Sort, ThreadMode, ThreadState } from '../contract/comment-limits.ts'
import { MARKS_ON_A_LETTER } from '../contract/limits.ts'

/** The 97.5 % quantile of the normal distribution: a bound of 95 % on both sides. */
const Z = 1.959963984540054

/**
 * What share of votes would be up if many more voted, at the least: the lower bound of the score interval
 * (E. B. Wilson, 1927, J. Am. Stat. Assoc. 22:209). 0 without votes.
 */
export function wilson(ups: number, downs: number): number {
  const votes = ups + downs
  if (votes === 0) return 0
  const share = ups / votes
  const z2 = Z * Z
  const margin = Z * Math.sqrt((share * (1 - share) + z2 / (4 * votes)) / votes)
  return Math.max(0, (share + z2 / (2 * votes) - margin) / (1 + z2 / votes))
}

/** By what `best` orders, as an integer: the Wilson bound × 10⁹; of an idea, how many more are for it than against. */
export const rankOf = (isIdea: boolean, ups: number, downs: number): number =>
  isIdea ? ups - downs : Math.round(wilson(ups, downs) * 1e9)

/** A comment as far as it decides whether others see it. */
export interface Standing {
  state: 'visible' | 'held' | 'refused' | 'deleted'
  shadow: number
  replies: number
}

/** Whether others read it. */
export const stands = ({ state, shadow }: Pick<Standing, 'state' | 'shadow'>): boolean =>
  state === 'visible' && shadow === 0

/** Whether it has a place in lists: it stands, or replies stand under what is gone. */
export const hasPlace = (comment: Standing): boolean => stands(comment) || comment.replies > 0

/** What readers see of a comment that has a place. */
export const shownState = (comment: Pick<Standing, 'state' | 'shadow'>): 'visible' | 'deleted' | 'removed' =>
  stands(comment) ? 'visible' : comment.state === 'deleted' ? 'deleted' : 'removed'

const DAY_MS = 24 * 60 * 60_000

/** What is set on a thread. */
export interface ThreadSet {
  state: 'open' | 'locked' | 'read_only'
  closes_at: number | null
  first_at: number | null
}

/** When a thread closes: at the moment that was set for it, else so many days after its first comment; null is never. */
export function closingTime(
  { closes_at, first_at }: Pick<ThreadSet, 'closes_at' | 'first_at'>,
  closeAfterDays: number,
): number | null {
  if (closes_at !== null) return closes_at
  return closeAfterDays > 0 && first_at !== null ? first_at + closeAfterDays * DAY_MS : null
}

/** How a thread is at a moment. */
export function threadState(set: ThreadSet, closeAfterDays: number, now: number): ThreadState {
  const closes = closingTime(set, closeAfterDays)
  return set.state === 'open' && closes !== null && closes <= now ? 'closed' : set.state
}

/** The order of a level that nobody asked another of. Replies are read as they were said. */
export const usualSort = (isTop: boolean, mode: ThreadMode, chosen: Sort): Sort =>
  isTop ? (mode === 'ideas' ? 'best' : chosen) : 'oldest'

/** Whether a comment may still be changed. `minutes`: 0 is never, −1 without end. */
export const mayEdit = (minutes: number, at: number, now: number): boolean =>
  minutes === -1 || now <= at + minutes * 60_000

const TOWER = new RegExp(`\\p{M}{${MARKS_ON_A_LETTER + 1}}`, 'u')
/** At least one character that is seen. */
const SEEN = /[^\p{Z}\p{Cc}\p{Cf}\p{M}\p{Default_Ignorable_Code_Point}\u2800]/u

/** What is wrong with a text, so that it reads after its field's name; none where it may be said. */
export function faultOf(text: string): string | undefined {
  if (!SEEN.test(text)) return 'shows nothing: say something'
  return TOWER.test(text) ? `has more than ${MARKS_ON_A_LETTER} combining marks on one letter` : undefined
}
