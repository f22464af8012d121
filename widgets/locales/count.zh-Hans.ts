import type { Catalogue } from '../core/i18n.ts'
import type { countEn } from './count.en.ts'

/** Simplified Chinese text of `<grapevine-count>`. */
export const countZhHans = {
  comments: { other: '{count} 条评论' },
} satisfies Catalogue<keyof typeof countEn>
