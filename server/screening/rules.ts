import type { Trust } from '../contract/moderation.ts'
import { type ScreenReason, TRUSTED_LEVEL, type Verdict } from '../contract/moderation-models.ts'
import type { CommentSettings, ScreenRule } from '../contract/screening.ts'

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

/**
 * Whether what is shown of somebody counts as approved until a moderator says otherwise. Whoever is trusted for who brought
 * them alone first has an hour in which a burst would be seen: `firstAt` is when they first spoke, null for never.
 */
export function countsAsApproved(standing: Standing, firstAt: number | null, at: number): boolean {
  const { level } = trustFrom(standing)
  if (level < 1 || level >= STAFF_LEVEL) return false
  const watched = standing.broughtByTrusted !== null && (firstAt === null || firstAt > at - BURST_MS)
  return !watched || earnedLevel(standing) >= KNOWN
}

/** Who says something, as far as it matters to what becomes of it. */
export interface Author {
  level: number
  guest: boolean
}

/** What is said, as far as it matters. */
export interface Hits {
  links: number
  url: string
  /** The first of the owner's words that it has. */
  refusedWord: string | undefined
  heldWord: string | undefined
  /** For each of the owner's rules, whether the text has its word. */
  ruleWords: readonly boolean[]
  edited: boolean
}

/** Why a comment waits. */
export interface Doubt {
  reason: ScreenReason
  detail: string
}

/** What becomes of a comment by the owner's settings, and why. */
export interface Verdicts {
  verdict: Verdict
  reasons: Doubt[]
}

type Policies = Pick<CommentSettings, 'policy' | 'rules' | 'maxLinks'>

/** From here on nothing is held. */
export const STAFF_LEVEL = 4

/**
 * What becomes of a comment: the hardest of what the owner's words, limits and policy say and of what else was found
 * out. Staff is never held; trusted members may link and need not wait.
 */
export function decide(
  settings: Policies,
  author: Author,
  said: Hits,
  doubts: readonly Doubt[] = [],
): Verdicts {
  if (author.level >= STAFF_LEVEL) return visible
  const { refusedWord, heldWord, links } = said
  if (refusedWord !== undefined) return refused({ reason: 'refused_word', detail: refusedWord })
  const policy = byPolicy(settings, author, said)
  if (policy.verdict === 'refused') return policy
  const reasons = [...policy.reasons, ...doubts]
  if (heldWord !== undefined) reasons.unshift({ reason: 'held_word', detail: heldWord })
  if (links > settings.maxLinks && author.level < TRUSTED_LEVEL)
    reasons.push({ reason: 'too_many_links', detail: `${links}` })
  if (reasons.length === 0) return visible
  if (said.edited) reasons.push({ reason: 'edited', detail: '' })
  return held(...reasons)
}

const visible: Verdicts = { verdict: 'visible', reasons: [] }
const held = (...reasons: Doubt[]): Verdicts => ({ verdict: 'held', reasons })
const refused = (...reasons: Doubt[]): Verdicts => ({ verdict: 'refused', reasons })

/** What the site's policy says. */
function byPolicy({ policy, rules }: Policies, author: Author, said: Hits): Verdicts {
  const { level } = author
  if (policy === 'all_held') return held({ reason: 'all_held', detail: '' })
  if (policy === 'first_held') return level < 1 ? held({ reason: 'first_held', detail: '' }) : visible
  if (policy === 'links_held') {
    const waits = said.links > 0 && level < TRUSTED_LEVEL
    return waits ? held({ reason: 'links_held', detail: `${said.links}` }) : visible
  }
  if (policy === 'open') return visible
  const first = rules.findIndex((rule, i) => ruleFits(rule, author, said, said.ruleWords[i] === true))
  const rule = rules[first]
  if (!rule || rule.verdict === 'visible') return visible
  const reason = { reason: reasonOfRule(rule), detail: `rule ${first + 1}` }
  return rule.verdict === 'held' ? held(reason) : refused(reason)
}

/** Whether all that a rule names holds. */
const ruleFits = (
  rule: ScreenRule,
  { level, guest }: Author,
  { links, url }: Hits,
  hasWord: boolean,
): boolean =>
  (rule.guest === undefined || rule.guest === guest) &&
  (rule.levelBelow === undefined || level < rule.levelBelow) &&
  (rule.linksOver === undefined || links > rule.linksOver) &&
  (rule.urlBegins === undefined || url.startsWith(rule.urlBegins)) &&
  (rule.word === undefined || hasWord)

function reasonOfRule({ word, linksOver, guest, levelBelow, verdict }: ScreenRule): ScreenReason {
  if (word !== undefined) return verdict === 'refused' ? 'refused_word' : 'held_word'
  if (linksOver !== undefined) return 'links_held'
  if (guest) return 'guest'
  return levelBelow === undefined ? 'all_held' : 'first_held'
}

/** How many signs speak against an attempt: with any, its author has to prove some work first. None against who is known. */
export function signsAgainst(
  { level, guest }: Author,
  { links, heldWord }: Pick<Hits, 'links' | 'heldWord'>,
  doubts: readonly Doubt[],
  { maxLinks }: Pick<CommentSettings, 'maxLinks'>,
): number {
  if (level >= 1) return 0
  return (
    Number(guest && links > 0) + Number(links > maxLinks) + Number(heldWord !== undefined) + doubts.length
  )
}
