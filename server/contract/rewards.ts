import { z } from '@hono/zod-openapi'
import { PAYOUT_METHODS, REASONS, REWARD_STATES, ROLES } from './models.ts'
import { Rule } from './programmes.ts'
import { file, Id, Money, Named, page } from './values.ts'

export const RewardsQuery = z.object({
  state: z.enum(REWARD_STATES).optional(),
  person: Id.optional(),
  programme: Id.optional(),
  payout: Id.optional(),
  conversion: Id.optional(),
  ...page,
  ...file,
})

/** What one person is owed for one conversion, as the owner sees it. */
export const Reward = z
  .object({
    id: z.string(),
    at: z.string(),
    person: Named,
    role: z.enum(ROLES),
    hop: z
      .int()
      .nullable()
      .openapi({ description: 'Hops from the buyer, 1 is the nearest; null off the chain' }),
    amount: Money,
    reversed: Money.openapi({ description: 'The part taken back by refunds' }),
    state: z.enum(REWARD_STATES),
    reasons: z.array(z.enum(REASONS)),
    approveAt: z
      .string()
      .openapi({ description: 'When it is approved by itself, unless it waits in review' }),
    programme: z.object({ id: z.string(), name: z.string(), version: z.int() }),
    conversion: z.object({
      id: z.string(),
      name: z.string(),
      orderId: z.string().nullable(),
      value: Money.nullable(),
      at: z.string(),
    }),
    payout: z.string().nullable(),
    decisions: z.array(z.object({ at: z.string(), who: z.string(), act: z.string(), note: z.string() })),
  })
  .openapi('Reward')
export type Reward = z.infer<typeof Reward>

export const Rewards = z.object({ data: z.array(Reward), next: z.string().nullable() }).openapi('Rewards')
export type Rewards = z.infer<typeof Rewards>

/** The owner's word on some rewards: it stands against any reason, either way, until they are paid. */
export const NewDecision = z
  .strictObject({
    rewards: z.array(Id).min(1).max(100),
    act: z.enum(['approve', 'refuse']),
    note: z.string().max(500).default(''),
  })
  .openapi('NewDecision')
export type NewDecision = z.input<typeof NewDecision>

export const NewPayout = z
  .strictObject({
    method: z.enum(PAYOUT_METHODS),
    programme: Id.optional(),
    rewards: z.array(Id).min(1).max(1000).optional().openapi({
      description: 'Which approved rewards; all that pay by this method otherwise',
    }),
  })
  .openapi('NewPayout')
export type NewPayout = z.input<typeof NewPayout>

export const PayoutQuery = z.object({
  format: z.enum(['json', 'csv']).default('json').openapi({ description: 'csv: a list for the bank' }),
})

/** A batch of approved rewards: open until it is marked paid, once, or given up. */
export const Payout = z
  .object({
    id: z.string(),
    method: z.enum(PAYOUT_METHODS),
    state: z.enum(['open', 'paid', 'cancelled']),
    createdAt: z.string(),
    createdBy: z.string(),
    paidAt: z.string().nullable(),
    rewards: z.int(),
    total: z.array(Money),
    data: z
      .array(
        z.object({
          person: Named,
          payTo: z
            .string()
            .nullable()
            .openapi({ description: 'Where the person wants it; null until they say' }),
          amount: Money,
          rewards: z.int().openapi({ description: 'How many rewards it is for' }),
          coupon: z.string().nullable().openapi({ description: 'The coupon issued, once paid by coupon' }),
        }),
      )
      .openapi({ description: 'A line a person and currency' }),
  })
  .openapi('Payout')
export type Payout = z.infer<typeof Payout>

export const Payouts = z
  .object({
    ready: z
      .array(
        z.object({
          method: z.enum(PAYOUT_METHODS),
          total: Money,
          people: z.int(),
          rewards: z.int(),
          unaddressed: z
            .int()
            .openapi({ description: 'Those of the people who have not said where they want it' }),
        }),
      )
      .openapi({ description: 'What a payout made now would come to, by method and currency' }),
    data: z.array(Payout),
  })
  .openapi('Payouts')
export type Payouts = z.infer<typeof Payouts>

/** Sums of the ledger by account. All of them together are zero in each currency. */
export const Balances = z
  .object({
    data: z.array(
      z.object({
        account: z.enum(['programme', 'house', 'person', 'payable', 'credit', 'paid']),
        holder: z.string().openapi({ description: 'A programme or person; empty for the house' }),
        balance: Money,
      }),
    ),
    sum: z.array(Money),
  })
  .openapi('Balances')
export type Balances = z.infer<typeof Balances>

export const LedgerQuery = z.object({
  account: z.enum(['programme', 'house', 'person', 'payable', 'credit', 'paid']).optional(),
  holder: Id.optional(),
  reward: Id.optional(),
  conversion: Id.optional(),
  ...page,
  ...file,
})

export const LedgerLines = z
  .object({
    data: z.array(
      z.object({
        txn: z.string(),
        line: z.int(),
        at: z.string(),
        account: z.string(),
        holder: z.string(),
        amount: Money,
        reason: z.string(),
        programme: z.string().nullable(),
        conversion: z.string().nullable(),
        reward: z.string().nullable(),
      }),
    ),
    next: z.string().nullable(),
  })
  .openapi('LedgerLines')
export type LedgerLines = z.infer<typeof LedgerLines>

/** Store credit of one of the site's customers. */
export const Credit = z.object({ customerId: z.string(), balance: z.array(Money) }).openapi('Credit')
export type Credit = z.infer<typeof Credit>

export const CreditQuery = z.object({ customerId: z.string().min(1).max(128) })

export const NewSpending = z
  .strictObject({
    customerId: z.string().min(1).max(128),
    spendId: z.string().min(1).max(128).openapi({ description: 'One id is spent once' }),
    value: z.int().min(1),
    currency: z.string().length(3),
  })
  .openapi('NewSpending')
export type NewSpending = z.input<typeof NewSpending>

/** One line of a receipt's arithmetic: what it is, how it came about, and the amount in minor units. */
export const ReceiptLine = z.object({
  what: z.enum([
    'value',
    'pot',
    'buyer',
    'author',
    'site',
    'touch',
    'hop',
    'limit',
    'house',
    'reversed',
    'yours',
  ]),
  /** The person or place it belongs to: a chosen name, "someone", "you". */
  who: z.string().nullable(),
  how: z.string().openapi({ description: 'The arithmetic, as in `4900 × 20 % = 980`' }),
  amount: z.int(),
})
export type ReceiptLine = z.infer<typeof ReceiptLine>

/** Why somebody was paid: the chain, the rule and its version, the arithmetic. */
export const Receipt = z
  .object({
    format: z.literal('grapevine-receipt/1'),
    reward: z.string(),
    site: z.object({ id: z.string(), name: z.string() }),
    issuedAt: z.string(),
    state: z.enum(['pending', 'approved', 'paid', 'reversed']),
    currency: z.string(),
    conversion: z.object({ at: z.string(), name: z.string(), value: Money.nullable(), refunded: z.int() }),
    programme: z.object({ id: z.string(), name: z.string(), version: z.int(), rule: Rule }),
    friend: z.int().openapi({ description: 'The nearest sharer’s n-th friend this was' }),
    touches: z
      .array(
        z.object({
          at: z.string(),
          chain: z
            .array(z.string())
            .openapi({ description: 'Nearest first: chosen names, "someone", "you"' }),
        }),
      )
      .openapi({ description: 'The visits that count, oldest first' }),
    hop: z.int().nullable(),
    lines: z.array(ReceiptLine),
    amount: z.int(),
  })
  .openapi('Receipt')
export type Receipt = z.infer<typeof Receipt>

/** A receipt with its signature: Ed25519 (RFC 8032) over the receipt as JSON with sorted keys (RFC 8785). */
export const SignedReceipt = z
  .object({
    receipt: Receipt,
    signature: z.string().openapi({ description: 'base64url' }),
    key: z.string().openapi({ description: 'The public key, base64url of 32 bytes; also at /v1/keys' }),
  })
  .openapi('SignedReceipt')
export type SignedReceipt = z.infer<typeof SignedReceipt>

/** What this server signs receipts with, as a JWK set (RFC 7517, RFC 8037). */
export const Keys = z
  .object({
    keys: z.array(
      z.object({
        kty: z.literal('OKP'),
        crv: z.literal('Ed25519'),
        use: z.literal('sig'),
        x: z.string().openapi({ description: 'The public key, as receipts name it' }),
      }),
    ),
  })
  .openapi('Keys')
export type Keys = z.infer<typeof Keys>
