import { loadTexts, type Texts } from '../core/i18n.ts'
import { type CommentsModerationKey, commentsModerationEn } from '../locales/comments-moderation.en.ts'

/** The texts of reporting and moderating. */
export const loadModerationTexts = (): Promise<Texts<CommentsModerationKey>> =>
  loadTexts<CommentsModerationKey>(commentsModerationEn, {
    'zh-Hans': async () =>
      (await import('../locales/comments-moderation.zh-Hans.ts')).commentsModerationZhHans,
  })
