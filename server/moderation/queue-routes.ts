import { createRoute, z } from '@hono/zod-openapi'
import { Moderated, ModeratedContext, NewModeration, Queue, QueueQuery } from '../contract/moderation.ts'
import { Id } from '../contract/values.ts'
import { listOrExport, listOrFile } from '../export-list.ts'
import { body, createRouter, json, refusals } from '../http.ts'
import { once } from '../idempotency.ts'
import { pageByUrl } from '../pages/find-page.ts'
import { sharedUrl } from '../pages/rules.ts'
import { decideComments } from './decide-comments.ts'
import { actsByIds } from './list-acts.ts'
import { listQueue, readModerated } from './list-queue.ts'
import { moderator } from './moderator.ts'
import { moderatedByIds } from './show-moderated.ts'
import { actorOf } from './who-acts.ts'

const getQueue = createRoute({
  ...moderator,
  method: 'get',
  path: '/v1/moderation/queue',
  summary: 'Comments as moderators see them: the queue is those that are `held`',
  request: { query: QueueQuery },
  responses: { 200: listOrFile(Queue, 'The comments, latest first'), ...refusals },
})

const getContext = createRoute({
  ...moderator,
  method: 'get',
  path: '/v1/moderation/comments/{id}',
  summary: 'A comment with what stands around it, what its author said before, and what was decided',
  request: { params: z.object({ id: Id }) },
  responses: { 200: json(ModeratedContext, 'The comment'), ...refusals },
})

const postDecisions = createRoute({
  ...moderator,
  method: 'post',
  path: '/v1/moderation/decisions',
  summary:
    'Approve, hold, refuse or delete comments, or take their reports as dealt with: all of them, or none',
  request: body(NewModeration),
  responses: { 200: json(Moderated, 'The comments as they are now, and the acts it came to'), ...refusals },
})

/** What waits for a moderator, and what they decide. */
export const queueRoutes = () =>
  createRouter()
    .openapi(getQueue, async (c) => {
      const [{ read, now }, { id: site, origins }] = [c.get('deps'), c.get('site')]
      const { url, ...query } = c.req.valid('query')
      // A page that nobody has seen has no comments.
      const page =
        url === undefined ? undefined : ((await pageByUrl(read, site, sharedUrl(url, origins))) ?? '')
      return listOrExport(c, 'comments', query, (part) =>
        listQueue(read, site, { ...query, ...part, page, at: now() }),
      )
    })
    .openapi(getContext, async (c) => {
      const { read, now } = c.get('deps')
      return c.json(await readModerated(read, c.get('site').id, c.req.valid('param').id, now()), 200)
    })
    .openapi(postDecisions, async (c) => {
      const [site, input] = [c.get('site').id, c.req.valid('json')]
      const { answer } = await once(c, input, async (work) => {
        const acts = await decideComments(work, site, actorOf(c), input)
        const data = await moderatedByIds(work.db, site, [...new Set(input.comments)], work.now())
        return { status: 200 as const, answer: { data, acts: await actsByIds(work.db, site, acts) } }
      })
      return c.json(answer, 200)
    })
