import { createRoute } from '@hono/zod-openapi'
import { Keys, NewDecision, Rewards, RewardsQuery } from '../contract/rewards.ts'
import { asOwner } from '../credentials.ts'
import { body, createRouter, json, refusals } from '../http.ts'
import { once } from '../idempotency.ts'
import { decideRewards } from './decide-rewards.ts'
import { listRewards } from './list-rewards.ts'
import { publicKeyOf, receiptKey } from './sign.ts'

const owner = {
  tags: ['owner'],
  security: [{ secretKey: [] }, { ownerCookie: [] }] as Record<string, string[]>[],
  middleware: asOwner,
}

const getRewards = createRoute({
  ...owner,
  method: 'get',
  path: '/v1/rewards',
  summary: 'Rewards with their reasons and what was decided: the queue is those in `review`',
  request: { query: RewardsQuery },
  responses: { 200: json(Rewards, 'The rewards, latest first'), ...refusals },
})

const postDecisions = createRoute({
  ...owner,
  method: 'post',
  path: '/v1/rewards/decisions',
  summary: 'Approve or refuse rewards, against any reason and either way: all of them, or none',
  request: body(NewDecision),
  responses: { 200: json(Rewards.pick({ data: true }), 'The rewards as they are now'), ...refusals },
})

const getKeys = createRoute({
  method: 'get',
  path: '/v1/keys',
  tags: ['anyone'],
  summary: 'What this server signs receipts with',
  responses: { 200: json(Keys, 'The public keys') },
})

/** Rewards, what the owner decides on them, and their receipts. */
export const rewardRoutes = () =>
  createRouter()
    .openapi(getRewards, async (c) =>
      c.json(await listRewards(c.get('deps').read, c.get('site').id, c.req.valid('query')), 200),
    )
    .openapi(postDecisions, async (c) => {
      const input = c.req.valid('json')
      const { answer, status } = await once(c, input, async (work) => ({
        status: 200 as const,
        answer: { data: await decideRewards(work, c.get('site').id, c.get('actor'), input) },
      }))
      return c.json(answer, status)
    })
    .openapi(getKeys, async (c) => {
      const x = publicKeyOf(receiptKey(await c.get('deps').secret()))
      return c.json({ keys: [{ kty: 'OKP' as const, crv: 'Ed25519' as const, use: 'sig' as const, x }] }, 200)
    })
