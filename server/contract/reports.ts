import { z } from '@hono/zod-openapi'
import { BLEND_ALPHA, CREDITED, HALF_LIFE_DAYS, SPLITS, TOUCHES } from './models.ts'
import { Currency, file, Instant, Money, Named, page, Range } from './values.ts'

/** The range of a report: whole hours, `from` inclusive, `to` exclusive. The last 30 days unless told. */
export const RangeQuery = z.object({ from: Instant.optional(), to: Instant.optional() })

export const INTERVALS = ['hour', 'day', 'month'] as const
export const TimeseriesQuery = RangeQuery.extend({ interval: z.enum(INTERVALS).default('day'), ...file })

export const TOP_SORTS = ['visits', 'shares', 'conversions'] as const
export const TopQuery = RangeQuery.extend({ sort: z.enum(TOP_SORTS).default('visits'), ...page, ...file })

export const CASCADE_SORTS = ['recent', 'size', 'depth', 'visits', 'conversions'] as const
export const CascadesQuery = z.object({
  sort: z.enum(CASCADE_SORTS).default('recent'),
  ...page,
  ...file,
})

/** `person` is anywhere on the chain; `nearest`, `share`, `channel` and `url` are the nearest share's. */
export const ConversionsQuery = RangeQuery.extend({
  person: z.string().max(64).optional(),
  nearest: z.string().max(64).optional().openapi({ description: 'The person whose link the buyer came by' }),
  buyer: z.string().max(64).optional(),
  share: z.string().max(64).optional(),
  channel: z.string().max(64).optional(),
  url: z.string().max(2000).optional(),
  ...page,
  ...file,
})

/** A number as queries write it. Nothing written is none, not 0. */
const written = (number: z.ZodType<number>) =>
  z.preprocess((text) => (String(text ?? '').trim() === '' ? undefined : text), number)

/** Conversions of a range; `person` is anywhere on the chain, the others name the nearest share. */
export const AttributionQuery = RangeQuery.extend({
  touch: z.enum(TOUCHES).default('last'),
  split: z.enum(SPLITS).default('nearest'),
  by: z.enum(CREDITED).default('person'),
  halfLifeDays: written(z.coerce.number().min(0.01).max(365)).default(HALF_LIFE_DAYS),
  alpha: written(z.coerce.number().min(0).max(1)).default(BLEND_ALPHA),
  againstTouch: z.enum(TOUCHES).optional(),
  againstSplit: z.enum(SPLITS).optional(),
  ...file,
})

export const FunnelQuery = RangeQuery.extend({
  by: z.enum(['page', 'channel']).default('page'),
  ...page,
  ...file,
})

export const DividendQuery = RangeQuery.extend({ currency: Currency.optional(), ...file })

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

export const PeopleReport = z
  .object({ range: Range, data: z.array(z.object({ person: Named, ...counts })), next })
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
        value: Money.nullable().openapi({ description: 'As it was bought; totals are net of `refunded`' }),
        refunded: Money.nullable().openapi({ description: 'Given back of it so far; null is nothing' }),
        voided: z.boolean().openapi({ description: 'Wholly refunded, also where it had no value' }),
        touches: z.int().openapi({ description: 'Visits of the buyer in the window that led to it' }),
        proved: z.boolean(),
        rung: z.string().nullable().openapi({
          description:
            'What caught it: storage (the visitor’s token), customer (your id of them), code (told by the page), server (told by your server)',
        }),
        person: Named.nullable(),
        chain: z
          .array(z.object({ code: z.string(), person: Named }))
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
    person: Named,
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
        person: Named,
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
        person: Named.nullable(),
        name: z.string(),
        value: Money.nullable().openapi({ description: 'What refunds left of it' }),
        proved: z.boolean(),
        at: z.string(),
      }),
    ),
    truncated: z.boolean().openapi({ description: 'More than 20,000 shares: the deepest are left out' }),
  })
  .openapi('CascadeTree')
export type CascadeTree = z.infer<typeof CascadeTree>

const model = { touch: z.enum(TOUCHES), split: z.enum(SPLITS) }

/** Who earned it, under one choice of models or two side by side. Credits and house add up to the value. */
export const AttributionReport = z
  .object({
    range: Range,
    ...model,
    by: z.enum(CREDITED),
    halfLifeDays: z.number(),
    alpha: z.number(),
    against: z.object(model).nullable(),
    data: z.array(
      z.object({
        key: z.string().openapi({ description: 'A person id, share code, channel or page URL' }),
        name: z.string().nullable().openapi({ description: 'What the person chose to be called' }),
        conversions: z.int().openapi({ description: 'Conversions it has a part in, under the first choice' }),
        credit: z.array(Money),
        against: z.array(Money).nullable(),
      }),
    ),
    house: z.array(Money).openapi({ description: 'Rounding remainders and what no share brought' }),
    againstHouse: z.array(Money).nullable(),
    paths: z
      .object({
        paths: z.int(),
        converted: z.int(),
        rate: z.number().openapi({ description: 'The chance that a path ends in a conversion' }),
        effects: z.record(z.string(), z.number()).openapi({
          description:
            'markov: the removal effect of each channel; shapley: the value of each, as a part of 1',
        }),
      })
      .nullable()
      .openapi({ description: 'What markov and shapley found; null for other models' }),
  })
  .openapi('AttributionReport')
export type AttributionReport = z.infer<typeof AttributionReport>

const steps = { sense: z.int(), interact: z.int(), connect: z.int(), act: z.int(), share: z.int() }

/** SICAS by page or channel: visits, those with a gesture, persons born of them, conversions, shares that came of them. */
export const FunnelReport = z
  .object({
    range: Range,
    by: z.enum(['page', 'channel']),
    total: z.object(steps),
    data: z.array(z.object({ key: z.string(), ...steps })),
    next,
  })
  .openapi('FunnelReport')
export type FunnelReport = z.infer<typeof FunnelReport>

const factor = z.object({
  now: z.number(),
  before: z.number(),
  log: z.number().nullable().openapi({ description: 'ln(now ÷ before); null where either is 0' }),
  part: z.int().nullable().openapi({ description: 'Its part in the change of value, in minor units' }),
})

/** value = information × chain × interaction = shares × (visits ÷ share) × (value ÷ visit), against the range before. */
export const DividendReport = z
  .object({
    range: Range,
    currency: z.string(),
    currencies: z.array(z.string()),
    now: z.object({ shares: z.int(), visits: z.int(), value: z.int() }),
    before: z.object({ shares: z.int(), visits: z.int(), value: z.int() }),
    information: factor,
    chain: factor,
    interaction: factor,
    log: z.number().nullable(),
    change: z.int().openapi({ description: 'now.value − before.value, which the parts add up to' }),
  })
  .openapi('DividendReport')
export type DividendReport = z.infer<typeof DividendReport>

/** One person: what they brought, who brought them, whom they brought. */
export const PersonReport = z
  .object({
    range: Range,
    person: Named,
    createdAt: z.string(),
    ...counts,
    influence: z.array(Money).openapi({ description: 'Value that came through them at any hop' }),
    earned: z.object({ owed: z.array(Money), paid: z.array(Money) }),
    broughtBy: z.object({ person: Named, share: z.string() }).nullable(),
    brought: z.array(z.object({ person: Named, at: z.string() })).openapi({ description: 'Latest 50' }),
    broughtCount: z.int(),
    links: z
      .array(
        z.object({
          code: z.string(),
          url: z.string(),
          channel: z.string(),
          at: z.string(),
          below: z.int(),
          visits: z.int(),
          conversions: z.int(),
        }),
      )
      .openapi({ description: 'Their shares, latest 50' }),
    bought: z.int().openapi({ description: 'Conversions of their own' }),
  })
  .openapi('PersonReport')
export type PersonReport = z.infer<typeof PersonReport>

/** A live event: how much has changed since the last one. */
export interface LiveChange {
  shares: number
  visits: number
  conversions: number
  comments: number
}
