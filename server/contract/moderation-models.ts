/** Names of moderation that both sides of the wire know. Free of imports: widgets load it without zod. */

/** Which comments wait for a moderator. */
export const POLICIES = ['open', 'first_held', 'links_held', 'rules', 'all_held'] as const
export type Policy = (typeof POLICIES)[number]
/** What a rule, a word or a hook may do with a comment. */
export const VERDICTS = ['visible', 'held', 'refused'] as const
export type Verdict = (typeof VERDICTS)[number]
export const COMMENT_STATES = ['visible', 'held', 'refused', 'deleted'] as const
export type CommentState = (typeof COMMENT_STATES)[number]

/** Why a comment was held or refused, or how its author was trusted. */
export const SCREEN_REASONS = [
  'all_held',
  'first_held',
  'links_held',
  'guest',
  'held_word',
  'refused_word',
  'too_many_links',
  'too_long',
  'duplicate',
  'near_duplicate',
  'fast',
  'network',
  'disposable_mail',
  'burst',
  'subtree',
  'shadow',
  'reported',
  'member_hold',
  'notice',
  'akismet',
  'hook',
  'hook_failed',
  'edited',
] as const
export type ScreenReason = (typeof SCREEN_REASONS)[number]

/** Why somebody is trusted as they are. */
export const TRUST_REASONS = [
  'approved',
  'refused',
  'member',
  'staff',
  'brought_by_trusted',
  'burst',
  'vouched',
  'set',
] as const
export type TrustReason = (typeof TRUST_REASONS)[number]
/** From here on somebody may hold, and vouch for others. */
export const TRUSTED_LEVEL = 3

export const DECISIONS = ['approve', 'hold', 'refuse', 'delete'] as const
export type Decision = (typeof DECISIONS)[number]
export const BAN_KINDS = ['ban', 'shadow'] as const
export type BanKind = (typeof BAN_KINDS)[number]
/** Everything that a moderator does, as it is written down. */
export const ACTS = [
  ...DECISIONS,
  'resolve_reports',
  'pin',
  'unpin',
  'accept',
  'status',
  'thread',
  'ban',
  'lift',
  'role',
  'level',
  'settings',
  'notice',
  'vouch',
  'member_hold',
] as const
export type Act = (typeof ACTS)[number]

/** Kinds of illegal content, roughly those of the DSA Transparency Database. */
export const NOTICE_REASONS = [
  'hate',
  'violence',
  'child_safety',
  'terrorism',
  'privacy',
  'intellectual_property',
  'fraud',
  'defamation',
  'other',
] as const
export type NoticeReason = (typeof NOTICE_REASONS)[number]
export const NOTICE_STATES = ['received', 'removed', 'kept'] as const
/** Longest explanation of a notice, in characters. */
export const EXPLANATION_LENGTH = 5_000
