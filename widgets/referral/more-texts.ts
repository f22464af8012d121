import { loadTexts, type Texts } from '../core/i18n.ts'
import { type MoreKey, referralMoreEn } from '../locales/referral-more.en.ts'

/** The texts of all of the element. */
export const loadMoreTexts = (): Promise<Texts<MoreKey>> =>
  loadTexts(referralMoreEn, {
    'zh-Hans': async () => (await import('../locales/referral.zh-Hans.ts')).referralZhHans,
  })

/** A moment as a date in words, in the reader's own time. */
export const dateText = (at: string, lang: string): string =>
  new Intl.DateTimeFormat(lang, { dateStyle: 'medium' }).format(new Date(at))
