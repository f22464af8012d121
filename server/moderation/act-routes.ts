import { createRoute, z } from '@hono/zod-openapi'
import { Acts, ActsQuery, ModerationAct } from '../contract/moderation.ts'
import { Id } from '../contract/values.ts'
import { listOrExport, listOrFile } from '../export-list.ts'
import { body, createRouter, json, refusals } from '../http.ts'
import { once } from '../idempotency.ts'
import { actsByIds, listActs } from './list-acts.ts'
import { moderator } from './moderator.ts'
import { undoAct } from './undo-act.ts'
import { actorOf } from './who-acts.ts'

const getActs = createRoute({
  ...moderator,
  method: 'get',
  path: '/v1/moderation/acts',
  summary: 'What moderators, owners and trusted members did, and what was taken back',
  request: { query: ActsQuery },
  responses: { 200: listOrFile(Acts, 'The acts, latest first'), ...refusals },
})

const postUndo = createRoute({
  ...moderator,
  method: 'post',
  path: '/v1/moderation/acts/{id}/undo',
  summary: 'Undo an act, while nothing that came later builds on it',
  request: { params: z.object({ id: Id }), ...body(z.strictObject({})) },
  responses: { 200: json(ModerationAct, 'The act, undone'), ...refusals },
})

/** What was done, and undoing it. */
export const actRoutes = () =>
  createRouter()
    .openapi(getActs, (c) => {
      const query = c.req.valid('query')
      return listOrExport(c, 'moderation-acts', query, (part) =>
        listActs(c.get('deps').read, c.get('site').id, { ...query, ...part }),
      )
    })
    .openapi(postUndo, async (c) => {
      const [site, { id }] = [c.get('site').id, c.req.valid('param')]
      const { answer } = await once(c, {}, async (work) => {
        await undoAct(work, site, actorOf(c), id)
        const [act] = await actsByIds(work.db, site, [id])
        return { status: 200 as const, answer: act as ModerationAct }
      })
      return c.json(answer, 200)
    })
