import { createRoute } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { Me, MeChange } from '../contract/people.ts'
import { asPage } from '../credentials.ts'
import { AppError } from '../errors.ts'
import { body, createRouter, type Env, json, refusals } from '../http.ts'
import { once } from '../idempotency.ts'
import { rateLimited } from '../rate-limit.ts'
import { personByKey, personForAct } from './find-person.ts'
import { changeMe, meOf } from './me.ts'
import type { Bringer } from './take-over.ts'

const security = [{ publishableKey: [], token: [] }]

const getMe = createRoute({
  method: 'get',
  path: '/v1/me',
  tags: ['page'],
  summary: 'What is known of the person',
  security,
  middleware: [asPage, rateLimited({ perMinute: 60, burst: 60 })] as const,
  responses: { 200: json(Me, 'The person of the token'), ...refusals },
})

const patchMe = createRoute({
  method: 'patch',
  path: '/v1/me',
  tags: ['page'],
  summary: 'Choose a name, a place on the leaderboard, a payout address',
  security,
  middleware: [asPage, rateLimited({ perMinute: 60, burst: 60 })] as const,
  request: body(MeChange),
  responses: { 200: json(Me, 'The person as they are now, born by this if need be'), ...refusals },
})

/** Strangers' addresses that one network can have asked whether they want replies. */
const namingMail = rateLimited({ perMinute: 3, burst: 10 })

/** What a person sees and changes of themselves. */
export const personRoutes = (bringer: Bringer) =>
  createRouter()
    .openapi(getMe, async (c) => {
      const { read } = c.get('deps')
      const person = await personByKey(read, c.get('site').id, tokenOf(c))
      if (!person) throw new AppError('not_found', 'This person has done nothing here yet')
      return c.json(await meOf(read, c.get('site').id, person), 200)
    })
    .openapi(patchMe, async (c) => {
      const [site, visitor, input] = [c.get('site').id, tokenOf(c), c.req.valid('json')]
      if (input.mail) await namingMail(c, async () => {})
      const { answer } = await once(c, input, async (work) => {
        const person = await personForAct(work, site, visitor, await bringer(work, site, visitor))
        return { status: 200, answer: await changeMe(work, site, person, input) }
      })
      return c.json(answer, 200)
    })

function tokenOf(c: Context<Env>): string {
  c.header('cache-control', 'private, no-store')
  const visitor = c.get('visitor')
  if (visitor === undefined)
    throw new AppError('unauthorized', "Send the person's token: Authorization: Bearer pt_…")
  return visitor
}
