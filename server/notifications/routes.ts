import type { Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { AppError } from '../errors.ts'
import { createRouter, type Env } from '../http.ts'
import { confirmMail } from '../identity/confirm-mail.ts'
import { languageOf } from '../language.ts'
import { mailPage } from './mail-page.ts'
import { stopMail } from './stop-mail.ts'

/** Largest form, in bytes: it holds a token. */
const FORM_LIMIT = 4_096

const limited = bodyLimit({
  maxSize: FORM_LIMIT,
  onError: () => {
    throw new AppError('too_large', `The form is larger than ${FORM_LIMIT} bytes`)
  },
})

const tokenIn = (c: Context<Env>): string => c.req.query('token') ?? ''

/** The token of a form, or of the address that a mail program posts to by itself. */
async function tokenOf(c: Context<Env>): Promise<string> {
  const form = await c.req.parseBody().catch(() => ({}) as Record<string, unknown>)
  return typeof form.token === 'string' ? form.token : tokenIn(c)
}

/** What the links in our mails do: pages for people, and what their buttons, or mail programs by one click (RFC 8058), post. */
export const mailLinkRoutes = () => {
  const routes = createRouter()
  routes.get('/mail/confirm', (c) => mailPage(c, languageOf(c), 'confirm', { token: tokenIn(c) }))
  routes.post('/mail/confirm', limited, async (c) => {
    const token = await tokenOf(c)
    const site = /^([\w-]{1,64})\.[\w-]{32}$/.exec(token)?.[1]
    const done = site !== undefined && (await c.get('deps').write((work) => confirmMail(work, site, token)))
    return mailPage(c, languageOf(c), done ? 'confirmed' : 'spent', { status: done ? 200 : 410 })
  })
  routes.get('/mail/stop', (c) => mailPage(c, languageOf(c), 'stop', { token: tokenIn(c) }))
  routes.post('/mail/stop', limited, async (c) => {
    const { write, secret } = c.get('deps')
    const [token, key] = [await tokenOf(c), await secret()]
    const done = await write((work) => stopMail(work, key, token))
    return mailPage(c, languageOf(c), done ? 'stopped' : 'spent', { status: done ? 200 : 410 })
  })
  return routes
}
