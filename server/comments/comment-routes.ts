import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import * as contract from '../contract/comments.ts'
import { OneComment } from '../contract/moderation.ts'
import { Id } from '../contract/values.ts'
import { asPage } from '../credentials.ts'
import { AppError } from '../errors.ts'
import { body, createRouter, type Env, json, refusals } from '../http.ts'
import { once, wasAnswered } from '../idempotency.ts'
import { personByKey } from '../identity/find-person.ts'
import { pageByUrl } from '../pages/find-page.ts'
import { sharedUrl } from '../pages/rules.ts'
import { rateLimited } from '../rate-limit.ts'
import { type Admitted, type Attempt, admitComment } from '../screening/admit-comment.ts'
import { commentSettings } from '../screening/comment-settings.ts'
import { deleteComment } from './delete-comment.ts'
import { editComment } from './edit-comment.ts'
import { checkOwn, checkThere, readSource } from './own-comment.ts'
import { type Parsed, parseMarkup } from './parse-markup.ts'
import { namesIn } from './people-of-thread.ts'
import { postComment } from './post-comment.ts'
import { faultOf } from './rules.ts'
import { commentById, urlOfPage } from './store.ts'
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
    .openapi(postRoute, async (c) => {
      const visitor = visitorOf(c)
      const { id: site, origins } = c.get('site')
      const { read } = c.get('deps')
      const input = c.req.valid('json')
      const { body, proof, name, mail, arrival } = input
      const url = sharedUrl(input.url, origins)
      checkBody(body)
      const person = await personByKey(read, site, visitor)
      const page = await pageByUrl(read, site, url, input.pageId)
      const settings = await commentSettings(read, site)
      const parsed = await parse(c, page, body)
      const attempt = { ...{ settings, person, body, links: parsed.links, name, mail }, url: url.href, proof }
      const admitted = await admit(c, { ...attempt, edited: false, arrival })
      const { answer } = await once(c, { ...input, proof: undefined }, async (work) => {
        const said = { ...input, visitor, url, parsed, admitted: sureOf(admitted) }
        const comment = await postComment(work, site, {
          ...said,
          attempt: { ...attempt, edited: false, arrival },
        })
        return { status: 201, answer: { comment } }
      })
      return c.json(answer, 201)
    })
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
        ...{ settings, person: row.person_id, body, links: parsed.links, url, proof, edited: true },
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

/** Lets an attempt in, unless its key was answered before: who repeats a request is not asked again. */
const admit = async (c: Context<Env>, attempt: Attempt): Promise<Admitted | undefined> =>
  (await wasAnswered(c)) ? undefined : admitComment(c, attempt)

/** What was found out of an attempt; there is nothing only where the answer is repeated. */
export function sureOf(admitted: Admitted | undefined): Admitted {
  if (!admitted) throw new AppError('unavailable', 'Try again', { retryAfter: 1 })
  return admitted
}

async function parse(c: Context<Env>, page: string | undefined, body: string): Promise<Parsed> {
  const { read } = c.get('deps')
  const site = c.get('site').id
  const { imageHosts } = await commentSettings(read, site)
  return parseMarkup(body, { imageHosts, people: await namesIn(read, site, page, body) })
}

function checkBody(text: string): void {
  const fault = faultOf(text)
  if (fault !== undefined) throw new AppError('invalid', fault, { field: 'body' })
}
