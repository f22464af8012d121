import type { Context, MiddlewareHandler } from 'hono'
import { AppError } from './errors.ts'
import type { Env } from './http.ts'

/** A bucket refills `perMinute` tokens a minute and holds `burst`. */
export interface Limit {
  perMinute: number
  burst: number
}

/** Buckets kept before the full ones are dropped. */
const MAX_BUCKETS = 50_000

/** Token buckets by key. */
export class RateLimiter {
  readonly #buckets = new Map<string, { tokens: number; at: number }>()
  readonly #limit: Limit

  constructor(limit: Limit) {
    this.#limit = limit
  }

  /** Takes one token; answers 0, or the seconds until there is one. */
  take(key: string, now: number): number {
    const { perMinute, burst } = this.#limit
    const bucket = this.#buckets.get(key) ?? { tokens: burst, at: now }
    const tokens = Math.min(burst, bucket.tokens + (Math.max(0, now - bucket.at) * perMinute) / 60_000)
    if (!this.#buckets.has(key) && this.#buckets.size >= MAX_BUCKETS) this.#drop(now)
    this.#buckets.set(key, { tokens: tokens >= 1 ? tokens - 1 : tokens, at: now })
    return tokens >= 1 ? 0 : ((1 - tokens) * 60) / perMinute
  }

  /** Forgets the buckets that have refilled by now; all of them if none has. */
  #drop(now: number): void {
    const { perMinute, burst } = this.#limit
    for (const [key, { tokens, at }] of this.#buckets) {
      if (tokens + ((now - at) * perMinute) / 60_000 >= burst) this.#buckets.delete(key)
    }
    if (this.#buckets.size >= MAX_BUCKETS) this.#buckets.clear()
  }
}

/** The address a request comes from, counting `trusted` proxies from the right of X-Forwarded-For. */
export function clientAddress(c: Context<Env>, trusted: number): string {
  const peer = c.env?.incoming?.socket?.remoteAddress ?? 'unknown'
  if (trusted === 0) return peer
  const forwarded = (c.req.header('x-forwarded-for') ?? '').split(',').map((hop) => hop.trim())
  return forwarded.at(-trusted) || forwarded[0] || peer
}

/** Addresses that one household or machine holds as one: IPv4 whole, IPv6 by its /64, however it is written. */
export function network(address: string): string {
  if (address.includes('.') || !address.includes(':')) return address
  const [head = [], tail = []] = address.split('::').map((half) => half.split(':').filter(Boolean))
  const zeros = Array<string>(Math.max(0, 8 - head.length - tail.length)).fill('0')
  const groups = [...head, ...zeros, ...tail].slice(0, 4)
  return groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')
}

/** Limits a group of routes by network and site. A secret key is its owner's own and is not limited. */
export function rateLimited(limit: Limit): MiddlewareHandler<Env> {
  const limiter = new RateLimiter(limit)
  return async (c, next) => {
    const { config, now } = c.get('deps')
    if (config.rateLimit && !c.get('proved')) {
      const key = `${c.get('site')?.id ?? ''} ${network(clientAddress(c, config.trustProxy))}`
      const retryAfter = limiter.take(key, now())
      if (retryAfter > 0)
        throw new AppError('rate_limited', 'Too many requests; try again later', { retryAfter })
    }
    await next()
  }
}
