import { hash, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'

/** What an issuer does otherwise than it should, or than most do. */
export interface Odd {
  /** Claims of the ID token in place of the right ones; `undefined` leaves one out. */
  claims?: Record<string, unknown>
  userinfo?: Record<string, unknown>
  /** Signs with a key that is not among its published ones. */
  foreignKey?: boolean
  /** Signs with the client's secret, as no third can check. */
  symmetric?: boolean
  tokenStatus?: number
}

export const CLIENT = { id: 'client-1', secret: 'client secret: %&+' }

/** A GitHub and an OpenID Connect issuer over HTTP, with their own keys. They check what they are sent. */
export async function startIssuer() {
  const { publicKey, privateKey } = await generateKeyPair('ES256')
  const foreign = await generateKeyPair('ES256')
  const jwk = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'ES256', use: 'sig' }
  const codes = new Map<string, { challenge: string; redirect: string; nonce: string; odd: Odd }>()
  const tokens = new Map<string, Odd>()
  const asked: string[] = []
  const state = { discovery: {} as Record<string, unknown> }

  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    void answer(request, response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  async function answer(request: IncomingMessage, response: ServerResponse) {
    if (request.url?.startsWith('/authorize?')) {
      const sent = new URL(request.url, url)
      const back = new URL(sent.searchParams.get('redirect_uri') ?? url)
      for (const [name, value] of Object.entries(letIn(sent.href))) back.searchParams.set(name, value)
      return response.writeHead(302, { location: back.href }).end()
    }
    const say = (body: unknown, status = 200) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? ''
    switch (request.url) {
      case '/.well-known/openid-configuration':
        return say({
          issuer: url,
          authorization_endpoint: `${url}/authorize`,
          token_endpoint: `${url}/token`,
          jwks_uri: `${url}/keys`,
          ...state.discovery,
        })
      case '/keys':
        return say({ keys: [jwk] })
      case '/token':
      case '/login/oauth/access_token':
        return exchange(request, say)
      case '/userinfo':
        return tokens.has(bearer) ? say(tokens.get(bearer)?.userinfo ?? {}) : say({}, 401)
      case '/api/v3/user':
        return tokens.has(bearer)
          ? say({ id: 583231, login: 'octocat', name: 'Mona Lisa', ...tokens.get(bearer)?.userinfo })
          : say({}, 401)
      case '/api/v3/user/emails':
        return say([
          { email: 'other@example.com', primary: false, verified: true },
          { email: 'mona@example.com', primary: true, verified: true },
        ])
      default:
        return say({}, 404)
    }
  }

  async function exchange(request: IncomingMessage, say: (body: unknown, status?: number) => unknown) {
    let body = ''
    for await (const part of request) body += part
    const form = new URLSearchParams(body)
    const code = form.get('code') ?? ''
    const known = codes.get(code)
    codes.delete(code)
    const basic = `Basic ${Buffer.from('client-1:client+secret%3A+%25%26%2B').toString('base64')}`
    const proved = request.headers.authorization === basic || form.get('client_secret') === CLIENT.secret
    const verifier = hash('sha256', form.get('code_verifier') ?? '', 'base64url')
    if (!known || !proved || verifier !== known.challenge || form.get('redirect_uri') !== known.redirect)
      return say({ error: 'invalid_grant' }, 400)
    const { odd, nonce } = known
    const access_token = randomUUID()
    tokens.set(access_token, odd)
    const now = Math.floor(clock.now() / 1000)
    const claims = {
      iss: url,
      aud: CLIENT.id,
      sub: 'user 7',
      iat: now,
      exp: now + 300,
      nonce,
      name: 'Ada',
      email: 'ada@example.com',
      email_verified: true,
      ...odd.claims,
    }
    const token = new SignJWT(
      Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined)),
    )
    const id_token = odd.symmetric
      ? await token
          .setProtectedHeader({ alg: 'HS256' })
          .sign(new TextEncoder().encode(CLIENT.secret.padEnd(32)))
      : await token
          .setProtectedHeader({ alg: 'ES256', kid: 'k1' })
          .sign(odd.foreignKey ? foreign.privateKey : privateKey)
    return say({ access_token, token_type: 'bearer', id_token }, odd.tokenStatus)
  }

  /** Lets somebody in who was sent here; answers the query that they go back with. */
  function letIn(authorize: string, odd: Odd = {}): { code: string; state: string } {
    const query = new URL(authorize).searchParams
    const code = randomUUID()
    codes.set(code, {
      challenge: query.get('code_challenge') ?? '',
      redirect: query.get('redirect_uri') ?? '',
      nonce: query.get('nonce') ?? '',
      odd,
    })
    return { code, state: query.get('state') ?? '' }
  }

  /** Whose clock tokens go by. */
  const clock = { now: () => Date.now() }
  return {
    url,
    clock,
    asked,
    /** What its discovery document says otherwise. */
    says: (discovery: Record<string, unknown>) => {
      state.discovery = discovery
    },
    letIn,
    async close() {
      server.close()
      server.closeAllConnections()
    },
  }
}
export type Issuer = Awaited<ReturnType<typeof startIssuer>>
