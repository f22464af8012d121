import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { NewShare, Share } from '../contract/shares.ts'
import { Code } from '../contract/values.ts'
import { NewVisit, Visit } from '../contract/visits.ts'
import { asPage } from '../credentials.ts'
import { body, createRouter, type Env, json, refusals } from '../http.ts'
import { once } from '../idempotency.ts'
import { sharedUrl, withCode } from '../pages/rules.ts'
import { rateLimited } from '../rate-limit.ts'
import { readTold } from '../told.ts'
import { fromNobody } from './from-nobody.ts'
import { type Recorded, recordShare } from './record-share.ts'
import { recordVisit } from './record-visit.ts'
import { revokeShare } from './revoke-share.ts'

const postVisit = createRoute({
  method: 'post',
  path: '/v1/visits',
  tags: ['page'],
  summary: 'Record that somebody arrived through a share',
  security: [{ publishableKey: [], token: [] }, { secretKey: [] }],
  middleware: [asPage, rateLimited({ perMinute: 120, burst: 60 })] as const,
  request: body(NewVisit),
  responses: {
    200: json(Visit, 'What became of it'),
    202: json(Visit, 'Kept until the code is registered'),
    ...refusals,
  },
})

const postShare = createRoute({
  method: 'post',
  path: '/v1/shares',
  tags: ['page'],
  summary: 'Record that a person passes a page on',
  security: [{ publishableKey: [], token: [] }, { secretKey: [] }],
  middleware: [asPage, rateLimited({ perMinute: 60, burst: 60 })] as const,
  request: body(NewShare),
  responses: {
    201: json(Share, 'A new share'),
    200: json(Share, 'The same share again'),
    202: json(Share, 'Kept until the share above it is registered'),
    ...refusals,
  },
})

const deleteShare = createRoute({
  method: 'delete',
  path: '/v1/shares/{code}',
  tags: ['page'],
  summary: 'Revoke a share: its links open the page, unattributed',
  security: [{ publishableKey: [], token: [] }, { secretKey: [] }],
  middleware: [asPage, rateLimited({ perMinute: 60, burst: 60 })] as const,
  request: { params: z.object({ code: Code }) },
  responses: { 204: { description: 'Revoked' }, ...refusals },
})

/** Visits and shares. */
export const chainRoutes = () =>
  createRouter()
    .openapi(postVisit, async (c) => {
      const input = c.req.valid('json')
      const arrived = {
        code: input.code,
        gesture: input.gesture,
        was: input.was,
        proved: c.get('proved'),
        key: c.req.header('idempotency-key'),
        url: sharedUrl(input.url, c.get('site').origins),
        ...readTold(c, input),
      }
      if (!c.get('proved') && fromNobody(c)) return c.json({ outcome: 'bot' } as const, 200)
      const { status, answer } = await once(c, input, async (work) => {
        const visit = await recordVisit(work, c.get('site').id, arrived)
        return { status: visit.outcome === 'waiting' ? (202 as const) : (200 as const), answer: visit }
      })
      return c.json(answer, status)
    })
    .openapi(postShare, async (c) => {
      const input = c.req.valid('json')
      const act = { ...input, url: sharedUrl(input.url, c.get('site').origins), ...readTold(c, input) }
      const { status, answer } = await once(c, input, async (work) => {
        const share = await recordShare(work, c.get('site').id, act)
        return {
          status: share.waiting ? (202 as const) : share.fresh ? (201 as const) : (200 as const),
          answer: sent(c, share),
        }
      })
      return c.json(answer, status)
    })
    .openapi(deleteShare, async (c) => {
      const { code } = c.req.valid('param')
      const who = { visitor: c.get('visitor'), proved: c.get('proved') }
      await c.get('deps').write((work) => revokeShare(work, c.get('site').id, { code, ...who }))
      c.get('deps').links.forget()
      return c.body(null, 204)
    })

function sent(c: Context<Env>, share: Recorded): Share {
  const { code, url, channel, parent, depth, waiting } = share
  const shortLink = `${c.get('deps').config.publicUrl}/r/${code}`
  return {
    code,
    url,
    channel: channel as Share['channel'],
    parent,
    depth,
    link: withCode(url, code),
    shortLink,
    waiting,
  }
}
