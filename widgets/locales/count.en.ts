import type { Catalogue } from '../core/i18n.ts'

/** English text of `<grapevine-count>`. */
export const countEn = {
  comments: { one: '{count} comment', other: '{count} comments' },
} satisfies Catalogue
