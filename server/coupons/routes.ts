import { createRoute, z } from '@hono/zod-openapi'
import {
  Coupon,
  CouponCode,
  CouponState,
  Coupons,
  CouponsQuery,
  NewCoupon,
  PassedGift,
} from '../contract/coupons.ts'
import { asOwner, asPage } from '../credentials.ts'
import { AppError } from '../errors.ts'
import { listOrExport, listOrFile } from '../export-list.ts'
import { body, createRouter, json, refusals } from '../http.ts'
import { once } from '../idempotency.ts'
import { namedPerson } from '../identity/named-person.ts'
import { sharedUrl } from '../pages/rules.ts'
import { rateLimited } from '../rate-limit.ts'
import { createCoupon } from './create-coupon.ts'
import { passGift } from './pass-gift.ts'
import { revokeCoupon } from './revoke-coupon.ts'
import { couponState, listCoupons } from './show-coupon.ts'

const owner = {
  tags: ['owner'],
  security: [{ secretKey: [] }, { ownerCookie: [] }] as Record<string, string[]>[],
  middleware: asOwner,
}
const page = {
  tags: ['page'],
  security: [{ publishableKey: [], token: [] }] as Record<string, string[]>[],
  middleware: [asPage, rateLimited({ perMinute: 60, burst: 30 })],
}
const named = { params: z.object({ code: CouponCode }) }

const postCoupon = createRoute({
  ...owner,
  method: 'post',
  path: '/v1/coupons',
  summary: 'Make a coupon or a gift for a person',
  request: body(NewCoupon),
  responses: { 201: json(Coupon, 'The coupon'), ...refusals },
})

const getCoupons = createRoute({
  ...owner,
  method: 'get',
  path: '/v1/coupons',
  summary: 'Coupons and gifts, latest first',
  request: { query: CouponsQuery },
  responses: { 200: listOrFile(Coupons, 'A page of them'), ...refusals },
})

const deleteCoupon = createRoute({
  ...owner,
  method: 'delete',
  path: '/v1/coupons/{code}',
  summary: 'Revoke a coupon, or a gift in whosever hands it is',
  request: named,
  responses: { 204: { description: 'Revoked' }, ...refusals },
})

const getCoupon = createRoute({
  ...page,
  method: 'get',
  path: '/v1/coupons/{code}',
  summary: 'What a coupon is, for whoever has its code',
  request: named,
  responses: { 200: json(CouponState, 'The coupon'), ...refusals },
})

const postPass = createRoute({
  ...page,
  method: 'post',
  path: '/v1/coupons/{code}/pass',
  summary: 'Pass a gift on: its code is void, the next hands get a new one',
  request: { ...named, ...body(z.strictObject({})) },
  responses: { 201: json(PassedGift, 'The code for the next hands'), ...refusals },
})

/** Coupons and gifts. */
export const couponRoutes = () =>
  createRouter()
    .openapi(postCoupon, async (c) => {
      const { url, expiresAt, ...input } = c.req.valid('json')
      const { id: site, origins } = c.get('site')
      const wanted = {
        ...input,
        url: sharedUrl(url ?? `${origins[0]}/`, origins),
        expiresAt: expiresAt === null ? null : Date.parse(expiresAt),
      }
      const { answer } = await once(c, c.req.valid('json'), async (work) => {
        const { id: person } = await namedPerson(work, site, input)
        return { status: 201, answer: await createCoupon(work, site, { ...wanted, person }) }
      })
      return c.json(answer, 201)
    })
    .openapi(getCoupons, (c) => {
      const { read, now } = c.get('deps')
      const query = c.req.valid('query')
      return listOrExport(c, 'coupons', query, (page) =>
        listCoupons(read, c.get('site').id, now(), { ...query, ...page }),
      )
    })
    .openapi(deleteCoupon, async (c) => {
      const { code } = c.req.valid('param')
      await c.get('deps').write((work) => revokeCoupon(work, c.get('site').id, code))
      return c.body(null, 204)
    })
    .openapi(getCoupon, async (c) => {
      const { read, now } = c.get('deps')
      return c.json(await couponState(read, c.get('site').id, c.req.valid('param').code, now()), 200)
    })
    .openapi(postPass, async (c) => {
      const visitor = c.get('visitor')
      if (visitor === undefined)
        throw new AppError('unauthorized', "Send the person's token: Authorization: Bearer pt_…")
      const { code } = c.req.valid('param')
      const { answer } = await once(c, c.req.valid('json'), async (work) => ({
        status: 201,
        answer: await passGift(work, c.get('site').id, { code, visitor }),
      }))
      return c.json(answer, 201)
    })
