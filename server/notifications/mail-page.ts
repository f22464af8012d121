import type { Context } from 'hono'
import { html } from 'hono/html'
import type { Env } from '../http.ts'

/** Nothing runs, nothing is loaded, nobody frames it; its button leads back to it. */
const POLICY = "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

/** A sentence or two, and perhaps a button. */
export interface MailPage {
  title: string
  text: string
  button?: string
}

const WORDS = {
  en: {
    confirm: {
      title: 'Replies by mail',
      text: 'Do you want to hear by mail when your comments are answered?',
      button: 'Yes, send me replies',
    },
    confirmed: { title: 'You will hear of replies', text: 'Every mail has a link that stops them.' },
    stop: {
      title: 'No more mail',
      text: 'Do you want no more mail when your comments are answered?',
      button: 'Send me no more',
    },
    stopped: { title: 'You will get no more mail', text: 'Your address is forgotten.' },
    spent: {
      title: 'This link is no longer good',
      text: 'It was used already, is too old, or belongs to another address. Where you comment you can ask for a new one.',
    },
  },
  'zh-Hans': {
    confirm: {
      title: '邮件通知回复',
      text: '您的评论被回复时，是否希望收到邮件通知？',
      button: '是，通知我',
    },
    confirmed: { title: '您将收到回复通知', text: '每封邮件中都有可停止通知的链接。' },
    stop: { title: '停止邮件', text: '您的评论被回复时，不再希望收到邮件通知？', button: '停止通知' },
    stopped: { title: '您将不再收到邮件', text: '您的地址已被删除。' },
    spent: {
      title: '此链接已失效',
      text: '它可能已被使用、已过期，或属于另一个地址。您可以在评论处重新申请。',
    },
  },
} satisfies Record<string, Record<string, MailPage>>

/** A small page that a link of a mail leads to. Opening it changes nothing: programs that look through mail open it, too. */
export function mailPage(
  c: Context<Env>,
  lang: 'en' | 'zh-Hans',
  which: keyof (typeof WORDS)['en'],
  { token = '', status = 200 }: { token?: string; status?: 200 | 404 | 410 } = {},
) {
  const { title, text, button }: MailPage = WORDS[lang][which]
  c.header('content-security-policy', POLICY)
  c.header('referrer-policy', 'no-referrer')
  c.header('cache-control', 'no-store')
  c.header('x-content-type-options', 'nosniff')
  c.header('x-robots-tag', 'noindex')
  const form = html`<form method="post"><input type="hidden" name="token" value="${token}"><button>${button ?? ''}</button></form>`
  return c.html(
    html`<!doctype html>
<html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>${title}</title></head>
<body><main><h1>${title}</h1><p>${text}</p>${button === undefined ? '' : form}</main></body></html>
`,
    status,
  )
}
