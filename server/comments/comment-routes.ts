import { createRoute, z } from '@hono/zod-openapi'
import * as contract from '../contract/comments.ts'
import { OneComment } from '../contract/moderation.ts'
import { Id } from '../contract/values.ts'
import { asPage } from '../credentials.ts'
import { body, createRouter, json, refusals } from '../http.ts'
import { once } from '../idempotency.ts'
import { personByKey } from '../identity/find-person.ts'
import { rateLimited } from '../rate-limit.ts'
import { commentSettings } from '../screening/comment-settings.ts'
import { deleteComment } from './delete-comment.ts'
import { editComment } from './edit-comment.ts'
import { checkOwn, checkThere, readSource } from './own-comment.ts'
import { plainText } from './plain-text.ts'
import { commentById, urlOfPage } from './store.ts'
import { admit, checkBody, parse, takeComment } from './take-comment.ts'
import { visitorOf } from './visitor.ts'

const security = [{ publishableKey: [], token: [] }]
const params = z.object({ id: Id })
const writing = [asPage, rateLimited({ perMinute: 60, burst: 30 })]

const postRoute = createRoute({
  method: 'post',
  path: '/v1/comments',
  tags: ['page'],
  summary: 'Say something on a page',
  security,
  middleware: writing,
  request: body(contract.NewComment),
  responses: {
    201: json(contract.Posted, 'The comment as its author sees it: `held` is seen by others later, perhaps'),
    ...refusals,
  },
})

const patchRoute = createRoute({
  method: 'patch',
  path: '/v1/comments/{id}',
  tags: ['page'],
  summary: 'Change what one said; what it said before is kept',
  security,
  middleware: writing,
  request: { params, ...body(contract.CommentChange) },
  responses: { 200: json(OneComment, 'The comment as it is now'), ...refusals },
})

const deleteRoute = createRoute({
  method: 'delete',
  path: '/v1/comments/{id}',
  tags: ['page'],
  summary: 'Take back what one said; replies stand',
  security,
  middleware: writing,
  request: { params },
  responses: { 200: json(OneComment, 'What is left of it'), ...refusals },
})

const previewRoute = createRoute({
  method: 'post',
  path: '/v1/comments/preview',
  tags: ['page'],
  summary: 'See how a comment will look',
  security: [{ publishableKey: [] }],
  middleware: [asPage, rateLimited({ perMinute: 120, burst: 60 })] as const,
  request: body(contract.NewPreview),
  responses: { 200: json(contract.Preview, 'The text, parsed'), ...refusals },
})

const sourceRoute = createRoute({
  method: 'get',
  path: '/v1/comments/{id}/source',
  tags: ['page'],
  summary: 'What one wrote, as it was written, and what it said before',
  security,
  middleware: [asPage, rateLimited({ perMinute: 120, burst: 60 })] as const,
  request: { params },
  responses: { 200: json(contract.Source, 'The text'), ...refusals },
})

/** What people do with comments of their own: write, change, take back. */
export const commentRoutes = () =>
  createRouter()
    .openapi(postRoute, async (c) => c.json({ comment: await takeComment(c, c.req.valid('json')) }, 201))
    .openapi(patchRoute, async (c) => {
      const { read } = c.get('deps')
      const site = c.get('site').id
      const { id } = c.req.valid('param')
      const input = c.req.valid('json')
      const { body, proof } = input
      checkBody(body)
      const person = await personByKey(read, site, visitorOf(c))
      const row = await commentById(read, site, id)
      checkOwn(row, person)
      checkThere(row)
      const settings = await commentSettings(read, site)
      const parsed = await parse(c, row.page_id, body)
      const url = await urlOfPage(read, site, row.page_id)
      const attempt = {
        ...{ settings, person: row.person_id, url, proof, edited: true },
        ...{ body, shown: plainText(parsed.markup), links: parsed.links },
        ...{ name: undefined, mail: undefined },
      }
      const admitted = body === row.body ? undefined : await admit(c, attempt)
      const { answer } = await once(c, { ...input, proof: undefined }, async (work) => {
        const edit = { id, person: row.person_id, attempt, parsed, admitted }
        return { status: 200, answer: { comment: await editComment(work, site, edit) } }
      })
      return c.json(answer, 200)
    })
    .openapi(deleteRoute, async (c) => {
      const visitor = visitorOf(c)
      const site = c.get('site').id
      const { id } = c.req.valid('param')
      const { answer } = await once(c, {}, async (work) => {
        const person = await personByKey(work.db, site, visitor)
        return { status: 200, answer: { comment: await deleteComment(work, site, id, person) } }
      })
      return c.json(answer, 200)
    })
    .openapi(previewRoute, async (c) => {
      const { markup } = await parse(c, undefined, c.req.valid('json').body)
      return c.json({ body: markup }, 200)
    })
    .openapi(sourceRoute, async (c) => {
      const { read } = c.get('deps')
      const site = c.get('site').id
      const person = await personByKey(read, site, visitorOf(c))
      return c.json(await readSource(read, site, c.req.valid('param').id, person), 200)
    })
