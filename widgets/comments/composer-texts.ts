import { loadTexts, type Texts } from '../core/i18n.ts'
import type { RequestFailure } from '../core/request-own.ts'
import { type CommentsMoreKey, commentsMoreEn } from '../locales/comments-more.en.ts'

/** The texts of writing, signing in and reporting. */
export const loadMoreTexts = (): Promise<Texts<CommentsMoreKey>> =>
  loadTexts<CommentsMoreKey>(commentsMoreEn, {
    'zh-Hans': async () => (await import('../locales/comments-more.zh-Hans.ts')).commentsMoreZhHans,
  })

/** Why something was not taken, for whoever wrote it. The server's own words are English. */
export function reasonFor(error: unknown, { t, lang }: Texts<CommentsMoreKey>): string {
  const { code, message = '', after } = error as Partial<RequestFailure>
  switch (code) {
    case 'unreachable':
      return t(navigator.onLine ? 'unreachable' : 'offline')
    case 'rate_limited':
      return t('tooFast', { count: after || 60 })
    case 'unauthorized':
      return t('signInFirst')
    case 'invalid':
    case 'forbidden':
    case 'conflict':
    case 'not_found':
    case 'too_large':
      return lang === 'en' && message ? `${sentence(message)}.` : t('notTaken')
    default:
      return t('serverFailed')
  }
}

const sentence = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1).replace(/\.$/, '')
