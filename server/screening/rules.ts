import type { Trust } from '../contract/moderation.ts'

/** What is known of how far somebody can be trusted. */
export interface Standing {
  role: 'member' | 'moderator' | 'admin' | 'owner'
  /** Signed in, not a guest. */
  member: boolean
  approved: number
  refused: number
  /** Who answers for them. */
  vouchedBy: string | null
  /** The owner's word. */
  set: number | null
  /** Who brought them, if those are trusted themselves. */
  broughtByTrusted: string | null
  /** How many newcomers came under the same root within an hour of them, themselves included. */
  newcomers: number
}

/** Approved comments from which somebody is known, regular and trusted. */
const KNOWN = 1
const REGULAR = 5
const TRUSTED = 20
/** How many approved comments a refused one weighs. */
const REFUSED_WEIGHS = 3
/** So many newcomers under one root within an hour are a burst. */
export const BURST = 5
/** How near in time newcomers are for a burst, in ms. */
export const BURST_MS = 60 * 60_000

/** How far somebody is trusted by what became of their own comments. Trusted are members alone. */
export function earnedLevel({
  member,
  approved,
  refused,
}: Pick<Standing, 'member' | 'approved' | 'refused'>): number {
  const worth = approved - REFUSED_WEIGHS * refused
  if (worth >= TRUSTED && member) return 3
  if (worth >= REGULAR) return 2
  return worth >= KNOWN ? 1 : 0
}

/** How far somebody is trusted, and why: staff, else the owner's word, else what they earned and who stands behind them. */
export function trustFrom(standing: Standing): Trust {
  const { role, member, approved, refused, vouchedBy, set, broughtByTrusted, newcomers } = standing
  if (role !== 'member') return { level: 4, reasons: [{ reason: 'staff', detail: role }] }
  if (set !== null) return { level: set, reasons: [{ reason: 'set', detail: `${set}` }] }
  const reasons: Trust['reasons'] = []
  let level = earnedLevel(standing)
  if (member) reasons.push({ reason: 'member', detail: '' })
  if (approved > 0) reasons.push({ reason: 'approved', detail: `${approved}` })
  if (refused > 0) reasons.push({ reason: 'refused', detail: `${refused}` })
  const burst = approved < KNOWN && newcomers >= BURST
  if (burst) reasons.push({ reason: 'burst', detail: `${newcomers}` })
  if (broughtByTrusted !== null) {
    reasons.push({ reason: 'brought_by_trusted', detail: broughtByTrusted })
    if (level === 0 && refused === 0 && !burst) level = 1
  }
  if (vouchedBy !== null) {
    reasons.push({ reason: 'vouched', detail: vouchedBy })
    level = Math.max(level, refused > approved ? 0 : 1)
  }
  return { level, reasons }
}
