import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { Kysely } from 'kysely'
import * as contract from '../contract/reports.ts'
import type { file } from '../contract/values.ts'
import { asModerator, asOwner } from '../credentials.ts'
import type { Database } from '../db/schema.ts'
import { asFile, listOrExport, listOrFile } from '../export-list.ts'
import { createRouter, type Env, json, refusals } from '../http.ts'
import { attributionReport } from './attribution.ts'
import { cascadesReport, cascadeTree } from './cascades.ts'
import { conversionsReport } from './conversions.ts'
import { dividendReport } from './dividend.ts'
import { funnelReport } from './funnel.ts'
import { overview, timeseries } from './overview.ts'
import { personReport } from './person.ts'
import { type Range, readRange } from './ranges.ts'
import { topChannels, topPages, topPeople } from './top.ts'

type Description = Parameters<typeof createRoute>[0]['responses'][number]

const answered = <P extends string, Q extends z.ZodObject, A extends Description>(
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
    responses: { 200: answer, ...refusals },
  })

const report = <P extends string, Q extends z.ZodObject, A extends z.ZodType>(
  path: P,
  summary: string,
  query: Q,
  answer: A,
) => answered(path, summary, query, json(answer, summary))

/** A report whose rows can be had as a file. */
const table = <P extends string, Q extends z.ZodObject, A extends z.ZodType>(
  path: P,
  summary: string,
  query: Q,
  answer: A,
) => answered(path, summary, query, listOrFile(answer, summary))

const getOverview = report('overview', 'What happened in a range', contract.RangeQuery, contract.Overview)
const getTimeseries = table(
  'timeseries',
  'The same, bucket by bucket',
  contract.TimeseriesQuery,
  contract.Timeseries,
)
const getDividend = table(
  'dividend',
  'Information × chain × interaction = value, and which of them moved',
  contract.DividendQuery,
  contract.DividendReport,
)
const getFunnel = table(
  'funnel',
  'Sense, interact, connect, act, share: how far those went who came through shares',
  contract.FunnelQuery,
  contract.FunnelReport,
)
const getPeople = table('people', 'Who brought what', contract.TopQuery, contract.PeopleReport)
const getPages = table('pages', 'Which pages were passed on', contract.TopQuery, contract.PagesReport)
const getChannels = table('channels', 'Over which channels', contract.TopQuery, contract.ChannelsReport)
const getConversions = table(
  'conversions',
  'Conversions with their chains',
  contract.ConversionsQuery,
  contract.ConversionsReport,
)
const getCascades = table(
  'cascades',
  'All cascades in sum, and one by one',
  contract.CascadesQuery,
  contract.CascadesReport,
)
const getAttribution = table(
  'attribution',
  'Who earned it',
  contract.AttributionQuery,
  contract.AttributionReport,
)

const getPerson = createRoute({
  method: 'get',
  path: '/v1/reports/people/{id}',
  tags: ['owner'],
  summary: 'One person: what they brought, who brought them, whom they brought',
  security: [{ secretKey: [] }, { ownerCookie: [] }],
  middleware: [asOwner] as const,
  request: { params: z.object({ id: z.string() }), query: contract.RangeQuery },
  responses: {
    200: json(contract.PersonReport, 'The person; counts and value are of the range'),
    ...refusals,
  },
})

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
  middleware: [asModerator] as const,
  responses: { 200: { description: 'text/event-stream' }, ...refusals },
})

/** How often a quiet live stream says that it is alive, in ms: proxies close silent connections. */
const HEARTBEAT_MS = 25_000

type Queries = Kysely<Database>
type Asked = z.output<typeof contract.RangeQuery> & z.output<z.ZodObject<typeof file>>

const rangeOf = (c: Context<Env>, query: z.output<typeof contract.RangeQuery>): Range =>
  readRange(query, c.get('deps').now())

/** Answers a list of a range, or a file of it. */
function ofRange<Q extends Asked & { limit?: number }, T extends { data: object[]; next?: string | null }>(
  c: Context<Env>,
  name: string,
  query: Q,
  read: (db: Queries, site: string, range: Range, asked: Q & { limit: number }) => Promise<T>,
) {
  const range = rangeOf(c, query)
  return listOrExport(c, name, query, (page) =>
    read(c.get('deps').reports, c.get('site').id, range, { ...query, ...page }),
  )
}

/** What owners read. */
export const reportRoutes = () =>
  createRouter()
    .openapi(getOverview, async (c) => {
      const { reports, now } = c.get('deps')
      return c.json(await overview(reports, c.get('site').id, readRange(c.req.valid('query'), now())), 200)
    })
    .openapi(getTimeseries, (c) =>
      ofRange(c, 'timeseries', c.req.valid('query'), (db, site, range, { interval }) =>
        timeseries(db, site, range, interval),
      ),
    )
    .openapi(getDividend, async (c) => {
      const { format, currency, ...query } = c.req.valid('query')
      const { reports } = c.get('deps')
      const report = await dividendReport(reports, c.get('site').id, rangeOf(c, query), currency)
      return format ? asFile(c, 'dividend', format, report, [report]) : c.json(report, 200)
    })
    .openapi(getFunnel, (c) =>
      ofRange(c, `funnel-by-${c.req.valid('query').by}`, c.req.valid('query'), funnelReport),
    )
    .openapi(getPeople, (c) => ofRange(c, 'people', c.req.valid('query'), topPeople))
    .openapi(getPerson, async (c) => {
      const range = rangeOf(c, c.req.valid('query'))
      const { id } = c.req.valid('param')
      return c.json(await personReport(c.get('deps').reports, c.get('site').id, range, id), 200)
    })
    .openapi(getPages, (c) => ofRange(c, 'pages', c.req.valid('query'), topPages))
    .openapi(getChannels, (c) => ofRange(c, 'channels', c.req.valid('query'), topChannels))
    .openapi(getConversions, (c) => ofRange(c, 'conversions', c.req.valid('query'), conversionsReport))
    .openapi(getCascades, (c) => {
      const query = c.req.valid('query')
      return listOrExport(c, 'cascades', query, (page) =>
        cascadesReport(c.get('deps').reports, c.get('site').id, { ...query, ...page }),
      )
    })
    .openapi(getCascade, async (c) =>
      c.json(await cascadeTree(c.get('deps').reports, c.get('site').id, c.req.valid('param').code), 200),
    )
    .openapi(getAttribution, (c) => ofRange(c, 'attribution', c.req.valid('query'), attributionReport))
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
