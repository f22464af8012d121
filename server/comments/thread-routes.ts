import { createRoute, z } from '@hono/zod-openapi'
import * as contract from '../contract/comments.ts'
import { Id } from '../contract/values.ts'
import { asPage } from '../credentials.ts'
import { createRouter, json, refusals } from '../http.ts'
import { sharedUrl } from '../pages/rules.ts'
import { rateLimited } from '../rate-limit.ts'
import { readComments, readContext } from './read-context.ts'
import { readReplies, readThread } from './read-thread.ts'
import { answerReady, ready } from './ready-answers.ts'

const limit = rateLimited({ perMinute: 600, burst: 300 })
const ofComment = { params: z.object({ id: Id }) }

/** A read that is the same for everybody: it is kept ready. */
const reading = <P extends string, R extends object, A extends z.ZodType>(
  path: P,
  summary: string,
  request: R,
  answer: A,
) =>
  createRoute({
    method: 'get',
    path,
    tags: ['page'],
    summary,
    security: [{ publishableKey: [] }],
    middleware: [asPage, limit, ready] as const,
    request,
    responses: {
      200: json(answer, summary),
      304: { description: 'It is as it was when the ETag was given' },
      ...refusals,
    },
  })

const getThread = reading(
  '/v1/threads',
  'The comments of a page, each before its replies',
  { query: contract.ThreadQuery },
  contract.Thread,
)
const getReplies = reading(
  '/v1/comments/{id}/replies',
  'The replies of a comment, each before its own',
  { ...ofComment, query: contract.RepliesQuery },
  contract.Level,
)
const getContext = reading(
  '/v1/comments/{id}/context',
  'A comment with those above it: what its permalink opens',
  ofComment,
  contract.Context,
)
const getComments = reading(
  '/v1/comments',
  'Comments by their ids, in the order asked for; those that are gone are left out',
  { query: contract.CommentsQuery },
  contract.Found,
)

/** Threads as all readers see them. */
export const threadRoutes = () =>
  createRouter()
    .openapi(getThread, (c) => {
      const { read, now } = c.get('deps')
      const { id, origins } = c.get('site')
      const { url, pageId, ...wanted } = c.req.valid('query')
      const named = { url: sharedUrl(url, origins), pageId }
      return answerReady(c, () => readThread(read, id, { ...named, wanted, now: now() }))
    })
    .openapi(getReplies, (c) => {
      const { read } = c.get('deps')
      const { id } = c.req.valid('param')
      return answerReady(c, () => readReplies(read, c.get('site').id, id, c.req.valid('query')))
    })
    .openapi(getContext, (c) => {
      const { read } = c.get('deps')
      const { id } = c.req.valid('param')
      return answerReady(c, () => readContext(read, c.get('site').id, id))
    })
    .openapi(getComments, (c) => {
      const { read } = c.get('deps')
      return answerReady(c, () => readComments(read, c.get('site').id, c.req.valid('query').id))
    })
