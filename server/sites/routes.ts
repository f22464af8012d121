import { createRoute } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { SignIn, Site, Sites } from '../contract/sites.ts'
import { asModerator, OWNER_COOKIE } from '../credentials.ts'
import { body, createRouter, type Env, json, refusals } from '../http.ts'
import { rateLimited } from '../rate-limit.ts'
import type { Role } from './find-site.ts'
import { SESSION_MS, signInOwner, signOutOwner } from './sign-in-owner.ts'
import type { Site as KnownSite } from './site.ts'

const postSession = createRoute({
  method: 'post',
  path: '/v1/owner/session',
  tags: ['owner'],
  summary: 'Sign in to the dashboard, with a one-time link or a secret key',
  middleware: [rateLimited({ perMinute: 10, burst: 10 })] as const,
  request: body(SignIn),
  responses: { 200: json(Site, 'Signed in: the session is in an HttpOnly cookie'), ...refusals },
})

const deleteSession = createRoute({
  method: 'delete',
  path: '/v1/owner/session',
  tags: ['owner'],
  summary: 'Sign out',
  security: [{ ownerCookie: [] }],
  responses: { 204: { description: 'Signed out' } },
})

const getSites = createRoute({
  method: 'get',
  path: '/v1/sites',
  tags: ['owner'],
  summary: 'The sites this owner is signed in to',
  security: [{ secretKey: [] }, { ownerCookie: [] }],
  middleware: [asModerator] as const,
  responses: { 200: json(Sites, 'The sites'), ...refusals },
})

const shown = ({ id, name, origins, publishableKey, createdAt }: KnownSite, role: Role): Site => ({
  id,
  name,
  origins,
  publishableKey,
  createdAt: new Date(createdAt).toISOString(),
  role,
})

const cookieOf = (c: Context<Env>) => ({
  path: '/',
  httpOnly: true,
  sameSite: 'Strict' as const,
  secure: c.get('deps').config.publicUrl.startsWith('https:'),
})

/** The owner's way in, and their sites. */
export const siteRoutes = () =>
  createRouter()
    .openapi(postSession, async (c) => {
      const credential = c.req.valid('json')
      const { site, session, role } = await c.get('deps').write((work) => signInOwner(work, credential))
      setCookie(c, OWNER_COOKIE, session, { ...cookieOf(c), maxAge: SESSION_MS / 1000 })
      return c.json(shown(site, role), 200)
    })
    .openapi(deleteSession, async (c) => {
      const session = getCookie(c, OWNER_COOKIE)
      if (session) await c.get('deps').write((work) => signOutOwner(work, session))
      deleteCookie(c, OWNER_COOKIE, cookieOf(c))
      return c.body(null, 204)
    })
    .openapi(getSites, (c) => c.json({ data: [shown(c.get('site'), c.get('role'))] }, 200))
