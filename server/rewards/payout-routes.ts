import { createRoute, z } from '@hono/zod-openapi'
import { NewPayout, Payout, PayoutQuery, Payouts } from '../contract/rewards.ts'
import { FileQuery, Id } from '../contract/values.ts'
import { asOwner } from '../credentials.ts'
import { listOrExport, listOrFile } from '../export-list.ts'
import { body, createRouter, json, refusals } from '../http.ts'
import { once } from '../idempotency.ts'
import { cancelPayout, createPayout } from './create-payout.ts'
import { payPayout } from './pay-payout.ts'
import { payoutCsv } from './payout-csv.ts'
import { listPayouts, showPayout } from './show-payouts.ts'

const owner = {
  tags: ['owner'],
  security: [{ secretKey: [] }, { ownerCookie: [] }] as Record<string, string[]>[],
  middleware: asOwner,
}

const params = z.object({ id: Id })

const postPayout = createRoute({
  ...owner,
  method: 'post',
  path: '/v1/payouts',
  summary: 'Put approved rewards into a batch: each is in one at most. What people owe back is taken off',
  request: body(NewPayout),
  responses: { 201: json(Payout, 'The batch, open'), ...refusals },
})

const getPayouts = createRoute({
  ...owner,
  method: 'get',
  path: '/v1/payouts',
  summary: 'The latest 100 payouts',
  request: { query: FileQuery },
  responses: { 200: listOrFile(Payouts, 'The payouts, latest first'), ...refusals },
})

const getPayout = createRoute({
  ...owner,
  method: 'get',
  path: '/v1/payouts/{id}',
  summary: 'A payout, also as a list for the bank',
  request: { params, query: PayoutQuery },
  responses: {
    200: {
      description: 'The payout; as CSV its amounts are in major units',
      content: { 'application/json': { schema: Payout }, 'text/csv': { schema: z.string() } },
    },
    ...refusals,
  },
})

const postPaid = createRoute({
  ...owner,
  method: 'post',
  path: '/v1/payouts/{id}/paid',
  summary: 'Mark a payout paid, once: at what its rewards come to now. Coupons are issued, credit is given',
  request: { params, ...body(z.strictObject({})) },
  responses: { 200: json(Payout, 'The payout, paid now or before'), ...refusals },
})

const deletePayout = createRoute({
  ...owner,
  method: 'delete',
  path: '/v1/payouts/{id}',
  summary: 'Give an open payout up: its rewards can go into another',
  request: { params },
  responses: { 204: { description: 'Given up, now or before' }, ...refusals },
})

/** Payouts: batches of approved rewards. */
export const payoutRoutes = () =>
  createRouter()
    .openapi(postPayout, async (c) => {
      const input = c.req.valid('json')
      const { answer, status } = await once(c, input, async (work) => ({
        status: 201 as const,
        answer: await createPayout(work, c.get('site').id, c.get('actor'), input),
      }))
      return c.json(answer, status)
    })
    .openapi(getPayouts, (c) =>
      listOrExport(c, 'payouts', c.req.valid('query'), () =>
        listPayouts(c.get('deps').read, c.get('site').id),
      ),
    )
    .openapi(getPayout, async (c) => {
      const { id } = c.req.valid('param')
      const payout = await showPayout(c.get('deps').read, c.get('site').id, id)
      if (c.req.valid('query').format === 'json') return c.json(payout, 200)
      c.header('content-disposition', `attachment; filename="payout-${id}.csv"`)
      return c.body(payoutCsv(payout), 200, { 'content-type': 'text/csv; charset=utf-8' })
    })
    .openapi(postPaid, async (c) => {
      const { id } = c.req.valid('param')
      const { answer, status } = await once(c, {}, async (work) => ({
        status: 200 as const,
        answer: await payPayout(work, c.get('site'), c.get('actor'), id),
      }))
      return c.json(answer, status)
    })
    .openapi(deletePayout, async (c) => {
      const { id } = c.req.valid('param')
      await c.get('deps').write((work) => cancelPayout(work, c.get('site').id, c.get('actor'), id))
      return c.body(null, 204)
    })
