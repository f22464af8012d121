import { z } from '@hono/zod-openapi'
import type { Deps } from '../deps.ts'
import { checkOutbound, fetchOutbound, type Outgoing } from '../outbound.ts'
import { SignInFailed } from './page.ts'
import type { KeptProvider } from './settings.ts'

/** Where a provider is spoken to. */
export type Endpoints = { issuer: string; authorize: string; token: string; scopes: string[] } & (
  | { kind: 'github'; api: string }
  | { kind: 'oidc'; keys: string; userinfo: string | undefined; secretInBody: boolean }
)

const url = z.string().max(2_000)
/** What is read of OpenID Connect Discovery 1.0 §3. */
const Discovery = z.object({
  issuer: url,
  authorization_endpoint: url,
  token_endpoint: url,
  jwks_uri: url,
  userinfo_endpoint: url.optional(),
  token_endpoint_auth_methods_supported: z.array(z.string()).optional(),
})

const GITHUB = 'https://github.com'
const GOOGLE = 'https://accounts.google.com'

/** JSON from a provider's address, by the rules for what owners configure. Throws where it is not of the shape. */
export async function askProvider<T extends z.ZodType>(
  deps: Pick<Deps, 'config'>,
  address: string,
  outgoing: Outgoing,
  shape: T,
): Promise<z.output<T>> {
  const { status, body } = await fetchOutbound(deps, address, {
    ...outgoing,
    headers: { accept: 'application/json', ...outgoing.headers },
  })
  const said = shape.safeParse(readJson(body))
  if (status !== 200 || !said.success)
    throw new SignInFailed('provider', `${address} answered ${status} and not what was expected`)
  return said.data
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Where a provider is spoken to: known of GitHub (or an Enterprise Server, its `issuer`), discovered of all others. */
export async function endpointsOf(
  deps: Pick<Deps, 'config'>,
  { kind, issuer }: Pick<KeptProvider, 'kind' | 'issuer'>,
): Promise<Endpoints> {
  if (kind === 'github') return githubAt(issuer?.replace(/\/+$/, '') ?? GITHUB)
  return discover(deps, kind === 'google' ? GOOGLE : (issuer ?? ''))
}

const githubAt = (base: string): Endpoints => ({
  kind: 'github',
  issuer: base,
  authorize: `${base}/login/oauth/authorize`,
  token: `${base}/login/oauth/access_token`,
  api: base === GITHUB ? 'https://api.github.com' : `${base}/api/v3`,
  scopes: ['read:user', 'user:email'],
})

async function discover(deps: Pick<Deps, 'config'>, issuer: string): Promise<Endpoints> {
  const base = issuer.replace(/\/+$/, '')
  const found = await askProvider(deps, `${base}/.well-known/openid-configuration`, {}, Discovery)
  // Whoever speaks for another issuer could pass its users off as this one's.
  if (found.issuer.replace(/\/+$/, '') !== base)
    throw new SignInFailed('provider', `${base} calls itself ${found.issuer}`)
  const methods = found.token_endpoint_auth_methods_supported ?? ['client_secret_basic']
  return {
    kind: 'oidc',
    issuer: found.issuer,
    authorize: checkOutbound(deps, found.authorization_endpoint).href,
    token: found.token_endpoint,
    keys: found.jwks_uri,
    userinfo: found.userinfo_endpoint,
    secretInBody: !methods.includes('client_secret_basic') && methods.includes('client_secret_post'),
    scopes: ['openid', 'profile', 'email'],
  }
}
