import { createRoute, z } from '@hono/zod-openapi'
import { streamSSE } from 'hono/streaming'
import * as contract from '../contract/reports.ts'
import { Counts } from '../contract/shares.ts'
import { PageUrl } from '../contract/values.ts'
import { asOwner, asPage } from '../credentials.ts'
import { createRouter, json, refusals } from '../http.ts'
import { pageByUrl } from '../pages/find-page.ts'
import { sharedUrl } from '../pages/rules.ts'
import { rateLimited } from '../rate-limit.ts'
import { attributionReport } from './attribution.ts'
import { cascadesReport, cascadeTree } from './cascades.ts'
import { conversionsReport } from './conversions.ts'
import { overview, timeseries } from './overview.ts'
import { readRange } from './ranges.ts'
import { sharesOfPage } from './store.ts'
import { topChannels, topPages, topPeople } from './top.ts'

const report = <P extends string, Q extends z.ZodObject, A extends z.ZodType>(
  path: P,
  summary: string,
  query: Q,
  answer: A,
) =>
  createRoute({
    method: 'get',
    path: `/v1/reports/${path}` as const,
    tags: ['owner'],
    summary,
    security: [{ secretKey: [] }, { ownerCookie: [] }],
    middleware: [asOwner] as const,
    request: { query },
    responses: { 200: json(answer, summary), ...refusals },
  })

const getOverview = report('overview', 'What happened in a range', contract.RangeQuery, contract.Overview)
const getTimeseries = report(
  'timeseries',
  'The same, bucket by bucket',
  contract.TimeseriesQuery,
  contract.Timeseries,
)
const getPeople = report('people', 'Who brought what', contract.TopQuery, contract.PeopleReport)
const getPages = report('pages', 'Which pages were passed on', contract.TopQuery, contract.PagesReport)
const getChannels = report('channels', 'Over which channels', contract.TopQuery, contract.ChannelsReport)
const getConversions = report(
  'conversions',
  'Conversions with their chains',
  contract.ConversionsQuery,
  contract.ConversionsReport,
)
const getCascades = report(
  'cascades',
  'All cascades in sum, and one by one',
  contract.CascadesQuery,
  contract.CascadesReport,
)
const getAttribution = report(
  'attribution',
  'Who earned it',
  contract.AttributionQuery,
  contract.AttributionReport,
)

const getCascade = createRoute({
  method: 'get',
  path: '/v1/reports/cascades/{code}',
  tags: ['owner'],
  summary: 'One cascade as a tree',
  security: [{ secretKey: [] }, { ownerCookie: [] }],
  middleware: [asOwner] as const,
  request: { params: z.object({ code: z.string() }) },
  responses: { 200: json(contract.CascadeTree, 'The tree that the share stands in'), ...refusals },
})

const getLive = createRoute({
  method: 'get',
  path: '/v1/live',
  tags: ['owner'],
  summary: 'Server-sent events: `changed` with how much has changed, a few times a second at most',
  security: [{ secretKey: [] }, { ownerCookie: [] }],
  middleware: [asOwner] as const,
  responses: { 200: { description: 'text/event-stream' }, ...refusals },
})

const getCounts = createRoute({
  method: 'get',
  path: '/v1/counts',
  tags: ['page'],
  summary: 'Public counts of a page',
  security: [{ publishableKey: [] }],
  middleware: [asPage, rateLimited({ perMinute: 300, burst: 120 })] as const,
  request: { query: z.object({ url: PageUrl }) },
  responses: { 200: json(Counts, 'Counts of the page; 0 for one never shared'), ...refusals },
})

/** How often a quiet live stream says that it is alive, in ms: proxies close silent connections. */
const HEARTBEAT_MS = 25_000

/** What owners read, and the public counts. */
export const reportRoutes = () =>
  createRouter()
    .openapi(getOverview, async (c) => {
      const { reports, now } = c.get('deps')
      return c.json(await overview(reports, c.get('site').id, readRange(c.req.valid('query'), now())), 200)
    })
    .openapi(getTimeseries, async (c) => {
      const { reports, now } = c.get('deps')
      const query = c.req.valid('query')
      return c.json(await timeseries(reports, c.get('site').id, readRange(query, now()), query.interval), 200)
    })
    .openapi(getPeople, async (c) => {
      const { reports, now } = c.get('deps')
      const query = c.req.valid('query')
      return c.json(await topPeople(reports, c.get('site').id, readRange(query, now()), query), 200)
    })
    .openapi(getPages, async (c) => {
      const { reports, now } = c.get('deps')
      const query = c.req.valid('query')
      return c.json(await topPages(reports, c.get('site').id, readRange(query, now()), query), 200)
    })
    .openapi(getChannels, async (c) => {
      const { reports, now } = c.get('deps')
      const query = c.req.valid('query')
      return c.json(await topChannels(reports, c.get('site').id, readRange(query, now()), query), 200)
    })
    .openapi(getConversions, async (c) => {
      const { reports, now } = c.get('deps')
      const query = c.req.valid('query')
      return c.json(await conversionsReport(reports, c.get('site').id, readRange(query, now()), query), 200)
    })
    .openapi(getCascades, async (c) =>
      c.json(await cascadesReport(c.get('deps').reports, c.get('site').id, c.req.valid('query')), 200),
    )
    .openapi(getCascade, async (c) =>
      c.json(await cascadeTree(c.get('deps').reports, c.get('site').id, c.req.valid('param').code), 200),
    )
    .openapi(getAttribution, async (c) => {
      const { reports, now } = c.get('deps')
      const { touch, split, by, ...query } = c.req.valid('query')
      return c.json(
        await attributionReport(reports, c.get('site').id, readRange(query, now()), { touch, split, by }),
        200,
      )
    })
    .openapi(getCounts, async (c) => {
      const { read } = c.get('deps')
      const site = c.get('site')
      const page = await pageByUrl(read, site.id, sharedUrl(c.req.valid('query').url, site.origins))
      return c.json({ shares: page ? await sharesOfPage(read, site.id, page) : 0 }, 200)
    })
    .openapi(getLive, (c) => {
      const { live } = c.get('deps')
      return streamSSE(c, async (stream) => {
        await stream.write(': here\n\n')
        const stop = live.listen(c.get('site').id, (change) => {
          void stream.writeSSE({ event: 'changed', data: JSON.stringify(change) })
        })
        const heartbeat = setInterval(() => void stream.write(': still here\n\n'), HEARTBEAT_MS)
        await new Promise<void>((resolve) => stream.onAbort(resolve))
        clearInterval(heartbeat)
        stop()
      })
    })
