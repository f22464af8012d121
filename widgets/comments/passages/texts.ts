import { loadTexts, type Texts } from '../../core/i18n.ts'
import { type PassageKey, passagesEn } from '../../locales/passages.en.ts'

export type PassageTexts = Texts<PassageKey>

/** The texts of passages. */
export const loadPassageTexts = (): Promise<PassageTexts> =>
  loadTexts(passagesEn, {
    'zh-Hans': async () => (await import('../../locales/passages.zh-Hans.ts')).passagesZhHans,
  })
