import type { Conversion, NewConversion } from './conversions.ts'
import type { CouponState, Coupons, PassedGift } from './coupons.ts'
import type { Me, MeChange } from './people.ts'
import type {
  NewPreview,
  NewProgramme,
  Preview,
  Programme,
  ProgrammeChange,
  Programmes,
  ProgrammeVersions,
} from './programmes.ts'
import type { Invitation, Referral } from './referral.ts'
import type {
  AttributionReport,
  CascadesReport,
  CascadeTree,
  ChannelsReport,
  ConversionsReport,
  DividendReport,
  FunnelReport,
  Overview,
  PagesReport,
  PeopleReport,
  PersonReport,
  Timeseries,
} from './reports.ts'
import type { Balances, NewDecision, NewPayout, Payout, Payouts, Rewards, SignedReceipt } from './rewards.ts'
import type { Counts, NewShare, Share } from './shares.ts'
import type { SignIn, Site, Sites } from './sites.ts'
import type { NewVisit, Visit } from './visits.ts'

/** What the widgets post: path → body and answer. */
export interface PageWrites {
  '/v1/visits': { body: NewVisit; answer: Visit }
  '/v1/shares': { body: NewShare; answer: Share }
  '/v1/conversions': { body: NewConversion; answer: Conversion }
}

/** What the widgets read: path → answer. */
export interface PageReads {
  '/v1/counts': Counts
}

/** What the widgets read and change as the person of a token: path → answer. */
export interface PersonalReads {
  '/v1/referral': Referral
  '/v1/me': Me
  [receipt: `/v1/rewards/${string}/receipt`]: SignedReceipt
  [invitation: `/v1/invitations/${string}`]: Invitation
  [coupon: `/v1/coupons/${string}`]: CouponState
}
export interface PersonalWrites {
  'PATCH /v1/me': { body: MeChange; answer: Me }
  [pass: `POST /v1/coupons/${string}/pass`]: { body: Record<string, never>; answer: PassedGift }
}

/** What the dashboard reads: path → answer. */
export interface OwnerReads {
  '/v1/sites': Sites
  '/v1/reports/overview': Overview
  '/v1/reports/timeseries': Timeseries
  '/v1/reports/people': PeopleReport
  '/v1/reports/pages': PagesReport
  '/v1/reports/channels': ChannelsReport
  '/v1/reports/conversions': ConversionsReport
  '/v1/reports/cascades': CascadesReport
  '/v1/reports/attribution': AttributionReport
  '/v1/reports/funnel': FunnelReport
  '/v1/reports/dividend': DividendReport
  '/v1/programmes': Programmes
  '/v1/rewards': Rewards
  '/v1/payouts': Payouts
  '/v1/ledger/balances': Balances
  '/v1/coupons': Coupons
  [tree: `/v1/reports/cascades/${string}`]: CascadeTree
  [person: `/v1/reports/people/${string}`]: PersonReport
  [versions: `/v1/programmes/${string}/versions`]: ProgrammeVersions
  [payout: `/v1/payouts/${string}`]: Payout
  [receipt: `/v1/rewards/${string}/receipt`]: SignedReceipt
}

/** What the dashboard changes with PATCH: path → body and answer. */
export interface OwnerChanges {
  [programme: `/v1/programmes/${string}`]: { body: ProgrammeChange; answer: Programme }
}

/** What the dashboard posts. */
export interface OwnerWrites {
  '/v1/owner/session': { body: SignIn; answer: Site }
  '/v1/programmes': { body: NewProgramme; answer: Programme }
  '/v1/programmes/preview': { body: NewPreview; answer: Preview }
  '/v1/rewards/decisions': { body: NewDecision; answer: { data: Rewards['data'] } }
  '/v1/payouts': { body: NewPayout; answer: Payout }
  [paid: `/v1/payouts/${string}/paid`]: { body: Record<string, never>; answer: Payout }
}
