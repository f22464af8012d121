import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { fetchOutbound, OutboundError } from '../outbound.ts'

const MINUTE_MS = 60_000
/** How long a host's keys are taken as known, in ms, and how soon they are asked for again over one that is not among them. */
const KNOWN_MS = 5 * MINUTE_MS
const AGAIN_MS = MINUTE_MS
/** Hosts whose keys are kept. */
const MOST_HOSTS = 1000
/** Largest set of keys, in bytes. */
const MOST_BYTES = 64 * 1024

/** Whether a published key is what went wrong: it is too short, or cannot be read. jose has no error of its own for that. */
export const isKeyFault = (error: unknown): boolean =>
  error instanceof TypeError || error instanceof DOMException

interface Known {
  at: number
  keys: Promise<JWTVerifyGetKey>
}

/** The public keys that hosts sign with (RFC 7517), asked for when they are needed. */
export class KeySets {
  readonly #known = new Map<string, Known>()

  /** Finds the key that a token names, in a host's set. A key that is not there may be new: the set is asked for again. */
  find(deps: Pick<Deps, 'config' | 'now'>, url: string): JWTVerifyGetKey {
    return async (header, token) => {
      try {
        return await (await this.#keys(deps, url, KNOWN_MS))(header, token)
      } catch (error) {
        if (!(error instanceof errors.JWKSNoMatchingKey)) throw error
        return (await this.#keys(deps, url, AGAIN_MS))(header, token)
      }
    }
  }

  #keys(deps: Pick<Deps, 'config' | 'now'>, url: string, forMs: number): Promise<JWTVerifyGetKey> {
    const at = deps.now()
    const known = this.#known.get(url)
    if (known && at - known.at < forMs) return known.keys
    if (this.#known.size >= MOST_HOSTS) this.#known.clear()
    // A host that cannot be asked just now still has the keys that were known of it.
    const keys = known ? askFor(deps, url).catch(() => known.keys) : askFor(deps, url)
    this.#known.set(url, { at, keys })
    keys.catch(() => {
      if (this.#known.get(url)?.keys === keys) this.#known.delete(url)
    })
    return keys
  }
}

async function askFor(deps: Pick<Deps, 'config'>, url: string): Promise<JWTVerifyGetKey> {
  try {
    const { status, body } = await fetchOutbound(deps, url, {
      headers: { accept: 'application/jwk-set+json, application/json' },
      maxBytes: MOST_BYTES,
    })
    if (status === 200) return createLocalJWKSet(JSON.parse(body) as JSONWebKeySet)
  } catch (error) {
    if (
      !(error instanceof OutboundError || error instanceof SyntaxError || error instanceof errors.JOSEError)
    )
      throw error
  }
  throw new AppError('unavailable', 'The keys that this site signs with cannot be read just now; try again', {
    retryAfter: 10,
  })
}
