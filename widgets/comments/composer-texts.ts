import { loadTexts, type Texts } from '../core/i18n.ts'
import { type CommentsMoreKey, commentsMoreEn } from '../locales/comments-more.en.ts'

/** The texts of writing. */
export const loadMoreTexts = (): Promise<Texts<CommentsMoreKey>> =>
  loadTexts<CommentsMoreKey>(commentsMoreEn, {
    'zh-Hans': async () => (await import('../locales/comments-more.zh-Hans.ts')).commentsMoreZhHans,
  })
