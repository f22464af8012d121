import { createRoute } from '@hono/zod-openapi'
import { SignedIn, TicketSignIn } from '../contract/sign-in.ts'
import { asPage } from '../credentials.ts'
import { AppError } from '../errors.ts'
import { body, createRouter, json, refusals } from '../http.ts'
import { memberByIdentity } from '../identity/identities.ts'
import type { Joining } from '../identity/take-over.ts'
import { rateLimited } from '../rate-limit.ts'
import { signIn } from './sign-in.ts'
import { takeWord } from './ticket-word.ts'

const postTicket = createRoute({
  method: 'post',
  path: '/v1/sign-in/ticket',
  tags: ['page'],
  summary: 'Sign in with what the pop-up handed over, and the verifier that the page kept',
  security: [{ publishableKey: [], token: [] }],
  middleware: [asPage, rateLimited({ perMinute: 30, burst: 30 })] as const,
  request: body(TicketSignIn),
  responses: { 200: json(SignedIn, 'Signed in'), ...refusals },
})

/** How a page signs somebody in who has been to the server's own origin. */
export const ticketRoutes = (joining: Joining) =>
  createRouter().openapi(postTicket, async (c) => {
    const [deps, site, visitor] = [c.get('deps'), c.get('site').id, c.get('visitor')]
    c.header('cache-control', 'private, no-store')
    const { ticket, verifier } = c.req.valid('json')
    const brought = { ticket, verifier, origin: c.req.header('origin') }
    const { name, mail, ...identity } = await takeWord(deps, site, brought)
    const signedIn = await deps.write(async (work) => {
      // A passkey that was removed in the meantime makes no new member.
      if (identity.kind === 'passkey' && !(await memberByIdentity(work.db, site, identity)))
        throw new AppError('unauthorized', 'is of a passkey that was removed', { field: 'ticket' })
      return signIn(work, site, {
        ...identity,
        ...joining,
        visitor,
        ...(name === null ? {} : { name }),
        ...(mail === null ? {} : { mail }),
      })
    })
    return c.json(signedIn, 200)
  })
