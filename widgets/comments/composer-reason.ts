import type { Texts } from '../core/i18n.ts'
import type { RequestFailure } from '../core/request-own.ts'

/** Texts that each catalogue has which is spoken where something can be refused. */
type ReasonKey = 'unreachable' | 'offline' | 'tooFast' | 'signInFirst' | 'notTaken' | 'serverFailed'

/** Why the server did not take something. Its own words are English. */
export function reasonFor(error: unknown, { t, lang }: Texts<ReasonKey>): string {
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
