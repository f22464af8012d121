import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { createRouter, type Env } from '../http.ts'
import { confirmMail } from '../identity/confirm-mail.ts'
import { languageOf } from '../identity/sign-in-page.ts'
import { mailPage } from './mail-page.ts'
import { stopMail } from './stop-mail.ts'

/** Largest form, in bytes: it holds a token. */
const FORM_LIMIT = 4_096

const page = { description: 'A small page', content: { 'text/html': { schema: z.string() } } }
const described = (method: 'get' | 'post', path: string, summary: string) =>
  createRoute({
    method,
    path,
    tags: ['anyone'],
    summary,
    request: { query: z.object({ token: z.string().max(300).optional() }) },
    ...(method === 'post' ? { middleware: bodyLimit({ maxSize: FORM_LIMIT }) } : {}),
    responses: { 200: page, 410: page },
  })

const getConfirm = described('get', '/mail/confirm', 'Asks whether an address wants to hear of replies')
const postConfirm = described('post', '/mail/confirm', 'Says yes for an address, once')
const getStop = described('get', '/mail/stop', 'Asks whether an address wants no more mail')
const postStop = described(
  'post',
  '/mail/stop',
  'Takes an address off the list; also by one click (RFC 8058)',
)

const tokenIn = (c: Context<Env>): string => c.req.query('token') ?? ''

/** The token of a form, or of the address that a mail program posts to by itself. */
async function tokenOf(c: Context<Env>): Promise<string> {
  const form = await c.req.parseBody().catch(() => ({}) as Record<string, unknown>)
  return typeof form.token === 'string' ? form.token : tokenIn(c)
}

/** What the links in our mails do. */
export const mailLinkRoutes = () =>
  createRouter()
    .openapi(getConfirm, (c) => mailPage(c, languageOf(c), 'confirm', { token: tokenIn(c) }) as never)
    .openapi(postConfirm, async (c) => {
      const token = await tokenOf(c)
      const site = /^([\w-]{1,64})\.[\w-]{32}$/.exec(token)?.[1]
      const done = site !== undefined && (await c.get('deps').write((work) => confirmMail(work, site, token)))
      return mailPage(c, languageOf(c), done ? 'confirmed' : 'spent', { status: done ? 200 : 410 }) as never
    })
    .openapi(getStop, (c) => mailPage(c, languageOf(c), 'stop', { token: tokenIn(c) }) as never)
    .openapi(postStop, async (c) => {
      const { write, secret } = c.get('deps')
      const [token, key] = [await tokenOf(c), await secret()]
      const done = await write((work) => stopMail(work, key, token))
      return mailPage(c, languageOf(c), done ? 'stopped' : 'spent', { status: done ? 200 : 410 }) as never
    })
