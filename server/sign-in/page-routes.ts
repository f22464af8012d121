import { type Context, Hono } from 'hono'
import type { Env } from '../http.ts'
import { languageOf } from '../language.ts'
import { SIGN_IN_STYLES, SignInFailed, signInPage } from './page.ts'
import { openerOf } from './ticket-opener.ts'

/** The pages at the server's own origin where passkeys live. What they do is in `widgets/sign-in/`. */
export const signInPageRoutes = () =>
  new Hono<Env>()
    .get('/sign-in.css', (c) => {
      c.header('cache-control', 'public, max-age=300')
      c.header('x-content-type-options', 'nosniff')
      return c.body(SIGN_IN_STYLES, 200, { 'content-type': 'text/css; charset=utf-8' })
    })
    .get('/sign-in/passkey', passkeyPage)
    .get('/sign-in/passkey/new', (c) => {
      const ticket = /^tk_\w{1,80}$/.exec(c.req.query('ticket') ?? '')?.[0]
      const lang = languageOf(c)
      return ticket
        ? signInPage(c, { step: 'new-passkey', lang, ticket })
        : signInPage(c, { step: 'hand-over', lang, fault: 'link' }, 400)
    })

async function passkeyPage(c: Context<Env>) {
  const lang = languageOf(c)
  try {
    const { opening } = await openerOf(c)
    return signInPage(c, { step: 'passkey', lang, ...opening })
  } catch (error) {
    if (!(error instanceof SignInFailed)) throw error
    return signInPage(c, { step: 'hand-over', lang, fault: error.fault }, error.status)
  }
}
