import { createRoute } from '@hono/zod-openapi'
import type { Context } from 'hono'
import * as contract from '../contract/comments.ts'
import { asPage } from '../credentials.ts'
import { AppError } from '../errors.ts'
import { body, createRouter, type Env, json, refusals } from '../http.ts'
import { once } from '../idempotency.ts'
import { personByKey } from '../identity/find-person.ts'
import { sharedUrl } from '../pages/rules.ts'
import { rateLimited } from '../rate-limit.ts'
import { type Attempt, admitComment } from '../screening/admit-comment.ts'
import { commentSettings } from '../screening/comment-settings.ts'
import { parseMarkup } from './parse-markup.ts'
import { postComment } from './post-comment.ts'
import { faultOf } from './rules.ts'

const security = [{ publishableKey: [], token: [] }]

const postRoute = createRoute({
  method: 'post',
  path: '/v1/comments',
  tags: ['page'],
  summary: 'Say something on a page',
  security,
  middleware: [asPage, rateLimited({ perMinute: 60, burst: 30 })] as const,
  request: body(contract.NewComment),
  responses: {
    201: json(contract.Posted, 'The comment as its author sees it: `held` is seen by others later, perhaps'),
    ...refusals,
  },
})

/** The hash of the person's token. */
export function visitorOf(c: Context<Env>): string {
  c.header('cache-control', 'private, no-store')
  const visitor = c.get('visitor')
  if (visitor === undefined)
    throw new AppError('unauthorized', "Send the person's token: Authorization: Bearer pt_…")
  return visitor
}

/** What people do with comments: write, change, vote, react. */
export const commentRoutes = () =>
  createRouter().openapi(postRoute, async (c) => {
    const { id: site, origins } = c.get('site')
    const { read } = c.get('deps')
    const visitor = visitorOf(c)
    const { url: given, body, proof, name, mail, ...input } = c.req.valid('json')
    const url = sharedUrl(given, origins)
    checkBody(body)
    const settings = await commentSettings(read, site)
    const parsed = parseMarkup(body, { imageHosts: settings.imageHosts })
    const person = await personByKey(read, site, visitor)
    const attempt: Attempt = {
      ...{ settings, person, body, links: parsed.links, name, mail, url: url.href, proof, edited: false },
      arrival: input.arrival,
    }
    const admitted = await admitComment(c, attempt)
    const said = { ...input, visitor, url, attempt, admitted, parsed }
    const { answer } = await once(c, { ...c.req.valid('json'), proof: undefined }, async (work) => ({
      status: 201 as const,
      answer: { comment: await postComment(work, site, said) },
    }))
    return c.json(answer, 201)
  })

function checkBody(text: string): void {
  const fault = faultOf(text)
  if (fault !== undefined) throw new AppError('invalid', fault, { field: 'body' })
}
