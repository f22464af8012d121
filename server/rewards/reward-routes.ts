import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { Keys, NewDecision, Rewards, RewardsQuery, SignedReceipt } from '../contract/rewards.ts'
import { Id } from '../contract/values.ts'
import { asOwner, asOwnerOrPage } from '../credentials.ts'
import { AppError } from '../errors.ts'
import { listOrExport, listOrFile } from '../export-list.ts'
import { body, createRouter, type Env, json, refusals } from '../http.ts'
import { once } from '../idempotency.ts'
import { personByKey } from '../identity/find-person.ts'
import { rateLimited } from '../rate-limit.ts'
import { decideRewards } from './decide-rewards.ts'
import { listRewards } from './list-rewards.ts'
import { signReceipt } from './receipt.ts'
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
  responses: { 200: listOrFile(Rewards, 'The rewards, latest first'), ...refusals },
})

const postDecisions = createRoute({
  ...owner,
  method: 'post',
  path: '/v1/rewards/decisions',
  summary: 'Approve or refuse rewards, against any reason and either way: all of them, or none',
  request: body(NewDecision),
  responses: { 200: json(Rewards.pick({ data: true }), 'The rewards as they are now'), ...refusals },
})

const getReceipt = createRoute({
  method: 'get',
  path: '/v1/rewards/{id}/receipt',
  tags: ['owner', 'page'],
  summary: 'Why somebody is paid what they are, signed: to the owner, and to whose reward it is',
  security: [{ secretKey: [] }, { ownerCookie: [] }, { publishableKey: [], token: [] }],
  middleware: [asOwnerOrPage, rateLimited({ perMinute: 60, burst: 30 })] as const,
  request: { params: z.object({ id: Id }) },
  responses: { 200: json(SignedReceipt, 'The receipt'), ...refusals },
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
    .openapi(getRewards, (c) => {
      const query = c.req.valid('query')
      return listOrExport(c, 'rewards', query, (page) =>
        listRewards(c.get('deps').read, c.get('site').id, { ...query, ...page }),
      )
    })
    .openapi(postDecisions, async (c) => {
      const input = c.req.valid('json')
      const { answer, status } = await once(c, input, async (work) => ({
        status: 200 as const,
        answer: { data: await decideRewards(work, c.get('site').id, c.get('actor'), input) },
      }))
      return c.json(answer, status)
    })
    .openapi(getReceipt, async (c) => {
      const { read, secret, now } = c.get('deps')
      const site = c.get('site')
      const reader = { person: await readerOf(c), secret: await secret(), now: now() }
      return c.json(await signReceipt(read, site, c.req.valid('param').id, reader), 200)
    })
    .openapi(getKeys, async (c) => {
      const x = publicKeyOf(receiptKey(await c.get('deps').secret()))
      return c.json({ keys: [{ kty: 'OKP' as const, crv: 'Ed25519' as const, use: 'sig' as const, x }] }, 200)
    })

/** Who asks for a receipt, if it is not the owner. */
async function readerOf(c: Context<Env>): Promise<string | undefined> {
  if (c.get('actor') !== undefined) return undefined
  const visitor = c.get('visitor')
  if (visitor === undefined) throw new AppError('unauthorized', 'Send your token: Authorization: Bearer pt_…')
  // A token that nobody is known by is nobody's, and nobody has no reward.
  return (await personByKey(c.get('deps').read, c.get('site').id, visitor)) ?? ''
}
