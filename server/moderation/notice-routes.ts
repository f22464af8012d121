import { createRoute, z } from '@hono/zod-openapi'
import {
  NewNotice,
  Notice,
  NoticeDecision,
  NoticeReceipt,
  Notices,
  NoticesQuery,
} from '../contract/moderation.ts'
import { Id } from '../contract/values.ts'
import { asPage } from '../credentials.ts'
import { listOrExport, listOrFile } from '../export-list.ts'
import { body, createRouter, json, refusals } from '../http.ts'
import { once } from '../idempotency.ts'
import { sharedUrl } from '../pages/rules.ts'
import { rateLimited } from '../rate-limit.ts'
import { decideNotice } from './decide-notice.ts'
import { giveNotice, readReceipt, toReceipt } from './give-notice.ts'
import { listNotices, showNotice } from './list-notices.ts'
import { moderator } from './moderator.ts'
import { noticeCode } from './notice-code.ts'
import { actorOf } from './who-acts.ts'

const page = { tags: ['page'], security: [{ publishableKey: [] }] as Record<string, string[]>[] }

const postNotice = createRoute({
  ...page,
  method: 'post',
  path: '/v1/notices',
  summary: 'Give notice of illegal content (Regulation (EU) 2022/2065, article 16); needs no token',
  middleware: [asPage, rateLimited({ perMinute: 5, burst: 5 })] as const,
  request: body(NewNotice),
  responses: { 201: json(NoticeReceipt, 'The receipt; it is confirmed by mail, too'), ...refusals },
})

const getReceipt = createRoute({
  ...page,
  method: 'get',
  path: '/v1/notices/{code}',
  summary: 'What became of a notice, for whoever has its receipt code',
  middleware: [asPage, rateLimited({ perMinute: 30, burst: 30 })] as const,
  request: { params: z.object({ code: z.string().max(100) }) },
  responses: { 200: json(NoticeReceipt, 'The receipt as it is now'), ...refusals },
})

const getNotices = createRoute({
  ...moderator,
  method: 'get',
  path: '/v1/notices',
  summary: 'Notices of illegal content, with their paper trail',
  request: { query: NoticesQuery },
  responses: { 200: listOrFile(Notices, 'The notices, latest first'), ...refusals },
})

const postDecision = createRoute({
  ...moderator,
  method: 'post',
  path: '/v1/notices/{id}/decision',
  summary: 'Decide on a notice; the reasons go to whoever gave it and to the author (article 17)',
  request: { params: z.object({ id: Id }), ...body(NoticeDecision) },
  responses: { 200: json(Notice, 'The notice, decided'), ...refusals },
})

/** Notices of illegal content. */
export const noticeRoutes = () =>
  createRouter()
    .openapi(postNotice, async (c) => {
      const [{ id: site, origins }, input] = [c.get('site'), c.req.valid('json')]
      const secret = await c.get('deps').secret()
      const { href: url } = sharedUrl(input.url, origins)
      // The code itself is in no row, neither with the notice nor with the answer that is kept for a repetition.
      const { answer } = await once(c, input, async (work) => {
        const row = await giveNotice(work, site, secret, { ...input, url })
        return { status: 201 as const, answer: { id: row.id, receipt: await toReceipt(work.db, site, row) } }
      })
      c.header('cache-control', 'private, no-store')
      return c.json({ code: noticeCode(secret, site, answer.id), ...answer.receipt }, 201)
    })
    .openapi(getReceipt, async (c) => {
      c.header('cache-control', 'private, no-store')
      const { read } = c.get('deps')
      return c.json(await readReceipt(read, c.get('site').id, c.req.valid('param').code), 200)
    })
    .openapi(getNotices, (c) => {
      const { read, now } = c.get('deps')
      const query = c.req.valid('query')
      return listOrExport(c, 'notices', query, (part) =>
        listNotices(read, c.get('site').id, { ...query, ...part, at: now() }),
      )
    })
    .openapi(postDecision, async (c) => {
      const [site, { id }, input] = [c.get('site').id, c.req.valid('param'), c.req.valid('json')]
      const { answer } = await once(c, input, async (work) => {
        await decideNotice(work, site, actorOf(c), id, input)
        return { status: 200 as const, answer: await showNotice(work.db, site, id, work.now()) }
      })
      return c.json(answer, 200)
    })
