import type { TouchedChain } from '../attribution/rules.ts'
import type { Pot } from '../contract/programmes.ts'

/** A part of the pot: whose, for what, and by which hop of which visit. */
export interface EarnedLine {
  role: 'sharer' | 'buyer' | 'author'
  person: string
  /** Which of the touches, and which hop of it (0 is the nearest); null off the chain. */
  touch: number | null
  hop: number | null
  share: string | null
  /** By the rule alone. */
  amount: number
  /** What the limits leave of it. */
  allowed: number
}

/**
 * The arithmetic of an earning as it was made, kept whole: receipts redo it, and refunds divide anew by it. Amounts
 * are minor units of `currency`; `pot` is `author` + `site` + `chainPot`, and comes by `potRule`, the tier's.
 */
export interface Detail {
  value: { gross: number | null; net: number; currency: string | null }
  currency: string
  /** The nearest sharer's n-th friend this is, from 1. */
  friend: number
  potRule: Pot
  pot: number
  author: { person: string | null; amount: number }
  site: number
  chainPot: number
  /** The person who bought, as far as known, and their own pot. */
  buyer: { person: string | null; amount: number }
  /** The visits that count under the rule, oldest first. */
  touches: TouchedChain[]
  /** What people get, in the order in which limits cut: sharers nearest first, the author, the buyer. */
  lines: EarnedLine[]
  /** What stays with the site: its part, an unknown author's, and remainders. 0 where nobody gets anything. */
  house: number
}

/** As whom a reward was earned: a guest perhaps, who has turned out to be the one whose it is by now. */
export const earnedAs = (
  { lines }: Pick<Detail, 'lines'>,
  { role, share_id, person_id }: { role: EarnedLine['role']; share_id: string | null; person_id: string },
): string => lines.find((line) => line.role === role && line.share === share_id)?.person ?? person_id

/** Reads what `earning.detail` holds. */
export const readDetail = (text: string): Detail => JSON.parse(text) as Detail
