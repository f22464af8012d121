/** Limits that both sides of the wire know. Kept apart from the schemas so that a widget can import them without zod. */

/** Length of a site id, which is also the first part of each of its share codes. */
export const SITE_ID_LENGTH = 6
/** Random characters of a share code, after the site id: 60 bits. */
export const CODE_RANDOM_LENGTH = 10
/** Characters of the random part of a person's token (`pt_` + 32): 192 bits. */
export const TOKEN_RANDOM_LENGTH = 32
/** Marks that may sit on one letter: what writing needs has four at most; towers of them run over what is around. */
export const MARKS_ON_A_LETTER = 8
/** Longest page URL, in characters. */
export const URL_LENGTH = 2000
/** Query parameter that carries a share code on a page's own URL. */
export const CODE_PARAM = 'gv'
/** How long an arrival attributes, in days. */
export const ATTRIBUTION_WINDOW_DAYS = 30
/** Greatest value of one conversion, in minor units: far above any order, and thousands of them still add up exactly. */
export const MAX_VALUE = 10 ** 13
/** Most conversions in one batch. */
export const BATCH_SIZE = 100
/** How late a queued request may come and still count at its own time, in milliseconds: 7 days. */
export const MAX_AGE_MS = 7 * 24 * 60 * 60 * 1000
