import type { Context } from 'hono'
import { AppError } from '../errors.ts'
import type { Env } from '../http.ts'
import { clientAddress, network, RateLimiter } from '../rate-limit.ts'

/** How much faster than one person a network may be: a household, an office. */
const NETWORK = 3
/** When a network is so many times as fast as one person may be, its attempts look bad. */
const DOUBTFUL = 2

/** Buckets by how many times a minute, each limit with its own: a site's owner sets it. */
const limiters = new WeakMap<object, Map<string, RateLimiter>>()

function take(c: Context<Env>, kind: string, key: string, perMinute: number): number {
  const deps = c.get('deps')
  const known = limiters.get(deps) ?? new Map<string, RateLimiter>()
  limiters.set(deps, known)
  const limiter = known.get(`${kind} ${perMinute}`) ?? new RateLimiter({ perMinute, burst: perMinute })
  known.set(`${kind} ${perMinute}`, limiter)
  return limiter.take(`${c.get('site').id} ${key}`, deps.now())
}

const limited = (c: Context<Env>): boolean => c.get('deps').config.rateLimit && !c.get('proved')
const networkOf = (c: Context<Env>): string => network(clientAddress(c, c.get('deps').config.trustProxy))

/** Whether an attempt comes from a network that is fast, counting this one. */
export const isFastNetwork = (c: Context<Env>, perMinute: number): boolean =>
  limited(c) && take(c, 'doubt', networkOf(c), DOUBTFUL * perMinute) > 0

/** Refuses an attempt (429) of somebody who says too much in a minute, or whose network does. */
export function keepPace(c: Context<Env>, person: string | undefined, perMinute: number): void {
  if (!limited(c)) return
  const retryAfter = Math.max(
    person === undefined ? 0 : take(c, 'person', person, perMinute),
    take(c, 'network', networkOf(c), NETWORK * perMinute),
  )
  if (retryAfter > 0)
    throw new AppError('rate_limited', 'You are commenting too fast; try again in a moment', { retryAfter })
}
