import type { Context } from 'hono'
import { AppError } from '../errors.ts'
import type { Env } from '../http.ts'

/** The hash of the token of whoever asks; what is answered is for them alone. */
export function visitorOf(c: Context<Env>): string {
  c.header('cache-control', 'private, no-store')
  const visitor = c.get('visitor')
  if (visitor === undefined)
    throw new AppError('unauthorized', "Send the person's token: Authorization: Bearer pt_…")
  return visitor
}
