import type { Context } from 'hono'
import { AppError } from './errors.ts'
import type { Env } from './http.ts'
import { visitorKey } from './identity/find-person.ts'

/** A caller's clock may be this much ahead of ours, in ms. */
const AHEAD_MS = 5 * 60_000
const EARLIEST = Date.UTC(2000, 0, 1)

/** What a write tells of itself (see `told` in the contract). */
interface Told {
  age?: number | undefined
  at?: string | undefined
  customerId?: string | undefined
  customerMail?: string | undefined
}

/** When it happened and who did it, as far as this caller may say. */
export function readTold(
  c: Context<Env>,
  { age, at, customerId, customerMail }: Told,
  within = '',
): { at: number; visitor: string | undefined } {
  const path = (field: string) => ({ field: within ? `${within}.${field}` : field })
  const now = c.get('deps').now()
  const proved = c.get('proved')
  for (const [field, value] of Object.entries({ at, customerId, customerMail })) {
    if (value !== undefined && !proved) throw new AppError('forbidden', 'takes a secret key', path(field))
  }
  return {
    at: at === undefined ? now - (age ?? 0) : checkedTime(at, now, path('at')),
    visitor: customerId === undefined ? c.get('visitor') : visitorKey({ customerId }),
  }
}

function checkedTime(at: string, now: number, where: { field: string }): number {
  const time = Date.parse(at)
  if (time > now + AHEAD_MS) throw new AppError('invalid', 'is in the future', where)
  if (time < EARLIEST) throw new AppError('invalid', 'is before the year 2000', where)
  return Math.min(time, now)
}
