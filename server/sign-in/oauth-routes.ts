import { z } from '@hono/zod-openapi'
import { CodeChallengeMethod, generateCodeVerifier, generateState, OAuth2Client } from 'arctic'
import { type Context, Hono } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import type { Deps } from '../deps.ts'
import type { Env } from '../http.ts'
import { languageOf } from '../language.ts'
import { OutboundError } from '../outbound.ts'
import { rateLimited } from '../rate-limit.ts'
import { hashSecret } from '../secrets.ts'
import { type Account, accountOf } from './oauth-account.ts'
import { endpointsOf } from './oauth-endpoints.ts'
import { type PageData, SignInFailed, signInPage } from './page.ts'
import { callbackOf, type KeptProvider, keptSignIn, openSecret } from './settings.ts'
import { issueTicket, TICKET_MS, takeTicket } from './ticket.ts'
import { Opening, openerOf } from './ticket-opener.ts'
import { giveWord } from './ticket-word.ts'

/** What is kept while somebody is at the provider. `browser` is the hash of what the pop-up's cookie says. */
const Begun = Opening.extend({
  provider: z.string(),
  clientId: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  browser: z.string(),
  lang: z.enum(['en', 'zh-Hans']),
})
type Begun = z.output<typeof Begun>

/** Signing in by an account elsewhere, in a pop-up: there, and back. */
export const oauthRoutes = () =>
  new Hono<Env>()
    .use('/sign-in/oauth/*', rateLimited({ perMinute: 30, burst: 30 }))
    .get('/sign-in/oauth/:provider', async (c) => {
      const lang = languageOf(c)
      return told(c, { lang }, async (page) => {
        const { opening, site } = await openerOf(c)
        page.origin = opening.origin
        const deps = c.get('deps')
        const provider = await providerOf(deps, site.id, c.req.param('provider'))
        const endpoints = await endpointsOf(deps, provider)
        const begun: Begun = {
          ...opening,
          lang,
          provider: provider.id,
          clientId: provider.clientId,
          nonce: generateState(),
          verifier: generateCodeVerifier(),
          browser: hashSecret(browserOf(c)),
        }
        const { ticket } = await deps.write((work) => issueTicket(work, site.id, 'oauth', begun))
        const { authorize, scopes } = endpoints
        const url = clientOf(deps, site.id, provider).createAuthorizationURLWithPKCE(
          authorize,
          ticket,
          CodeChallengeMethod.S256,
          begun.verifier,
          scopes,
        )
        if (endpoints.kind === 'oidc') url.searchParams.set('nonce', begun.nonce)
        c.header('cache-control', 'no-store')
        c.header('referrer-policy', 'no-referrer')
        return c.redirect(url.href)
      })
    })
    .get('/sign-in/oauth/:site/:provider/callback', (c) =>
      told(c, { lang: languageOf(c) }, async (page) => {
        const deps = c.get('deps')
        const { state = '', code = '', error, iss } = c.req.query()
        const begun = await deps.write((work) => takeTicket(work, 'oauth', state, Begun))
        const browser = getCookie(c, cookieName(deps)) ?? ''
        if (
          !begun ||
          begun.site !== c.req.param('site') ||
          begun.data.provider !== c.req.param('provider') ||
          begun.data.browser !== hashSecret(browser)
        )
          throw new SignInFailed('expired', 'no such sign-in was begun by this browser')
        Object.assign(page, { origin: begun.data.origin, lang: begun.data.lang })
        if (error !== undefined || code === '')
          throw new SignInFailed(
            error === 'access_denied' ? 'denied' : 'provider',
            `the provider said ${error}`,
          )
        const account = await accountAt(deps, begun, { code, iss })
        const data = { provider: begun.data.provider }
        const identity = { kind: 'oauth' as const, ...account, data }
        const { ticket } = await deps.write((work) => giveWord(work, begun.site, begun.data, identity))
        return signInPage(c, { step: 'hand-over', ...page, ticket })
      }),
    )

type Telling = Pick<PageData, 'lang' | 'origin'>

/** Tells what went wrong on the page, and to the opener once it is known to be one of the site's own. */
async function told(
  c: Context<Env>,
  page: Telling,
  go: (page: Telling) => Promise<Response>,
): Promise<Response> {
  try {
    return await go(page)
  } catch (error) {
    const failed = error instanceof OutboundError ? new SignInFailed('provider', error.message) : error
    if (!(failed instanceof SignInFailed)) throw error
    const { fault, message } = failed
    if (fault === 'provider')
      c.get('deps').log.warn('sign-in failed', { requestId: c.get('requestId'), reason: message })
    return signInPage(c, { step: 'hand-over', ...page, fault }, failed.status)
  }
}

async function providerOf({ read }: Deps, site: string, id: string): Promise<KeptProvider> {
  const provider = (await keptSignIn(read, site)).providers.find((one) => one.id === id)
  if (!provider) throw new SignInFailed('unavailable', 'the site has no such provider')
  return provider
}

const clientOf = ({ config }: Deps, site: string, { id, clientId }: KeptProvider) =>
  new OAuth2Client(clientId, null, callbackOf(config.publicUrl, site, id))

/** Whom the code stands for, asked of the provider as it is set up now. */
async function accountAt(
  deps: Deps,
  { site, data }: { site: string; data: Begun },
  { code, iss }: { code: string; iss: string | undefined },
): Promise<Account> {
  const provider = await providerOf(deps, site, data.provider)
  const endpoints = await endpointsOf(deps, provider)
  // RFC 9207: an answer of another issuer is none to our question.
  if (provider.clientId !== data.clientId || (iss ?? endpoints.issuer) !== endpoints.issuer)
    throw new SignInFailed('provider', 'the answer is not of the provider that was asked')
  const clientSecret =
    provider.secret === null
      ? undefined
      : await openSecret(deps, site, provider.secret).catch(() => {
          throw new SignInFailed(
            'provider',
            'the client secret was sealed with another SECRET: enter it again',
          )
        })
  return accountOf(deps, endpoints, {
    clientId: provider.clientId,
    clientSecret,
    callback: callbackOf(deps.config.publicUrl, site, provider.id),
    code,
    verifier: data.verifier,
    nonce: data.nonce,
  })
}

const isSecure = ({ config }: Deps): boolean => config.publicUrl.startsWith('https:')
/** `__Host-` keeps other hosts of the domain from setting it. */
const cookieName = (deps: Deps): string => `${isSecure(deps) ? '__Host-' : ''}grapevine_oauth`

/** What binds a round trip to the browser that began it; one for all its pop-ups. */
function browserOf(c: Context<Env>): string {
  const deps = c.get('deps')
  const known = getCookie(c, cookieName(deps))
  const browser = known && /^[\w-]{43}$/.test(known) ? known : generateState()
  setCookie(c, cookieName(deps), browser, {
    path: '/',
    httpOnly: true,
    sameSite: 'Lax',
    secure: isSecure(deps),
    maxAge: TICKET_MS.oauth / 1000,
  })
  return browser
}
