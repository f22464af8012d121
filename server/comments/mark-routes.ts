import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import * as contract from '../contract/comments.ts'
import { OneComment } from '../contract/moderation.ts'
import { Id } from '../contract/values.ts'
import { asPage } from '../credentials.ts'
import type { Work } from '../deps.ts'
import { body, createRouter, type Env, json, refusals } from '../http.ts'
import { once } from '../idempotency.ts'
import { rateLimited } from '../rate-limit.ts'
import { chooseAnswer, type Recorder } from './choose-answer.ts'
import { react } from './react.ts'
import { reportComment } from './report-comment.ts'
import { visitorOf } from './visitor.ts'
import { vote } from './vote.ts'

const marking = <P extends string, B extends z.ZodType>(path: P, summary: string, input: B) => ({
  path,
  tags: ['page'],
  summary,
  security: [{ publishableKey: [], token: [] }],
  request: { params: z.object({ id: Id }), ...body(input) },
})
const often = [asPage, rateLimited({ perMinute: 120, burst: 60 })]

const putVote = createRoute({
  method: 'put',
  ...marking('/v1/comments/{id}/vote', 'Vote on somebody’s comment; 0 takes it back', contract.NewVote),
  middleware: often,
  responses: { 200: json(contract.Votes, 'All votes, and one’s own'), ...refusals },
})
const putReaction = createRoute({
  method: 'put',
  ...marking('/v1/comments/{id}/reactions', 'Give an emoji, or take it back', contract.NewReaction),
  middleware: often,
  responses: { 200: json(contract.Reactions, 'All reactions, and one’s own'), ...refusals },
})
const postReport = createRoute({
  method: 'post',
  ...marking('/v1/comments/{id}/reports', 'Tell the moderators of a comment', contract.NewReport),
  middleware: [asPage, rateLimited({ perMinute: 20, burst: 20 })] as const,
  responses: { 201: json(z.object({}), 'They know; a second time changes nothing'), ...refusals },
})
const putAccepted = createRoute({
  method: 'put',
  ...marking('/v1/comments/{id}/accepted', 'Accept an answer to one’s question', contract.NewAccepted),
  middleware: often,
  responses: { 200: json(OneComment, 'The question'), ...refusals },
})

/** Does something with a comment in the name of whoever asks, once. */
async function acting<T>(
  c: Context<Env>,
  input: object,
  verb: (work: Work, site: string, visitor: string) => Promise<T>,
): Promise<T> {
  const visitor = visitorOf(c)
  const { answer } = await once(c, input, async (work) => ({
    status: 200,
    answer: await verb(work, c.get('site').id, visitor),
  }))
  return answer
}

/** What people do with others' comments. `record` writes down what those who run the site decide. */
export const markRoutes = (record: Recorder) =>
  createRouter()
    .openapi(putVote, async (c) => {
      const { id } = c.req.valid('param')
      const input = c.req.valid('json')
      return c.json(
        await acting(c, input, (work, site, visitor) => vote(work, site, { id, visitor, ...input })),
        200,
      )
    })
    .openapi(putReaction, async (c) => {
      const { id } = c.req.valid('param')
      const input = c.req.valid('json')
      return c.json(
        await acting(c, input, (work, site, visitor) => react(work, site, { id, visitor, ...input })),
        200,
      )
    })
    .openapi(postReport, async (c) => {
      const { id } = c.req.valid('param')
      const input = c.req.valid('json')
      await acting(c, input, async (work, site, visitor) => {
        await reportComment(work, site, { id, visitor, ...input })
        return {}
      })
      return c.json({}, 201)
    })
    .openapi(putAccepted, async (c) => {
      const { id } = c.req.valid('param')
      const input = c.req.valid('json')
      const comment = await acting(c, input, (work, site, visitor) =>
        chooseAnswer(work, site, { id, visitor, ...input }, record),
      )
      return c.json({ comment }, 200)
    })
