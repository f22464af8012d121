import { createHmac } from 'node:crypto'
import { z } from '@hono/zod-openapi'
import { type Challenge, createChallenge, verifySolution } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2'
import type { Deps, Work } from '../deps.ts'
import { fingerprint } from '../secrets.ts'

/** How long a challenge may be solved, in ms. */
const SOLVED_WITHIN_MS = 10 * 60_000
/** Rounds of PBKDF2 that one guess takes, for each sign that speaks against an attempt. One in 256 guesses is right. */
const COST = 1_500
const MOST_SIGNS = 4
const ALGORITHM = 'PBKDF2/SHA-256'

/** A proof that is right; it can be used once. */
export interface CheckedProof {
  hash: string
  expiresAt: number
}

/** Our own secret, made one of its own for this. */
const signingSecret = async ({ secret }: Deps): Promise<string> =>
  createHmac('sha256', await secret())
    .update('comment proof')
    .digest('base64url')

/**
 * A challenge for a site (ALTCHA v2: PBKDF2/SHA-256, the key of the right counter begins with 00), harder the more
 * speaks against an attempt. Nothing is kept of it: it is signed.
 */
export async function newChallenge(deps: Deps, site: string, signs: number): Promise<Challenge> {
  return createChallenge({
    algorithm: ALGORITHM,
    cost: COST * (1 + Math.min(signs, MOST_SIGNS)),
    deriveKey,
    hmacSignatureSecret: await signingSecret(deps),
    // Of our clock, not the library's.
    data: { site, until: deps.now() + SOLVED_WITHIN_MS },
  })
}

const hex = z.string().regex(/^[0-9a-f]{1,128}$/)
const Payload = z.object({
  challenge: z.object({
    parameters: z.object({
      algorithm: z.literal(ALGORITHM),
      nonce: hex,
      salt: hex,
      cost: z.int().min(1),
      keyLength: z.int().min(1),
      keyPrefix: hex,
      data: z.object({ site: z.string(), until: z.int() }),
    }),
    signature: hex,
  }),
  solution: z.object({ counter: z.int().min(0), derivedKey: hex }),
})

/** Checks a solved challenge, as base64 of JSON; none where it is no proof, not of this site, or too old. */
export async function checkProof(deps: Deps, site: string, proof: string): Promise<CheckedProof | undefined> {
  const { success, data: payload } = Payload.safeParse(decoded(proof))
  if (!success) return undefined
  const { challenge, solution } = payload
  const { data } = challenge.parameters
  if (data.site !== site || data.until <= deps.now()) return undefined
  const { verified } = await verifySolution({
    challenge,
    solution,
    deriveKey,
    hmacSignatureSecret: await signingSecret(deps),
  })
  return verified ? { hash: fingerprint(challenge.signature), expiresAt: data.until } : undefined
}

function decoded(proof: string): unknown {
  try {
    return JSON.parse(Buffer.from(proof, 'base64').toString('utf8'))
  } catch {
    return undefined // it is no JSON: no proof
  }
}

/** Uses a proof up; answers whether it was not used before. */
export async function spendProof(
  { db }: Work,
  site: string,
  { hash, expiresAt }: CheckedProof,
): Promise<boolean> {
  const spent = await db
    .insertInto('spent_proof')
    .values({ site_id: site, hash, expires_at: expiresAt })
    .onConflict((conflict) => conflict.columns(['site_id', 'hash']).doNothing())
    .returning('hash')
    .executeTakeFirst()
  return spent !== undefined
}
