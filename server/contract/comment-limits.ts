/** Limits and names of comments that both sides of the wire know. Free of imports: widgets load it without zod. */

/** Longest comment, in characters (UTF-16 code units, as a text field counts them). */
export const COMMENT_LENGTH = 10_000
/** Most top-level comments, or replies of one comment, in one answer. */
export const LEVEL_LIMIT = 50
/** Replies that come along with the comment they stand under, and how many levels of them. */
export const REPLIES_ALONG = 3
export const LEVELS_ALONG = 4
/** Ancestors that come along with one comment. */
export const ANCESTORS_ALONG = 10
/** Most comments read by their ids at once, and most pages counted at once. */
export const IDS_AT_ONCE = 100
/** Longest selected passage, and the text kept before and after it, in characters. */
export const QUOTE_LENGTH = 2_000
export const QUOTE_CONTEXT = 64
/** Longest note: why something was reported, decided, declined. */
export const NOTE_LENGTH = 1_000
/** Longest title of a page. */
export const TITLE_LENGTH = 300
/** Longest id that an owner gives a page. */
export const PAGE_ID_LENGTH = 200
/** Longest mail address (RFC 5321 §4.5.3.1). */
export const MAIL_LENGTH = 254
/** Longest picture that is sent, as base64: 135 kB of file. */
export const AVATAR_LENGTH = 180_000

export const SORTS = ['best', 'newest', 'oldest'] as const
export type Sort = (typeof SORTS)[number]
export const THREAD_MODES = ['discussion', 'questions', 'ideas'] as const
export type ThreadMode = (typeof THREAD_MODES)[number]
/** `closed` is what an open thread becomes when its time is over. */
export const THREAD_STATES = ['open', 'locked', 'read_only', 'closed'] as const
export type ThreadState = (typeof THREAD_STATES)[number]
/** What readers see of a comment: `deleted` by its author, `removed` by a moderator; `held` its author alone sees. */
export const SHOWN_STATES = ['visible', 'deleted', 'removed', 'held'] as const
export const IDEA_STATUSES = ['planned', 'done', 'declined'] as const
export type IdeaStatus = (typeof IDEA_STATUSES)[number]
export const BADGES = ['owner', 'admin', 'moderator', 'member'] as const
export type Badge = (typeof BADGES)[number]
export const REPORT_REASONS = ['spam', 'abuse', 'off_topic', 'personal_data', 'illegal', 'other'] as const
export type ReportReason = (typeof REPORT_REASONS)[number]
/** Reactions that are offered unless the owner picks others. */
export const REACTIONS = ['👍', '❤️', '😂', '🎉', '😮', '😢'] as const
