import { loadTexts, type Texts } from '../core/i18n.ts'
import { type CommentActsKey, commentActsEn } from '../locales/comment-acts.en.ts'

/** The texts of what can be done with a comment. */
export const loadActTexts = (): Promise<Texts<CommentActsKey>> =>
  loadTexts<CommentActsKey>(commentActsEn, {
    'zh-Hans': async () => (await import('../locales/comments.zh-Hans.ts')).commentActsZhHans,
  })
