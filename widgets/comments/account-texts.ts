import { loadTexts, type Texts } from '../core/i18n.ts'
import { type CommentsPeopleKey, commentsPeopleEn } from '../locales/comments-people.en.ts'

/** The texts of signing in and of one's account. */
export const loadPeopleTexts = (): Promise<Texts<CommentsPeopleKey>> =>
  loadTexts<CommentsPeopleKey>(commentsPeopleEn, {
    'zh-Hans': async () => (await import('../locales/comments-people.zh-Hans.ts')).commentsPeopleZhHans,
  })
