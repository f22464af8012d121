import { z } from '@hono/zod-openapi'
import { errors, type JWTPayload, type JWTVerifyOptions, jwtVerify } from 'jose'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { checkText } from '../input-gate.ts'
import { isKeyFault, type KeySets } from './key-sets.ts'
import { type KeptSignIn, keptSignIn, openSecret } from './settings.ts'

/** Clocks may differ by this much, in seconds. */
const TOLERANCE_S = 60
/** A token is good for a day at most, in seconds: what was lost is not good for ever. */
const MOST_AGE_S = 24 * 60 * 60

/**
 * What the host says of somebody. `grapevine_role` lets them help to run the site, or takes that back (`member`); without
 * it their role stays as it is. Other claims are nothing to us.
 */
const Claims = z.object({
  sub: z.string().min(1).max(128),
  exp: z.number(),
  iat: z.number().optional(),
  name: z.string().optional().catch(undefined),
  email: z.string().optional().catch(undefined),
  email_verified: z.boolean().optional().catch(undefined),
  grapevine_role: z.enum(['member', 'moderator', 'admin']).optional().catch(undefined),
})
export type SsoClaims = z.output<typeof Claims>

type Sso = KeptSignIn['sso']

/**
 * Reads the token that a host's server signed for its user. How it may be signed is the owner's word alone: HS256 with
 * the secret, or RS256 and ES256 by the keys that the host publishes (RFC 8725 §3.1), never what the token says.
 */
export async function verifySso(
  deps: Deps,
  keySets: KeySets,
  site: { id: string; publishableKey: string },
  token: string,
): Promise<SsoClaims> {
  const { sso } = await keptSignIn(deps.read, site.id)
  if (sso.secret === null && sso.jwksUrl === null)
    throw new AppError('forbidden', 'This site has not set up single sign-on')
  const now = deps.now()
  const options: JWTVerifyOptions = {
    currentDate: new Date(now),
    clockTolerance: TOLERANCE_S,
    requiredClaims: ['sub', 'exp'],
    ...(sso.issuer === null ? {} : { issuer: sso.issuer }),
  }
  try {
    const payload = await verified(deps, keySets, site.id, { token, sso, options })
    checkAudience(sso, payload, site.publishableKey)
    return checked(payload, now / 1000)
  } catch (error) {
    throw error instanceof errors.JOSEError ? refused(saidOf(error)) : error
  }
}

async function verified(
  deps: Deps,
  keySets: KeySets,
  site: string,
  { token, sso, options }: { token: string; sso: Sso; options: JWTVerifyOptions },
): Promise<JWTPayload> {
  // Published keys are the stronger word: who has them checks no shared secret.
  if (sso.jwksUrl !== null) {
    const keys = keySets.find(deps, sso.jwksUrl)
    const verifying = jwtVerify(token, keys, { ...options, algorithms: ['RS256', 'ES256'] })
    const { payload } = await verifying.catch((error: unknown) => {
      throw isKeyFault(error) ? refused('names a key that cannot be used') : error
    })
    return payload
  }
  const secret = new TextEncoder().encode(await openSecret(deps, site, sso.secret as string))
  return (await jwtVerify(token, secret, { ...options, algorithms: ['HS256'] })).payload
}

/**
 * A token is for this site: for the audience that the owner named, else for its publishable key. One that names nobody
 * is taken only where the secret is this site's alone.
 */
function checkAudience({ audience, jwksUrl }: Sso, { aud }: JWTPayload, publishableKey: string): void {
  const named = aud === undefined ? [] : [aud].flat()
  if (audience === null && jwksUrl === null && named.length === 0) return
  const wanted = audience ?? publishableKey
  if (!named.includes(wanted)) throw refused(`is for somebody else: its aud is not ${wanted}`)
}

function checked(payload: JWTPayload, now: number): SsoClaims {
  const { success, data: claims } = Claims.safeParse(payload)
  if (!success) throw refused('has no sub of 1 to 128 characters')
  checkText(claims.sub, 'token')
  const { exp, iat } = claims
  if (exp > now + MOST_AGE_S + TOLERANCE_S) throw refused('is good for more than a day')
  if (iat !== undefined && iat < now - MOST_AGE_S - TOLERANCE_S) throw refused('is older than a day')
  return claims
}

function saidOf(error: errors.JOSEError): string {
  if (error instanceof errors.JWTExpired) return 'has expired'
  if (error instanceof errors.JWTClaimValidationFailed)
    return error.reason === 'missing' ? `has no ${error.claim}` : `has a wrong ${error.claim}`
  if (error instanceof errors.JOSEAlgNotAllowed) return 'is not signed as this site signs'
  return 'is not signed by this site'
}

const refused = (message: string): AppError => new AppError('unauthorized', message, { field: 'token' })
