import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { showThread } from '../comments/change-thread.ts'
import { NewPin, NewStatus, OneComment, ThreadChange, ThreadState } from '../contract/moderation.ts'
import { Id } from '../contract/values.ts'
import { asPage } from '../credentials.ts'
import { AppError } from '../errors.ts'
import { body, createRouter, type Env, json, refusals } from '../http.ts'
import { once } from '../idempotency.ts'
import { pageForUrl } from '../pages/find-page.ts'
import { sharedUrl } from '../pages/rules.ts'
import { rateLimited } from '../rate-limit.ts'
import { holdByMember, trustedMember, vouchForComment } from './member-acts.ts'
import { moderator } from './moderator.ts'
import { decideIdea, pinComment, theComment } from './set-on-comment.ts'
import { setThread } from './set-thread.ts'
import { actorOf } from './who-acts.ts'

const named = { params: z.object({ id: Id }) }
const nothing = z.strictObject({})
const page = {
  tags: ['page'],
  security: [{ publishableKey: [], token: [] }] as Record<string, string[]>[],
  middleware: [asPage, rateLimited({ perMinute: 60, burst: 30 })],
}

const putPinned = createRoute({
  ...moderator,
  method: 'put',
  path: '/v1/comments/{id}/pinned',
  summary: 'Pin a comment above its thread, or let it go',
  request: { ...named, ...body(NewPin) },
  responses: { 200: json(OneComment, 'The comment'), ...refusals },
})

const putStatus = createRoute({
  ...moderator,
  method: 'put',
  path: '/v1/comments/{id}/status',
  summary: 'Say what becomes of an idea, with a word of why',
  request: { ...named, ...body(NewStatus) },
  responses: { 200: json(OneComment, 'The comment'), ...refusals },
})

const patchThread = createRoute({
  ...moderator,
  method: 'patch',
  path: '/v1/threads',
  summary: 'Lock, close or open a thread, or say what it is for',
  request: body(ThreadChange),
  responses: { 200: json(ThreadState, 'The thread as it is now'), ...refusals },
})

const postHold = createRoute({
  ...page,
  method: 'post',
  path: '/v1/comments/{id}/hold',
  summary: 'As a trusted member: hold a comment until a moderator has seen it',
  request: { ...named, ...body(nothing) },
  responses: { 200: json(nothing, 'It is held'), ...refusals },
})

const postVouch = createRoute({
  ...page,
  method: 'post',
  path: '/v1/comments/{id}/vouch',
  summary: 'As a trusted member: answer for somebody whom nobody knows yet; their comment appears',
  request: { ...named, ...body(nothing) },
  responses: { 200: json(OneComment, 'The comment'), ...refusals },
})

/** What moderators set on threads and single comments, and what trusted members may do. */
export const moderatedThreadRoutes = () =>
  createRouter()
    .openapi(putPinned, async (c) => {
      const [site, { id }, input] = [c.get('site').id, c.req.valid('param'), c.req.valid('json')]
      const { answer } = await once(c, input, async (work) => ({
        status: 200 as const,
        answer: { comment: await pinComment(work, site, actorOf(c), id, input.pinned) },
      }))
      return c.json(answer, 200)
    })
    .openapi(putStatus, async (c) => {
      const [site, { id }, input] = [c.get('site').id, c.req.valid('param'), c.req.valid('json')]
      const { answer } = await once(c, input, async (work) => ({
        status: 200 as const,
        answer: { comment: await decideIdea(work, site, actorOf(c), id, input) },
      }))
      return c.json(answer, 200)
    })
    .openapi(patchThread, async (c) => {
      const [{ id: site, origins }, input] = [c.get('site'), c.req.valid('json')]
      const { url: given, pageId, closesAt, mode, state } = input
      const url = sharedUrl(given, origins)
      const setting = {
        mode,
        state,
        closesAt: typeof closesAt === 'string' ? Date.parse(closesAt) : closesAt,
      }
      const { answer } = await once(c, input, async (work) => {
        const page = await pageForUrl(work, site, url, { pageId })
        await setThread(work, site, actorOf(c), page, setting)
        return { status: 200 as const, answer: await showThread(work.db, site, page, work.now()) }
      })
      return c.json(answer, 200)
    })
    .openapi(postHold, async (c) => {
      const [site, { id }] = [c.get('site').id, c.req.valid('param')]
      const member = await trusted(c)
      await once(c, {}, async (work) => {
        await holdByMember(work, site, member, id)
        return { status: 200 as const, answer: {} }
      })
      return c.json({}, 200)
    })
    .openapi(postVouch, async (c) => {
      const [site, { id }] = [c.get('site').id, c.req.valid('param')]
      const member = await trusted(c)
      const { answer } = await once(c, {}, async (work) => {
        await vouchForComment(work, site, member, id)
        return { status: 200 as const, answer: { comment: await theComment(work, site, id) } }
      })
      return c.json(answer, 200)
    })

/** The trusted member whose token this is. */
async function trusted(c: Context<Env>) {
  c.header('cache-control', 'private, no-store')
  const { read, now } = c.get('deps')
  const visitor = c.get('visitor')
  if (visitor === undefined)
    throw new AppError('unauthorized', "Send the person's token: Authorization: Bearer pt_…")
  return trustedMember(read, c.get('site').id, visitor, now())
}
