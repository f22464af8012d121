import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { ErrorAnswer } from '../contract/errors.ts'
import { Me } from '../contract/people.ts'
import { MailCode, MailSignIn, Merge, NewMailCode, SignedIn, SsoSignIn } from '../contract/sign-in.ts'
import { asPage } from '../credentials.ts'
import type { Work } from '../deps.ts'
import { AppError } from '../errors.ts'
import { body, createRouter, type Env, json, refusals } from '../http.ts'
import { once } from '../idempotency.ts'
import { personByKey, visitorKey } from '../identity/find-person.ts'
import { meOf } from '../identity/me.ts'
import { mailAccount } from '../identity/rules.ts'
import { endSessions } from '../identity/sessions.ts'
import type { Joining } from '../identity/take-over.ts'
import { languageOf } from '../language.ts'
import { RateLimiter, rateLimited } from '../rate-limit.ts'
import { KeySets } from './key-sets.ts'
import { sendCode, tryCode } from './mail-code.ts'
import { mergeGuest } from './merge-guest.ts'
import { keptSignIn } from './settings.ts'
import { signIn } from './sign-in.ts'
import { signInBySso } from './sign-in-by-sso.ts'
import { verifySso } from './verify-sso.ts'

const page = { tags: ['page'], security: [{ publishableKey: [], token: [] }] }

/** Codes that one site has sent, whoever asks. */
const PER_SITE = { perMinute: 60, burst: 300 }

const postMail = createRoute({
  ...page,
  method: 'post',
  path: '/v1/sign-in/mail',
  summary: 'Ask for a code of six digits by mail; the one sent before is void',
  middleware: [asPage, rateLimited({ perMinute: 3, burst: 10 })] as const,
  request: body(NewMailCode),
  responses: {
    202: json(MailCode, 'On its way, whether or not somebody is known by that address'),
    ...refusals,
  },
})

const postCode = createRoute({
  ...page,
  method: 'post',
  path: '/v1/sign-in/mail/code',
  summary: 'Sign in with the code: it is good for ten minutes, five attempts, and once',
  middleware: [asPage, rateLimited({ perMinute: 20, burst: 20 })] as const,
  request: body(MailSignIn),
  responses: { 200: json(SignedIn, 'Signed in'), ...refusals },
})

const postSso = createRoute({
  ...page,
  method: 'post',
  path: '/v1/sign-in/sso',
  summary: 'Sign in with a JWT that the host page’s own server signed',
  description:
    'HS256 with the secret, or RS256 or ES256 by the JWKS, as the owner has set up. `sub` (the host’s id of its user, ' +
    'and its customer id) and `exp` (at most a day ahead) are required; `aud` is the audience that the owner named, else ' +
    'the publishable key, and may be left out only with a secret; `iss` is checked where the owner named one. `name` and, ' +
    'with `email_verified`, `email` are taken where the member has none. `grapevine_role` (`moderator`, `admin`, or ' +
    '`member` to take it back) says what they may do here.',
  middleware: [asPage, rateLimited({ perMinute: 30, burst: 30 })] as const,
  request: body(SsoSignIn),
  responses: {
    200: json(SignedIn, 'Signed in'),
    ...refusals,
    503: json(ErrorAnswer, 'The JWKS cannot be read just now'),
  },
})

const deleteSession = createRoute({
  ...page,
  method: 'delete',
  path: '/v1/session',
  summary: 'Sign this browser out, or every browser of this person',
  middleware: [asPage, rateLimited({ perMinute: 30, burst: 30 })] as const,
  request: { query: z.object({ everywhere: z.enum(['true', 'false']).default('false') }) },
  responses: { 204: { description: 'The token works no longer' }, ...refusals },
})

const postMerge = createRoute({
  ...page,
  method: 'post',
  path: '/v1/me/merge',
  summary: 'What a guest did was done by this member: once, and for good',
  middleware: [asPage, rateLimited({ perMinute: 10, burst: 10 })] as const,
  request: body(Merge),
  responses: { 200: json(Me, 'The member'), ...refusals },
})

/** Signs a person out of the dashboard: another room keeps its sessions. */
type Leaving = (work: Work, site: string, person: string) => Promise<void>

/** How somebody becomes a member: by mail, or by the host page; how they leave; whom they were before. */
export function signInRoutes({ leaveDashboard, ...joining }: Joining & { leaveDashboard: Leaving }) {
  const perSite = new RateLimiter(PER_SITE)
  const keySets = new KeySets()
  return createRouter()
    .openapi(postMail, async (c) => {
      const deps = c.get('deps')
      const [site, { mail }] = [c.get('site').id, c.req.valid('json')]
      await expectMail(c)
      const retryAfter = deps.config.rateLimit ? perSite.take(site, deps.now()) : 0
      if (retryAfter > 0)
        throw new AppError('rate_limited', 'This site sends too many codes; try again later', { retryAfter })
      const asking = { mail, lang: languageOf(c), secret: await deps.secret() }
      return c.json(await deps.write((work) => sendCode(work, site, asking)), 202)
    })
    .openapi(postCode, async (c) => {
      const deps = c.get('deps')
      const [site, { mail, code }] = [c.get('site').id, c.req.valid('json')]
      await expectMail(c)
      const secret = await deps.secret()
      // The answer is no error yet: what was tried stays counted.
      const outcome = await deps.write(async (work) => {
        const tried = await tryCode(work, site, { mail, code, secret })
        if (tried !== 'right') return tried
        const identity = {
          kind: 'mail' as const,
          subject: mailAccount(mail) as string,
          data: { address: mail },
        }
        return signIn(work, site, { ...identity, mail, visitor: c.get('visitor'), ...joining })
      })
      if (typeof outcome === 'number')
        throw new AppError('invalid', `is not the one that was sent; attempts left: ${outcome}`, {
          field: 'code',
        })
      if (outcome === 'void')
        throw new AppError('conflict', 'is not good any more: ask for a new one', { field: 'code' })
      return personal(c).json(outcome, 200)
    })
    .openapi(postSso, async (c) => {
      const deps = c.get('deps')
      const site = c.get('site')
      const claims = await verifySso(deps, keySets, site, c.req.valid('json').token)
      const visitor = c.get('visitor')
      const signed = await deps.write((work) => signInBySso(work, site.id, claims, { visitor, ...joining }))
      return personal(c).json(signed, 200)
    })
    .openapi(deleteSession, async (c) => {
      const { everywhere } = c.req.valid('query')
      const site = c.get('site').id
      const visitor = visitorOf(c)
      await c.get('deps').write(async (work) => {
        const person = await personByKey(work.db, site, visitor)
        if (!person) return
        await endSessions(work, site, person, everywhere === 'true' ? undefined : visitor)
        if (everywhere === 'true') await leaveDashboard(work, site, person)
      })
      return c.body(null, 204)
    })
    .openapi(postMerge, async (c) => {
      const [site, visitor, input] = [c.get('site').id, visitorOf(c), c.req.valid('json')]
      const { answer } = await once(c, input, async (work) => {
        const member = await personByKey(work.db, site, visitor)
        if (!member) throw new AppError('forbidden', 'Sign in first: only a member can have been a guest')
        const guestKey = visitorKey({ token: input.guest })
        await mergeGuest(work, site, { member, guestKey, takeOver: joining.takeOver })
        return { status: 200, answer: await meOf(work.db, site, member) }
      })
      return personal(c).json(answer, 200)
    })
}

async function expectMail(c: Context<Env>): Promise<void> {
  const { mail } = await keptSignIn(c.get('deps').read, c.get('site').id)
  if (!mail) throw new AppError('forbidden', 'This site does not let anybody in by mail')
}

function personal<C extends Context<Env>>(c: C): C {
  c.header('cache-control', 'private, no-store')
  return c
}

function visitorOf(c: Context<Env>): string {
  const visitor = personal(c).get('visitor')
  if (visitor === undefined)
    throw new AppError('unauthorized', "Send the person's token: Authorization: Bearer pt_…")
  return visitor
}
