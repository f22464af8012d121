import type { Context, MiddlewareHandler } from 'hono'
import { getCookie } from 'hono/cookie'
import { AppError } from './errors.ts'
import type { Env } from './http.ts'
import { visitorKey } from './identity/find-person.ts'
import { isRetired } from './identity/sessions.ts'
import { mayModerate, roleOfKey, roleOfPerson } from './identity/staff.ts'
import { fingerprint } from './secrets.ts'
import { type Role, siteByOwnerSession } from './sites/find-site.ts'
import type { Site } from './sites/site.ts'

/** The cookie that keeps an owner signed in on the server's own origin. */
export const OWNER_COOKIE = 'grapevine_owner'

const bearer = (c: Context<Env>): string | undefined =>
  /^Bearer +(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1]

/**
 * For what pages call: `X-Grapevine-Site` names the site, whose origins alone may call it, and a bearer token the
 * visitor. For what servers call: a secret key as bearer proves the site.
 */
export const asPage: MiddlewareHandler<Env> = async (c, next) => {
  const token = bearer(c)
  const site = token?.startsWith('sk_') ? await provedSite(c, token) : await pageSite(c)
  c.set('site', site)
  c.set('proved', token?.startsWith('sk_') === true)
  c.set('visitor', token === undefined || c.get('proved') ? undefined : await visitorOf(c, site, token))
  await next()
}

/** For what owners read: a secret key, or the session of somebody signed in to the dashboard. */
export const asOwner: MiddlewareHandler<Env> = async (c, next) => {
  const key = bearer(c)
  c.set('proved', key !== undefined)
  if (key !== undefined) {
    c.set('site', await provedSite(c, key))
    c.set('role', 'owner')
    c.set('actor', `secret key …${key.slice(-4)}`)
  } else {
    const role = await readSession(c)
    if (role === 'moderator') throw new AppError('forbidden', 'A moderator may not do this: ask the owner')
  }
  c.header('cache-control', 'private, no-store')
  await next()
}

/** Reads the session of somebody signed in to the dashboard: their site, and who acts. */
async function readSession(c: Context<Env>): Promise<Role> {
  const session = getCookie(c, OWNER_COOKIE)
  const opened = session && (await siteByOwnerSession(c.get('deps').read, session, c.get('deps').now()))
  if (!opened) throw new AppError('unauthorized', 'Sign in, or send a secret key: Authorization: Bearer sk_…')
  const { site, person } = opened
  // A person's session is worth what their role is now.
  const role = person === null ? opened.role : await roleOfPerson(c.get('deps').read, site.id, person)
  if (role === 'member') throw new AppError('unauthorized', 'You no longer help to run this site')
  c.set('site', site)
  c.set('actor', `${role}, ${person ? `person ${person}` : `session ${fingerprint(session).slice(0, 6)}`}`)
  if (person) c.set('staff', person)
  c.set('role', role)
  return role
}

/**
 * For what moderators do: a secret key, a session of the dashboard of any role, or on the site's pages the token of a
 * person whose role says so.
 */
export const asModerator: MiddlewareHandler<Env> = async (c, next) => {
  c.header('cache-control', 'private, no-store')
  if (bearer(c)?.startsWith('sk_')) return asOwner(c, next)
  if (c.req.header('x-grapevine-site') === undefined) {
    c.set('proved', false)
    await readSession(c)
    return next()
  }
  return asPage(c, async () => {
    const visitor = c.get('visitor')
    const { read } = c.get('deps')
    if (visitor === undefined)
      throw new AppError('unauthorized', "Send the person's token: Authorization: Bearer pt_…")
    const person = await roleOfKey(read, c.get('site').id, visitor)
    if (!person || !mayModerate(person.role)) throw new AppError('forbidden', 'Only moderators may do this')
    c.set('actor', `${person.role}, person ${person.id}`)
    c.set('staff', person.id)
    c.set('role', person.role)
    await next()
  })
}

/** For what only the site's own servers may do: a secret key, never a session or a page. */
export const asServer: MiddlewareHandler<Env> = (c, next) => {
  const key = bearer(c)
  if (key === undefined) throw new AppError('unauthorized', 'Send a secret key: Authorization: Bearer sk_…')
  if (!key.startsWith('sk_')) throw new AppError('forbidden', 'This takes a secret key')
  return asOwner(c, next)
}

/** For what an owner may see of everybody, and a person of their own on the site's pages. */
export const asOwnerOrPage: MiddlewareHandler<Env> = async (c, next) => {
  const ofPage = c.req.header('x-grapevine-site') !== undefined && !bearer(c)?.startsWith('sk_')
  if (ofPage) c.header('cache-control', 'private, no-store')
  return (ofPage ? asPage : asOwner)(c, next)
}

async function provedSite(c: Context<Env>, key: string): Promise<Site> {
  const site = key.startsWith('sk_') ? await c.get('deps').sites.byKey(key) : undefined
  if (!site) throw new AppError('unauthorized', 'No site has this secret key')
  return site
}

async function pageSite(c: Context<Env>): Promise<Site> {
  const key = c.req.header('x-grapevine-site')
  if (!key) throw new AppError('unauthorized', 'Say which site this is for: X-Grapevine-Site: pk_…')
  const site = key.startsWith('pk_') ? await c.get('deps').sites.byKey(key) : undefined
  if (!site)
    throw new AppError('unauthorized', 'No site has this publishable key', { field: 'X-Grapevine-Site' })
  // One address has an answer for each site: no cache takes one for another's.
  c.header('vary', 'origin, x-grapevine-site')
  const origin = c.req.header('origin')
  if (origin !== undefined) {
    if (!site.origins.includes(origin))
      throw new AppError('forbidden', `${origin} is not one of the site's origins`)
    c.header('access-control-allow-origin', origin)
  }
  return site
}

function personToken(token: string): string {
  if (!/^pt_[0-9A-Za-z_-]{32,64}$/.test(token)) {
    throw new AppError('unauthorized', "A person's token is pt_ and 32 or more random URL-safe characters")
  }
  return token
}

/** Where one comes to get a token in place of one that works no longer. */
const SIGN_IN = /^\/v1\/sign-in\//

/** The hash of a person's token, which may be nobody's yet, but is none that was given back. */
async function visitorOf(c: Context<Env>, site: Site, token: string): Promise<string | undefined> {
  const visitor = visitorKey({ token: personToken(token) })
  if (!(await isRetired(c.get('deps').read, site.id, visitor))) return visitor
  if (!SIGN_IN.test(c.req.path))
    throw new AppError('unauthorized', 'This token works no longer: forget it, and sign in again')
  return undefined
}

/** Lets a page of the site read why it was refused, however early: what it cannot read it would send again. */
export async function explainToPage(c: Context<Env>): Promise<void> {
  const origin = c.req.header('origin')
  const key = c.req.header('x-grapevine-site')
  if (!origin || !key?.startsWith('pk_')) return
  const site = await c
    .get('deps')
    .sites.byKey(key)
    .catch(() => undefined)
  if (!site?.origins.includes(origin)) return
  c.header('access-control-allow-origin', origin)
  c.header('vary', 'origin, x-grapevine-site')
}

/** Answers a browser's question whether a page may call; which origins may is decided by the call itself. */
export const preflight: MiddlewareHandler<Env> = async (c, next) => {
  if (c.req.method !== 'OPTIONS' || !c.req.header('access-control-request-method')) return next()
  return c.body(null, 204, {
    'access-control-allow-origin': c.req.header('origin') ?? '*',
    'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE',
    'access-control-allow-headers': 'authorization, content-type, idempotency-key, x-grapevine-site',
    'access-control-max-age': '7200',
    vary: 'origin',
  })
}
