import { createRoute, z } from '@hono/zod-openapi'
import { Passkeys, Ticket } from '../contract/sign-in.ts'
import { asPage } from '../credentials.ts'
import { AppError } from '../errors.ts'
import { body, createRouter, json, refusals } from '../http.ts'
import { memberOf } from '../identity/member-of.ts'
import { rateLimited } from '../rate-limit.ts'
import { passkeysOf, removePasskey } from './passkey.ts'
import { keptSignIn } from './settings.ts'
import { issueTicket } from './ticket.ts'

const page = {
  tags: ['page'],
  security: [{ publishableKey: [], token: [] }],
  middleware: [asPage, rateLimited({ perMinute: 60, burst: 60 })],
}

const getPasskeys = createRoute({
  ...page,
  method: 'get',
  path: '/v1/me/passkeys',
  summary: 'The passkeys that a member signs in with',
  responses: { 200: json(Passkeys, 'Oldest first'), ...refusals },
})

const deletePasskey = createRoute({
  ...page,
  method: 'delete',
  path: '/v1/me/passkeys/{id}',
  summary: 'Sign in no longer with a passkey',
  request: { params: z.object({ id: z.string().regex(/^[\w-]{1,1400}$/, 'is no id of a passkey') }) },
  responses: { 200: json(Passkeys, 'Those that are left'), ...refusals },
})

const postTicket = createRoute({
  ...page,
  method: 'post',
  path: '/v1/me/passkeys/ticket',
  summary: 'A link to the server’s own page that adds a passkey, for a pop-up',
  request: body(z.strictObject({}).openapi('Nothing')),
  responses: { 200: json(Ticket, 'Good once, for ten minutes'), ...refusals },
})

/** A member's passkeys, as their page sees them. */
export const ownPasskeyRoutes = () =>
  createRouter()
    .openapi(getPasskeys, async (c) =>
      c.json(await passkeysOf(c.get('deps').read, c.get('site').id, await memberOf(c)), 200),
    )
    .openapi(deletePasskey, async (c) => {
      const [site, person, { id }] = [c.get('site').id, await memberOf(c), c.req.valid('param')]
      const left = await c.get('deps').write(async (work) => {
        await removePasskey(work, site, person, id)
        return passkeysOf(work.db, site, person)
      })
      return c.json(left, 200)
    })
    .openapi(postTicket, async (c) => {
      const [deps, site, person] = [c.get('deps'), c.get('site').id, await memberOf(c)]
      if (!(await keptSignIn(deps.read, site)).passkeys)
        throw new AppError('not_found', 'Passkeys are not in use on this site')
      const origin = c.req.header('origin') ?? null
      const { ticket, expiresAt } = await deps.write((work) =>
        issueTicket(work, site, 'passkey-page', { person, origin }),
      )
      const url = `${deps.config.publicUrl}/sign-in/passkey/new?ticket=${ticket}`
      return c.json({ ticket, url, expiresAt: new Date(expiresAt).toISOString() }, 200)
    })
