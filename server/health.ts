import { createRoute, z } from '@hono/zod-openapi'
import { sql } from 'kysely'
import { AppError } from './errors.ts'
import { createRouter, json, refusals } from './http.ts'

const getHealth = createRoute({
  method: 'get',
  path: '/healthz',
  tags: ['anyone'],
  summary: 'Whether the server and its database answer',
  responses: { 200: json(z.object({ status: z.literal('ok') }), 'All is well'), 503: refusals[400] },
})

export const healthRoutes = () =>
  createRouter().openapi(getHealth, async (c) => {
    try {
      await sql`select 1`.execute(c.get('deps').read)
    } catch {
      throw new AppError('unavailable', 'The database does not answer')
    }
    return c.json({ status: 'ok' } as const, 200)
  })
