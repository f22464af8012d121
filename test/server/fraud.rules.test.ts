import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Reason } from '../../server/contract/models.ts'
import { type Deal, type Known, type Purchase, suspect } from '../../server/rewards/suspicion.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const NOW = 1000 * DAY

const known = (person: string, more: Partial<Known> = {}): Known => ({
  person,
  onChain: true,
  keys: new Set([`${person}'s key`]),
  mails: new Set(),
  payouts: new Set(),
  payoutMail: undefined,
  payoutIsDisposable: false,
  purchases: [],
  bringersBought: [],
  ...more,
})
const bought = (more: Partial<Purchase> = {}): Purchase => ({
  at: NOW - DAY,
  visitor: null,
  mail: null,
  throughBuyer: false,
  ...more,
})
const buyer = known('buyer', { onChain: false })
const deal = (more: Partial<Deal> = {}): Deal => ({
  at: NOW,
  buyer: { before: 'buyer', now: 'buyer' },
  visitor: "buyer's key",
  mail: null,
  known: buyer,
  signs: [],
  arrival: { at: NOW - MINUTE, minted: NOW - 2 * MINUTE },
  together: [NOW],
  ...more,
})
/** What one sharer is suspected of. */
const of = (more: Partial<Deal>, sharer: Partial<Known> = {}) => [
  ...(suspect(deal(more), [known('sharer', sharer)]).get('sharer') ?? ['not judged']),
]
const nobody = { buyer: { before: null, now: null }, known: undefined }

const CASES: [string, Reason[], Partial<Deal>, Partial<Known>?][] = [
  ['an honest sale a minute after the visit', [], {}],
  ['a buyer whom nobody knows', [], { ...nobody, visitor: null, arrival: undefined }],

  [
    'the buyer’s key turns out to be the sharer’s',
    ['self_referral'],
    { ...nobody, visitor: 'k' },
    { keys: new Set(['k']) },
  ],
  [
    'the sharer bought by this key before',
    ['self_referral'],
    { visitor: 'k' },
    { purchases: [bought({ visitor: 'k' })] },
  ],
  [
    'somebody else bought by another key',
    [],
    { visitor: 'k' },
    { purchases: [bought({ visitor: 'other' })] },
  ],
  [
    'no key on either side is no key in common',
    [],
    { visitor: null },
    { purchases: [bought({ visitor: null })] },
  ],

  ['the buyer’s mail is the sharer’s', ['same_mail'], { mail: 'm' }, { mails: new Set(['m']) }],
  [
    'the sharer bought with that mail before',
    ['same_mail'],
    { mail: 'm' },
    { purchases: [bought({ mail: 'm' })] },
  ],
  [
    'the buyer’s person has a mail of the sharer’s',
    ['same_mail'],
    { known: known('buyer', { mails: new Set(['m']) }) },
    { mails: new Set(['m']) },
  ],
  ['mails differ', [], { mail: 'm' }, { mails: new Set(['n']), purchases: [bought({ mail: 'o' })] }],
  ['no mail on either side is no mail in common', [], { mail: null }, { purchases: [bought()] }],

  [
    'both are paid to one account',
    ['same_payout'],
    { known: known('buyer', { payouts: new Set(['p']) }) },
    { payouts: new Set(['p']) },
  ],
  ['the sharer is paid at the buyer’s mail', ['same_payout'], { mail: 'm' }, { payoutMail: 'm' }],
  [
    'they are paid to different accounts',
    [],
    { known: known('buyer', { payouts: new Set(['p']) }) },
    { payouts: new Set(['q']) },
  ],

  [
    'the buyer brought the sharer 89 days ago',
    ['ring'],
    {},
    { purchases: [bought({ at: NOW - 89 * DAY, throughBuyer: true })] },
  ],
  [
    'the buyer brought the sharer 90 days ago',
    [],
    {},
    { purchases: [bought({ at: NOW - 90 * DAY, throughBuyer: true })] },
  ],
  ['the sharer bought through others', [], {}, { purchases: [bought(), bought()] }],
  ['the buyer brought the one who brought the sharer', ['ring'], {}, { bringersBought: [NOW - DAY] }],
  ['so long ago that it is none', [], {}, { bringersBought: [NOW - 91 * DAY] }],

  ['ten sales within an hour', [], { together: times(10, 6 * MINUTE) }],
  ['eleven sales within an hour', ['burst'], { together: times(11, 6 * MINUTE) }],
  ['eleven sales in a little more', [], { together: times(11, 6 * MINUTE + 1) }],
  ['eleven at once', ['burst'], { together: times(11, 0) }],
  [
    'an hour with this one at its end',
    ['burst'],
    { together: times(11, 6 * MINUTE).map((at) => at - 30 * MINUTE) },
  ],

  ['no gesture, as the page says', ['no_gesture'], { signs: ['no_gesture'] }],
  ['a bot', ['bot'], { signs: ['bot'] }],
  ['a mail to throw away', ['disposable_mail'], { signs: ['disposable_mail'] }],
  ['a payout to a mail to throw away', ['disposable_mail'], {}, { payoutIsDisposable: true }],
  [
    'reasons in one order',
    ['same_mail', 'no_gesture', 'bot'],
    { signs: ['bot', 'no_gesture'], mail: 'm' },
    { mails: new Set(['m']) },
  ],

  ['a sale 1.999 s after the visit', ['timing'], { arrival: { at: NOW - 1999, minted: NOW - DAY } }],
  ['a sale 2 s after it', [], { arrival: { at: NOW - 2000, minted: NOW - DAY } }],
  ['a visit 0.999 s after the share', ['timing'], { arrival: { at: NOW - DAY, minted: NOW - DAY - 999 } }],
  ['a visit 1 s after it', [], { arrival: { at: NOW - DAY, minted: NOW - DAY - 1000 } }],
  [
    'a visit that was told a little before its share',
    [],
    { arrival: { at: NOW - DAY, minted: NOW - DAY + 500 } },
  ],
  ['a sale that was told a little before its visit', [], { arrival: { at: NOW + 500, minted: NOW - DAY } }],
  ['no visit at all: a coupon', [], { arrival: undefined }],
]

function times(count: number, apart: number): number[] {
  return Array.from({ length: count }, (_, i) => NOW - i * apart)
}

for (const [what, reasons, ofDeal, sharer] of CASES)
  test(`${what}: ${reasons.join(', ') || 'no reason'}`, () => assert.deepEqual(of(ofDeal, sharer), reasons))

test('the buyer’s own reward waits for what joins them to anybody on the chain', () => {
  const found = suspect(deal({ mail: 'm' }), [
    known('near'),
    known('far', { mails: new Set(['m']), payoutIsDisposable: true }),
    buyer,
  ])
  assert.deepEqual(Object.fromEntries(found), {
    near: [],
    far: ['same_mail', 'disposable_mail'],
    buyer: ['same_mail'],
  })
})

test('what is known of the buyer does not join them to themselves', () => {
  const self = known('buyer', {
    onChain: false,
    mails: new Set(['m']),
    payouts: new Set(['p']),
    payoutMail: 'm',
  })
  const purchases = [bought({ visitor: "buyer's key", mail: 'm', throughBuyer: true })]
  const one = { ...self, purchases }
  assert.deepEqual(suspect(deal({ mail: 'm', known: one }), [one]).get('buyer'), [])
})

test('eleven sales spread over two hours around this one are no burst', () => {
  const together = Array.from({ length: 11 }, (_, i) => NOW + (i - 5) * 12 * MINUTE)
  assert.deepEqual(of({ together }), [])
})
