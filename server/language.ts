import type { Context } from 'hono'
import type { Env } from './http.ts'

/** What pages and mails of ours speak. */
export type Language = 'en' | 'zh-Hans'

/** The language that a page of ours speaks to whoever asks: what the opener says, else what the browser does. */
export function languageOf(c: Context<Env>): Language {
  const asked = c.req.query('lang') ?? c.req.header('accept-language') ?? ''
  return /^zh\b(?!-(hant|tw|hk|mo)\b)/i.test(asked.trim()) ? 'zh-Hans' : 'en'
}
