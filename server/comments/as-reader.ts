import type { MiddlewareHandler } from 'hono'
import { asPage } from '../credentials.ts'
import { AppError } from '../errors.ts'
import type { Env } from '../http.ts'

/** For what is read by others than widgets: the site is named in the address, or as widgets name it. */
export const asReader: MiddlewareHandler<Env> = async (c, next) => {
  if (c.req.header('x-grapevine-site') !== undefined) return asPage(c, next)
  c.header('vary', 'origin, x-grapevine-site')
  const key = c.req.query('site')
  const site = key?.startsWith('pk_') ? await c.get('deps').sites.byKey(key) : undefined
  if (!site)
    throw new AppError('unauthorized', 'No site has this publishable key: say site=pk_…', { field: 'site' })
  c.set('site', site)
  await next()
}
