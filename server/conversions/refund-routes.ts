import { createRoute } from '@hono/zod-openapi'
import { NewRefund, Refund } from '../contract/refunds.ts'
import { asPage } from '../credentials.ts'
import { AppError } from '../errors.ts'
import { body, createRouter, json, refusals } from '../http.ts'
import { once } from '../idempotency.ts'
import { rateLimited } from '../rate-limit.ts'
import { readTold } from '../told.ts'
import { recordRefund } from './record-refund.ts'

const postRefund = createRoute({
  method: 'post',
  path: '/v1/refunds',
  tags: ['page'],
  summary: 'Record a refund of an order or of a part of it. Secret key only',
  security: [{ secretKey: [] }],
  middleware: [asPage, rateLimited({ perMinute: 60, burst: 30 })] as const,
  request: body(NewRefund),
  responses: {
    201: json(Refund, 'Taken off the order'),
    200: json(Refund, 'Known already'),
    202: json(Refund, 'Kept until the order is known'),
    ...refusals,
  },
})

const STATUS = { refunded: 201, again: 200, waiting: 202 } as const

/** Refunds. */
export const refundRoutes = () =>
  createRouter().openapi(postRefund, async (c) => {
    if (!c.get('proved')) throw new AppError('forbidden', 'A refund takes a secret key')
    const input = c.req.valid('json')
    const given = { ...input, at: readTold(c, { at: input.at }).at }
    const { status, answer } = await once(c, input, async (work) => {
      const refund = await recordRefund(work, c.get('site').id, given)
      return { status: STATUS[refund.outcome], answer: refund }
    })
    return c.json(answer, status)
  })
