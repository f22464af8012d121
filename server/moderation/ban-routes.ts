import { createRoute, z } from '@hono/zod-openapi'
import { Ban, Bans, BansQuery, NewBan } from '../contract/moderation.ts'
import { Id } from '../contract/values.ts'
import { body, createRouter, json, refusals } from '../http.ts'
import { once } from '../idempotency.ts'
import { banPeople, liftOneBan } from './ban-people.ts'
import { listBans, showBan } from './list-bans.ts'
import { moderator } from './moderator.ts'
import { actorOf } from './who-acts.ts'

const postBan = createRoute({
  ...moderator,
  method: 'post',
  path: '/v1/moderation/bans',
  summary: 'Ban a person, or all who came through a share or through what came of it',
  request: body(NewBan),
  responses: { 201: json(Ban, 'The ban'), ...refusals },
})

const getBans = createRoute({
  ...moderator,
  method: 'get',
  path: '/v1/moderation/bans',
  summary: 'Who may not speak',
  request: { query: BansQuery },
  responses: { 200: json(Bans, 'The bans, latest first'), ...refusals },
})

const postLift = createRoute({
  ...moderator,
  method: 'post',
  path: '/v1/moderation/bans/{id}/lift',
  summary: 'Lift a ban',
  request: { params: z.object({ id: Id }), ...body(z.strictObject({})) },
  responses: { 200: json(Ban, 'The ban, lifted'), ...refusals },
})

/** Who may not speak. */
export const banRoutes = () =>
  createRouter()
    .openapi(postBan, async (c) => {
      const [site, input] = [c.get('site').id, c.req.valid('json')]
      const { answer } = await once(c, input, async (work) => {
        const id = await banPeople(work, site, actorOf(c), input)
        return { status: 201 as const, answer: await showBan(work.db, site, id, work.now()) }
      })
      return c.json(answer, 201)
    })
    .openapi(getBans, async (c) => {
      const { read, now } = c.get('deps')
      const { active, ...query } = c.req.valid('query')
      const wanted = { ...query, active: active === undefined ? undefined : active === 'true', at: now() }
      return c.json(await listBans(read, c.get('site').id, wanted), 200)
    })
    .openapi(postLift, async (c) => {
      const [site, { id }] = [c.get('site').id, c.req.valid('param')]
      const { answer } = await once(c, {}, async (work) => {
        await liftOneBan(work, site, actorOf(c), id)
        return { status: 200 as const, answer: await showBan(work.db, site, id, work.now()) }
      })
      return c.json(answer, 200)
    })
