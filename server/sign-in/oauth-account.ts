import { z } from '@hono/zod-openapi'
import { createLocalJWKSet, errors, type JSONWebKeySet, jwtVerify } from 'jose'
import { NAME_LENGTH } from '../contract/models.ts'
import { line } from '../contract/people.ts'
import { MailAddress } from '../contract/values.ts'
import type { Deps } from '../deps.ts'
import { isKeyFault } from './key-sets.ts'
import { askProvider, type Endpoints } from './oauth-endpoints.ts'
import { SignInFailed } from './page.ts'

/** Somebody as a provider knows them. `mail` is one that the provider says is theirs. */
export interface Account {
  /** `issuer id`: what they are known by. */
  subject: string
  name: string | null
  mail: string | null
}

/** What the code is exchanged with. */
export interface Exchange {
  clientId: string
  clientSecret: string | undefined
  callback: string
  code: string
  /** PKCE (RFC 7636). */
  verifier: string
  nonce: string
}

type Calling = Pick<Deps, 'config' | 'now'>

/** Exchanges a code for whom it stands for. Throws `SignInFailed` where the provider does not say so beyond doubt. */
export async function accountOf(deps: Calling, endpoints: Endpoints, exchange: Exchange): Promise<Account> {
  const tokens = await tokensFor(deps, endpoints, exchange)
  return endpoints.kind === 'github'
    ? githubAccount(deps, endpoints.api, endpoints.issuer, tokens.access_token)
    : oidcAccount(deps, endpoints, exchange, tokens)
}

const Tokens = z.object({ access_token: z.string().min(1), id_token: z.string().optional() })
type Tokens = z.output<typeof Tokens>

function tokensFor(deps: Calling, endpoints: Endpoints, exchange: Exchange): Promise<Tokens> {
  const { clientId, clientSecret, callback, code, verifier } = exchange
  const inBody = endpoints.kind === 'github' || endpoints.secretInBody || clientSecret === undefined
  const form = new URLSearchParams({
    grant_type: 'authorization_code',
    code,
    redirect_uri: callback,
    code_verifier: verifier,
    ...(inBody ? { client_id: clientId } : {}),
    ...(inBody && clientSecret !== undefined ? { client_secret: clientSecret } : {}),
  })
  const basic = `Basic ${Buffer.from(`${formEncoded(clientId)}:${formEncoded(clientSecret ?? '')}`).toString('base64')}`
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    ...(inBody ? {} : { authorization: basic }),
  }
  return askProvider(deps, endpoints.token, { method: 'POST', headers, body: form.toString() }, Tokens)
}

/** RFC 6749 §2.3.1: encoded before they are joined. */
const formEncoded = (text: string): string => new URLSearchParams({ '': text }).toString().slice(1)

/** Signatures by a key pair only: a secret that is shared with the provider proves nothing to a third. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA']

const Keys = z.looseObject({ keys: z.array(z.looseObject({ kty: z.string() })) })

/** Claims that are read (OpenID Connect Core 1.0 §5.1). Some send `email_verified` as a text. */
const Claims = z.object({
  sub: z.string().regex(/^[\x20-\x7e]{1,255}$/),
  azp: z.string().optional(),
  nonce: z.string().optional(),
  name: z.unknown().optional(),
  preferred_username: z.unknown().optional(),
  email: z.unknown().optional(),
  email_verified: z.unknown().optional(),
})
type Claims = z.output<typeof Claims>

async function oidcAccount(
  deps: Calling,
  endpoints: Endpoints & { kind: 'oidc' },
  { clientId, nonce }: Exchange,
  { access_token, id_token }: Tokens,
): Promise<Account> {
  const keys = createLocalJWKSet((await askProvider(deps, endpoints.keys, {}, Keys)) as JSONWebKeySet)
  const { payload } = await jwtVerify(id_token ?? '', keys, {
    issuer: endpoints.issuer,
    audience: clientId,
    algorithms: ALGORITHMS,
    clockTolerance: 60,
    currentDate: new Date(deps.now()),
    requiredClaims: ['sub', 'exp', 'iat', 'nonce'],
  }).catch((error: unknown) => {
    throw error instanceof errors.JOSEError || isKeyFault(error)
      ? new SignInFailed('provider', `ID token: ${(error as Error).message}`)
      : error
  })
  const claims = Claims.safeParse(payload).data
  if (!claims || claims.nonce !== nonce) throw new SignInFailed('provider', 'ID token: not for this sign-in')
  const { aud } = payload
  if ((claims.azp ?? clientId) !== clientId || (Array.isArray(aud) && aud.length > 1 && !claims.azp))
    throw new SignInFailed('provider', 'ID token: given to another client')
  const told =
    claims.email && claimedName(claims) ? claims : await withUserinfo(deps, endpoints, claims, access_token)
  return {
    subject: `${endpoints.issuer} ${claims.sub}`,
    name: claimedName(told),
    mail: String(told.email_verified) === 'true' ? mailOf(told.email) : null,
  }
}

/** What the token leaves out, as some providers keep names and mail for the userinfo endpoint (§5.3). */
async function withUserinfo(
  deps: Calling,
  { userinfo }: Endpoints & { kind: 'oidc' },
  claims: Claims,
  token: string,
): Promise<Claims> {
  if (userinfo === undefined) return claims
  const headers = { authorization: `Bearer ${token}` }
  const more = await askProvider(deps, userinfo, { headers }, Claims)
  // §5.3.2: another subject's answer must not be used.
  return more.sub === claims.sub ? { ...claims, ...more } : claims
}

const claimedName = (claims: Claims): string | null =>
  nameOf(claims.name) ?? nameOf(claims.preferred_username)

const GithubUser = z.object({ id: z.int().positive(), login: z.string(), name: z.unknown().optional() })
const GithubMails = z.array(z.object({ email: z.string(), primary: z.boolean(), verified: z.boolean() }))

async function githubAccount(deps: Calling, api: string, issuer: string, token: string): Promise<Account> {
  const headers = { authorization: `Bearer ${token}`, accept: 'application/vnd.github+json' }
  const [user, mails] = await Promise.all([
    askProvider(deps, `${api}/user`, { headers }, GithubUser),
    askProvider(deps, `${api}/user/emails`, { headers }, GithubMails),
  ])
  const mail = mails.find(({ primary, verified }) => primary && verified)
  return {
    subject: `${issuer} ${user.id}`,
    name: nameOf(user.name) ?? nameOf(user.login),
    mail: mailOf(mail?.email),
  }
}

/** A name that may be kept here, out of one that is kept elsewhere by other rules; null where nothing is left. */
export function nameOf(told: unknown): string | null {
  if (typeof told !== 'string') return null
  const plain = told
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ')
  const cut = [...new Intl.Segmenter().segment(plain.trim().slice(0, 10 * NAME_LENGTH))]
    .map(({ segment }) => segment)
    .reduce((name, next) => (name.length + next.length > NAME_LENGTH ? name : name + next), '')
  return line(NAME_LENGTH).safeParse(cut).data ?? null
}

const mailOf = (told: unknown): string | null => {
  const mail = MailAddress.safeParse(typeof told === 'string' ? told.normalize('NFC') : told).data
  return mail?.isWellFormed() ? mail : null
}
