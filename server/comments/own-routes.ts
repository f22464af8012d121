import { createRoute } from '@hono/zod-openapi'
import * as contract from '../contract/comments.ts'
import { asPage } from '../credentials.ts'
import { createRouter, json, refusals } from '../http.ts'
import { personByKey } from '../identity/find-person.ts'
import { pageByUrl } from '../pages/find-page.ts'
import { sharedUrl } from '../pages/rules.ts'
import { rateLimited } from '../rate-limit.ts'
import { beginningWith, peopleOf } from './people-of-thread.ts'
import { readMine } from './read-mine.ts'
import { visitorOf } from './visitor.ts'

const middleware = [asPage, rateLimited({ perMinute: 300, burst: 120 })]

const getMine = createRoute({
  method: 'get',
  path: '/v1/threads/mine',
  tags: ['page'],
  summary: 'What of a page’s thread is one’s own',
  security: [{ publishableKey: [], token: [] }],
  middleware,
  request: { query: contract.MineQuery },
  responses: {
    200: json(contract.Mine, 'Votes, reactions, comments that wait, what one may do'),
    ...refusals,
  },
})

const getMentions = createRoute({
  method: 'get',
  path: '/v1/mentions',
  tags: ['page'],
  summary: 'Whom `@` can mean on a page',
  security: [{ publishableKey: [], token: [] }],
  middleware,
  request: { query: contract.MentionsQuery },
  responses: { 200: json(contract.Mentionable, 'Those who spoke there, latest first'), ...refusals },
})

/** What of a thread depends on who asks. */
export const ownThreadRoutes = () =>
  createRouter()
    .openapi(getMine, async (c) => {
      const visitor = visitorOf(c)
      const { read } = c.get('deps')
      const { id: site, origins } = c.get('site')
      const { url, pageId } = c.req.valid('query')
      const page = await pageByUrl(read, site, sharedUrl(url, origins), pageId)
      return c.json(await readMine(read, site, page, await personByKey(read, site, visitor)), 200)
    })
    .openapi(getMentions, async (c) => {
      const { read } = c.get('deps')
      const { id: site, origins } = c.get('site')
      const { url, pageId, q } = c.req.valid('query')
      const page = await pageByUrl(read, site, sharedUrl(url, origins), pageId)
      const people = page === undefined ? [] : await peopleOf(read, site, page)
      return c.json({ data: beginningWith(people, q) }, 200)
    })
