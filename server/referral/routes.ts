import { createRoute, z } from '@hono/zod-openapi'
import { Invitation, Referral, ReferralQuery } from '../contract/referral.ts'
import { asPage } from '../credentials.ts'
import { createRouter, json, refusals } from '../http.ts'
import { personByKey } from '../identity/find-person.ts'
import { sharedUrl } from '../pages/rules.ts'
import { rateLimited } from '../rate-limit.ts'
import { readInvitation } from './read-invitation.ts'
import { readReferral } from './read-referral.ts'

const getReferral = createRoute({
  method: 'get',
  path: '/v1/referral',
  tags: ['page'],
  summary: 'What inviting brings, and how it goes for the person',
  security: [{ publishableKey: [], token: [] }, { publishableKey: [] }],
  middleware: [asPage, rateLimited({ perMinute: 120, burst: 60 })] as const,
  request: { query: ReferralQuery },
  responses: { 200: json(Referral, 'All of it; empty before the first act'), ...refusals },
})

const getInvitation = createRoute({
  method: 'get',
  path: '/v1/invitations/{code}',
  tags: ['page'],
  summary: 'Who invites by a code, and to what',
  security: [{ publishableKey: [] }],
  middleware: [asPage, rateLimited({ perMinute: 120, burst: 60 })] as const,
  request: { params: z.object({ code: z.string() }) },
  responses: { 200: json(Invitation, 'The invitation'), ...refusals },
})

/** How recommending goes, and invitations. */
export const referralRoutes = () =>
  createRouter()
    .openapi(getReferral, async (c) => {
      c.header('cache-control', 'private, no-store')
      const { read, reports, now } = c.get('deps')
      const [site, visitor] = [c.get('site'), c.get('visitor')]
      const url = sharedUrl(c.req.valid('query').url, site.origins)
      const person = visitor === undefined ? undefined : await personByKey(read, site.id, visitor)
      return c.json(await readReferral(reports, site.id, { person, url, now: now() }), 200)
    })
    .openapi(getInvitation, async (c) => {
      c.header('cache-control', 'private, no-store')
      const { read, now } = c.get('deps')
      return c.json(
        await readInvitation(read, c.get('site').id, c.req.valid('param').code, {
          visitor: c.get('visitor'),
          now: now(),
        }),
        200,
      )
    })
