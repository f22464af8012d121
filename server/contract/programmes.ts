import { z } from '@hono/zod-openapi'
import { MAX_VALUE } from './limits.ts'
import {
  BLEND_ALPHA,
  HALF_LIFE_DAYS,
  PAYING_TOUCHES,
  PAYOUT_METHODS,
  PROGRAMME_STATUSES,
  SPLITS,
} from './models.ts'
import { Currency, Instant, Money, Range } from './values.ts'

const amount = z.int().min(1).max(MAX_VALUE)

/** A percentage with at most two digits after the point. */
const percent = z
  .number()
  .min(0)
  .max(100)
  .refine((p) => Math.abs(p * 100 - Math.round(p * 100)) < 1e-9, 'has more than two digits after the point')

/** What one conversion is worth to those who brought it: a fixed amount, or a part of its value up to a cap. */
export const Pot = z
  .union([
    z.strictObject({ fixed: amount }),
    z.strictObject({ percent: percent.refine((p) => p > 0, 'is not above 0'), cap: amount.optional() }),
  ])
  .openapi('Pot', { description: 'Minor units of the programme’s currency, or percent of the value' })
export type Pot = z.output<typeof Pot>

/** What a programme pays, for what, to whom. Amounts are integer minor units of `currency`. */
export const Rule = z
  .strictObject({
    currency: Currency,
    conversion: z.string().min(1).max(64).nullable().default(null).openapi({
      description: 'The name of the conversion that earns; null for any',
    }),
    proof: z.enum(['proved', 'any']).default('proved').openapi({
      description: 'proved: only what a secret key reported is paid; any: what pages claim, too',
    }),
    firstOnly: z.boolean().default(false).openapi({ description: 'Only the buyer’s first such conversion' }),
    minValue: z.int().min(0).max(MAX_VALUE).default(0),
    pot: Pot,
    tiers: z
      .array(z.strictObject({ from: z.int().min(2).max(10_000), pot: Pot }))
      .max(10)
      .default([])
      .refine((tiers) => tiers.every(({ from }, i) => i === 0 || from > (tiers[i - 1]?.from ?? 0)), {
        error: 'do not ascend',
      })
      .openapi({ description: 'The pot from the nearest sharer’s n-th friend on' }),
    touch: z.enum(PAYING_TOUCHES).default('last'),
    halfLifeDays: z.number().min(0.01).max(365).default(HALF_LIFE_DAYS),
    split: z.enum(SPLITS).default('leibniz'),
    alpha: z.number().min(0).max(1).default(BLEND_ALPHA),
    sharers: z.boolean().default(true).openapi({ description: 'Whether the chain is paid' }),
    buyer: Pot.nullable().default(null).openapi({
      description: 'What the buyer gets when somebody brought them: two-sided',
    }),
    author: percent.default(0).openapi({ description: 'Percent of the pot for the author of the page' }),
    site: percent.default(0).openapi({ description: 'Percent of the pot that the site keeps' }),
    limits: z
      .strictObject({
        personAmount: amount.nullable().default(null),
        personRewards: z.int().min(1).nullable().default(null),
        totalRewards: z.int().min(1).nullable().default(null).openapi({ description: 'Conversions, in all' }),
        budget: amount.nullable().default(null),
      })
      .prefault({}),
    holdDays: z.int().min(0).max(365).default(14),
    startsAt: Instant.nullable().default(null),
    endsAt: Instant.nullable().default(null),
    pays: z.enum(PAYOUT_METHODS).default('money'),
  })
  .refine(({ author, site }) => author + site <= 100, {
    path: ['site'],
    error: 'and author are over 100 % together',
  })
  .refine(({ startsAt, endsAt }) => !startsAt || !endsAt || Date.parse(startsAt) < Date.parse(endsAt), {
    path: ['endsAt'],
    error: 'is not after startsAt',
  })
  .openapi('Rule')
export type Rule = z.output<typeof Rule>
export type RuleInput = z.input<typeof Rule>

const name = z.string().trim().min(1).max(100)

export const NewProgramme = z
  .strictObject({ name, rule: Rule, status: z.enum(['draft', 'running']).default('draft') })
  .openapi('NewProgramme')
export type NewProgramme = z.input<typeof NewProgramme>

export const ProgrammeChange = z
  .strictObject({
    name: name.optional(),
    rule: Rule.optional(),
    status: z.enum(PROGRAMME_STATUSES).optional(),
  })
  .openapi('ProgrammeChange')
export type ProgrammeChange = z.input<typeof ProgrammeChange>

/** A programme with what it has brought so far. */
export const Programme = z
  .object({
    id: z.string(),
    name: z.string(),
    status: z.enum(PROGRAMME_STATUSES),
    version: z.int().openapi({ description: 'Grows with each change of the rule' }),
    rule: Rule,
    createdAt: z.string(),
    updatedAt: z.string(),
    totals: z.object({
      conversions: z.int().openapi({ description: 'Conversions that earned' }),
      people: z.int().openapi({ description: 'People rewarded' }),
      owed: z.array(Money).openapi({ description: 'Pending, in review and approved' }),
      paid: z.array(Money),
      left: z.array(Money).openapi({ description: 'What is left of the budget; empty without one' }),
    }),
  })
  .openapi('Programme')
export type Programme = z.infer<typeof Programme>

export const Programmes = z.object({ data: z.array(Programme) }).openapi('Programmes')
export type Programmes = z.infer<typeof Programmes>

/** Each rule a programme had, latest first. */
export const ProgrammeVersions = z
  .object({ data: z.array(z.object({ version: z.int(), at: z.string(), rule: Rule })) })
  .openapi('ProgrammeVersions')
export type ProgrammeVersions = z.infer<typeof ProgrammeVersions>

export const NewPreview = z
  .strictObject({ rule: Rule, from: Instant.optional(), to: Instant.optional() })
  .openapi('NewPreview')
export type NewPreview = z.input<typeof NewPreview>

/** What a rule would have paid for the conversions of a range. Nothing is stored. */
export const Preview = z
  .object({
    range: Range,
    conversions: z.int().openapi({ description: 'Conversions in the range' }),
    earning: z.int().openapi({ description: 'Those of them that would have earned' }),
    value: z.array(Money).openapi({ description: 'Their value' }),
    paid: Money.openapi({ description: 'What people would have got' }),
    house: Money.openapi({ description: 'What would have stayed with the site: its part and remainders' }),
    people: z.int(),
    data: z
      .array(z.object({ person: z.object({ id: z.string(), name: z.string().nullable() }), amount: Money }))
      .openapi({ description: 'Who would have got most: up to 20' }),
  })
  .openapi('Preview')
export type Preview = z.infer<typeof Preview>
