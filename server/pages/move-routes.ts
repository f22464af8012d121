import { createRoute, z } from '@hono/zod-openapi'
import { Move, Moves, NewMove } from '../contract/pages.ts'
import { Id } from '../contract/values.ts'
import { asOwner } from '../credentials.ts'
import { body, createRouter, json, refusals } from '../http.ts'
import { once } from '../idempotency.ts'
import { deleteMove, listMoves, movePages, readMoving } from './move-pages.ts'
import { anywhere, sharedUrl } from './rules.ts'

const owner = {
  tags: ['owner'],
  security: [{ secretKey: [] }, { ownerCookie: [] }] as Record<string, string[]>[],
  middleware: asOwner,
}

const postMove = createRoute({
  ...owner,
  method: 'post',
  path: '/v1/pages/moves',
  summary: 'Say that a page moved, or all that begin so: the thread and what is counted move along',
  request: body(NewMove),
  responses: { 201: json(Move, 'The move'), ...refusals },
})

const getMoves = createRoute({
  ...owner,
  method: 'get',
  path: '/v1/pages/moves',
  summary: 'Where pages moved, latest first',
  responses: { 200: json(Moves, 'The moves'), ...refusals },
})

const deleteMoveRoute = createRoute({
  ...owner,
  method: 'delete',
  path: '/v1/pages/moves/{id}',
  summary: 'Take a move back: what comes to the old URL is a page of its own again, what has moved stays',
  request: { params: z.object({ id: Id }) },
  responses: { 204: { description: 'Taken back' }, ...refusals },
})

/** Where pages moved. */
export const moveRoutes = () =>
  createRouter()
    .openapi(postMove, async (c) => {
      const input = c.req.valid('json')
      const { id, origins } = c.get('site')
      const moving = readMoving(
        anywhere(input.from, 'from'),
        sharedUrl(input.to, origins, 'to'),
        input.prefix,
      )
      const { answer } = await once(c, input, async (work) => ({
        status: 201,
        answer: await movePages(work, id, moving),
      }))
      return c.json(answer, 201)
    })
    .openapi(getMoves, async (c) => {
      const data = await listMoves({ db: c.get('deps').read }, c.get('site').id)
      return c.json({ data }, 200)
    })
    .openapi(deleteMoveRoute, async (c) => {
      const { id } = c.req.valid('param')
      await c.get('deps').write((work) => deleteMove(work, c.get('site').id, id))
      return c.body(null, 204)
    })
