import type { Context } from 'hono'
import { html } from 'hono/html'
import type { Env } from '../http.ts'
import type { Language } from '../language.ts'

/** Why signing in at the server's own origin came to nothing; the page has a sentence for each. */
export type SignInFault = 'link' | 'origin' | 'unavailable' | 'expired' | 'denied' | 'provider'

const STATUS = { link: 400, origin: 403, unavailable: 404, expired: 200, denied: 200, provider: 200 } as const

/** Something that is told on the page, in place of an error in JSON. */
export class SignInFailed extends Error {
  readonly fault: SignInFault

  constructor(fault: SignInFault, message: string) {
    super(message)
    this.name = 'SignInFailed'
    this.fault = fault
  }

  get status(): 200 | 400 | 403 | 404 {
    return STATUS[this.fault]
  }
}

/** What the page's script is told. `origin` is the one that it may hand anything to: one of the site's own. */
export interface PageData {
  step: 'hand-over' | 'passkey' | 'new-passkey'
  lang: Language
  origin?: string
  ticket?: string
  fault?: SignInFault
  /** The site's publishable key. */
  site?: string
  challenge?: string
}

/** Nothing but its own script and style: neither a string that becomes code nor a frame around it. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; " +
  "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"

const WORDS = {
  en: { title: 'Sign in', script: 'This page needs JavaScript.' },
  'zh-Hans': { title: '登录', script: '此页面需要 JavaScript。' },
}

/** A small page at the server's own origin, for a pop-up. Its script says what there is to say. */
export function signInPage(c: Context<Env>, data: PageData, status: 200 | 400 | 403 | 404 = 200) {
  const { title, script } = WORDS[data.lang]
  const base = new URL(c.get('deps').config.publicUrl).pathname.replace(/\/$/, '')
  c.header('content-security-policy', POLICY)
  c.header('referrer-policy', 'no-referrer')
  c.header('cache-control', 'no-store')
  c.header('x-content-type-options', 'nosniff')
  return c.html(
    html`<!doctype html>
<html lang="${data.lang}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <meta name="color-scheme" content="light dark" />
    <meta name="robots" content="noindex" />
    <title>${title}</title>
    <link rel="stylesheet" href="${base}/sign-in.css" />
    <script type="module" src="${base}/sign-in.js"></script>
  </head>
  <body>
    <main data-base="${base}" data-told="${JSON.stringify(data)}"><noscript>${script}</noscript></main>
  </body>
</html>
`,
    status,
  )
}

/** The style of the pages. */
export const SIGN_IN_STYLES = `:root {
  color-scheme: light dark;
  font: 1rem/1.5 system-ui, sans-serif;
  color: light-dark(#1f2328, #e6e8eb);
  background: light-dark(#fff, #16181c);
}
body { margin: 0; display: grid; min-block-size: 100vh; place-items: center; }
main { box-sizing: border-box; inline-size: 100%; max-inline-size: 26rem; padding: 1.5rem; text-align: center; }
h1 { margin: 0 0 0.75rem; font-size: 1.25rem; overflow-wrap: anywhere; }
p { margin: 0 0 1rem; overflow-wrap: anywhere; }
p.fault { color: light-dark(#a40e26, #ff9492); }
label { display: block; margin-block-end: 1rem; text-align: start; }
input { box-sizing: border-box; inline-size: 100%; margin-block-start: 0.25rem; padding: 0.5rem; font: inherit;
  color: inherit; background: transparent; border: 1px solid light-dark(#6e7781, #8b949e); border-radius: 0.375rem; }
button { min-block-size: 2.75rem; padding: 0.5rem 1.25rem; font: inherit; font-weight: 600; cursor: pointer;
  color: light-dark(#fff, #16181c); background: light-dark(#5b21b6, #c4b5fd); border: 0; border-radius: 0.375rem; }
button + button { margin-inline-start: 0.5rem; color: inherit; background: transparent; font-weight: 400; }
button[disabled] { opacity: 0.6; cursor: default; }
:focus-visible { outline: 3px solid light-dark(#5b21b6, #c4b5fd); outline-offset: 2px; }
`
