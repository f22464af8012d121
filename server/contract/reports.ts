import { z } from '@hono/zod-openapi'
import { Instant, Money } from './values.ts'

/** The range of a report: whole hours, `from` inclusive, `to` exclusive. The last 30 days unless told. */
export const RangeQuery = z.object({ from: Instant.optional(), to: Instant.optional() })

export const INTERVALS = ['hour', 'day', 'month'] as const
export const TimeseriesQuery = RangeQuery.extend({ interval: z.enum(INTERVALS).default('day') })

const page = {
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().max(500).optional(),
}

export const TOP_SORTS = ['visits', 'shares', 'conversions'] as const
export const TopQuery = RangeQuery.extend({ sort: z.enum(TOP_SORTS).default('visits'), ...page })

export const CASCADE_SORTS = ['recent', 'size', 'depth', 'visits', 'conversions'] as const
export const CascadesQuery = z.object({ sort: z.enum(CASCADE_SORTS).default('recent'), ...page })

export const ConversionsQuery = RangeQuery.extend(page)

export const TOUCHES = ['last'] as const
export const SPLITS = ['nearest', 'leibniz'] as const
export const CREDITED = ['person', 'share', 'channel', 'page'] as const
export const AttributionQuery = RangeQuery.extend({
  touch: z.enum(TOUCHES).default('last'),
  split: z.enum(SPLITS).default('nearest'),
  by: z.enum(CREDITED).default('person'),
})

const Range = z.object({ from: z.string(), to: z.string() })
const next = z.string().nullable().openapi({ description: 'The cursor of the next page; null at the end' })

const counts = { shares: z.int(), visits: z.int(), conversions: z.int(), value: z.array(Money) }

/** What happened in a range. `conversions` counts all; `value` is per currency, in minor units. */
export const Totals = z
  .object({
    ...counts,
    attributed: z.int(),
    proved: z.int(),
    earned: z.array(Money).openapi({ description: 'The part of `value` that came through shares' }),
  })
  .openapi('Totals')
export type Totals = z.infer<typeof Totals>

export const Overview = z
  .object({
    range: Range,
    totals: Totals,
    previous: Totals.openapi({ description: 'The range of the same length just before' }),
  })
  .openapi('Overview')
export type Overview = z.infer<typeof Overview>

export const Timeseries = z
  .object({
    range: Range,
    interval: z.enum(INTERVALS),
    data: z
      .array(z.object({ at: z.string(), ...counts }))
      .openapi({ description: 'One a bucket, empty ones too' }),
  })
  .openapi('Timeseries')
export type Timeseries = z.infer<typeof Timeseries>

const Person = z.object({ id: z.string() })

export const PeopleReport = z
  .object({ range: Range, data: z.array(z.object({ person: Person, ...counts })), next })
  .openapi('PeopleReport')
export type PeopleReport = z.infer<typeof PeopleReport>

export const PagesReport = z
  .object({ range: Range, data: z.array(z.object({ url: z.string(), ...counts })), next })
  .openapi('PagesReport')
export type PagesReport = z.infer<typeof PagesReport>

export const ChannelsReport = z
  .object({ range: Range, data: z.array(z.object({ channel: z.string(), ...counts })), next })
  .openapi('ChannelsReport')
export type ChannelsReport = z.infer<typeof ChannelsReport>

export const ConversionsReport = z
  .object({
    range: Range,
    data: z.array(
      z.object({
        id: z.string(),
        at: z.string(),
        name: z.string(),
        orderId: z.string().nullable(),
        value: Money.nullable(),
        proved: z.boolean(),
        rung: z.string().nullable().openapi({
          description:
            'What caught it: storage (the visitor’s token), customer (your id of them), code (told by the page), server (told by your server)',
        }),
        person: Person.nullable(),
        chain: z
          .array(z.object({ code: z.string(), person: Person }))
          .openapi({ description: 'Nearest first' }),
      }),
    ),
    next,
  })
  .openapi('ConversionsReport')
export type ConversionsReport = z.infer<typeof ConversionsReport>

/** One tree of at least two shares. Depth counts hops below the root; virality is Goel et al. 2016's ν. */
export const Cascade = z
  .object({
    root: z.string().openapi({ description: "The root share's code" }),
    url: z.string(),
    person: Person,
    channel: z.string(),
    size: z.int(),
    depth: z.int(),
    breadth: z.int(),
    virality: z.number(),
    visits: z.int(),
    conversions: z.int(),
    startedAt: z.string(),
    lastAt: z.string(),
  })
  .openapi('Cascade')
export type Cascade = z.infer<typeof Cascade>

export const CascadesReport = z
  .object({
    summary: z.object({
      cascades: z.int().openapi({ description: 'Trees of at least two shares' }),
      shares: z.int().openapi({ description: 'Shares in those' }),
      alone: z.int().openapi({ description: 'Roots nobody passed on' }),
      maxSize: z.int(),
      maxDepth: z.int(),
      maxBreadth: z.int(),
      meanSize: z.number(),
      meanVirality: z.number(),
      maxVirality: z.number(),
      depths: z.record(z.string(), z.int()).openapi({ description: 'Cascades by depth' }),
    }),
    data: z.array(Cascade),
    next,
  })
  .openapi('CascadesReport')
export type CascadesReport = z.infer<typeof CascadesReport>

/** One cascade as a tree: shares parents first, and the conversions that hang under them. */
export const CascadeTree = z
  .object({
    root: z.string(),
    url: z.string(),
    size: z.int(),
    depth: z.int(),
    breadth: z.int(),
    virality: z.number(),
    visits: z.int(),
    conversions: z.int(),
    shares: z.array(
      z.object({
        code: z.string(),
        parent: z.string().nullable(),
        depth: z.int(),
        person: Person,
        channel: z.string(),
        at: z.string(),
        below: z.int().openapi({ description: 'Shares that came of this one' }),
        visits: z.int(),
        conversions: z.int(),
      }),
    ),
    buyers: z.array(
      z.object({
        id: z.string(),
        share: z.string().openapi({ description: 'The code arrived through' }),
        person: Person.nullable(),
        name: z.string(),
        value: Money.nullable(),
        proved: z.boolean(),
        at: z.string(),
      }),
    ),
    truncated: z.boolean().openapi({ description: 'More than 20,000 shares: the deepest are left out' }),
  })
  .openapi('CascadeTree')
export type CascadeTree = z.infer<typeof CascadeTree>

export const AttributionReport = z
  .object({
    range: Range,
    touch: z.enum(TOUCHES),
    split: z.enum(SPLITS),
    by: z.enum(CREDITED),
    data: z.array(
      z.object({
        key: z.string().openapi({ description: 'A person id, share code, channel or page URL' }),
        conversions: z.int().openapi({ description: 'Conversions it has a part in' }),
        credit: z.array(Money),
      }),
    ),
    house: z.array(Money).openapi({ description: 'Rounding remainders and what no share brought' }),
  })
  .openapi('AttributionReport')
export type AttributionReport = z.infer<typeof AttributionReport>

/** A live event: how much has changed since the last one. */
export interface LiveChange {
  shares: number
  visits: number
  conversions: number
}
