import type {
  CommentChange,
  Preview as CommentPreview,
  Context,
  Found,
  Level,
  Mentionable,
  Mine,
  NewAccepted,
  NewComment,
  NewPreview as NewCommentPreview,
  NewReaction,
  NewReport,
  NewVote,
  Posted,
  Reactions,
  Source,
  Thread,
  Votes,
} from './comments.ts'
import type { Conversion, NewConversion } from './conversions.ts'
import type { CouponState, Coupons, PassedGift } from './coupons.ts'
import type {
  Acts,
  Ban,
  Bans,
  Moderated,
  ModeratedContext,
  ModerationAct,
  NewBan,
  NewModeration,
  NewNotice,
  NewPin,
  NewStatus,
  Notice,
  NoticeDecision,
  NoticeReceipt,
  Notices,
  OneComment,
  Queue,
  ThreadChange,
  ThreadState,
} from './moderation.ts'
import type { Move, Moves, NewMove } from './pages.ts'
import type { DashboardLink, Me, MeChange, Member, MemberChange, Members } from './people.ts'
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
import type { CommentSettings, CommentSettingsChange } from './screening.ts'
import type { Counts, ManyCounts, NewCounts, NewShare, Share } from './shares.ts'
import type {
  MailCode,
  MailSignIn,
  Merge,
  NewMailCode,
  Passkeys,
  SignedIn,
  SignInSettings,
  SignInSettingsChange,
  SsoSignIn,
  Ticket,
  TicketSignIn,
} from './sign-in.ts'
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
  '/v1/threads': Thread
  [replies: `/v1/comments/${string}/replies`]: Level
  [context: `/v1/comments/${string}/context`]: Context
  '/v1/comments': Found
}

/** What the widgets read and change as the person of a token: path → answer. */
export interface PersonalReads {
  '/v1/referral': Referral
  '/v1/me': Me
  '/v1/me/passkeys': Passkeys
  '/v1/threads/mine': Mine
  '/v1/mentions': Mentionable
  [source: `/v1/comments/${string}/source`]: Source
  [notice: `/v1/notices/${string}`]: NoticeReceipt
  [receipt: `/v1/rewards/${string}/receipt`]: SignedReceipt
  [invitation: `/v1/invitations/${string}`]: Invitation
  [coupon: `/v1/coupons/${string}`]: CouponState
}
export interface PersonalWrites {
  'PATCH /v1/me': { body: MeChange; answer: Me }
  'PUT /v1/me/avatar': { body: { image: string }; answer: Me }
  'DELETE /v1/me/avatar': { body: undefined; answer: Me }
  [passkey: `DELETE /v1/me/passkeys/${string}`]: { body: undefined; answer: Passkeys }
  'POST /v1/me/dashboard': { body: Record<string, never>; answer: DashboardLink }
  'POST /v1/me/merge': { body: Merge; answer: Me }
  'POST /v1/me/passkeys/ticket': { body: Record<string, never>; answer: Ticket }
  'POST /v1/sign-in/mail': { body: NewMailCode; answer: MailCode }
  'POST /v1/sign-in/mail/code': { body: MailSignIn; answer: SignedIn }
  'POST /v1/sign-in/ticket': { body: TicketSignIn; answer: SignedIn }
  'POST /v1/sign-in/sso': { body: SsoSignIn; answer: SignedIn }
  'POST /v1/counts': { body: NewCounts; answer: ManyCounts }
  'POST /v1/comments': { body: NewComment; answer: Posted }
  'POST /v1/comments/preview': { body: NewCommentPreview; answer: CommentPreview }
  'POST /v1/notices': { body: NewNotice; answer: NoticeReceipt }
  [change: `PATCH /v1/comments/${string}`]: { body: CommentChange; answer: OneComment }
  [remove: `DELETE /v1/comments/${string}`]: { body: undefined; answer: OneComment }
  [vote: `PUT /v1/comments/${string}/vote`]: { body: NewVote; answer: Votes }
  [reaction: `PUT /v1/comments/${string}/reactions`]: { body: NewReaction; answer: Reactions }
  [report: `POST /v1/comments/${string}/reports`]: { body: NewReport; answer: Record<string, never> }
  [accept: `PUT /v1/comments/${string}/accepted`]: { body: NewAccepted; answer: OneComment }
  [pin: `PUT /v1/comments/${string}/pinned`]: { body: NewPin; answer: OneComment }
  [status: `PUT /v1/comments/${string}/status`]: { body: NewStatus; answer: OneComment }
  [hold: `POST /v1/comments/${string}/hold`]: { body: Record<string, never>; answer: Record<string, never> }
  [vouch: `POST /v1/comments/${string}/vouch`]: { body: Record<string, never>; answer: OneComment }
  'POST /v1/moderation/decisions': { body: NewModeration; answer: Moderated }
  'POST /v1/moderation/bans': { body: NewBan; answer: Ban }
  [undo: `POST /v1/moderation/acts/${string}/undo`]: { body: Record<string, never>; answer: ModerationAct }
  [lift: `POST /v1/moderation/bans/${string}/lift`]: { body: Record<string, never>; answer: Ban }
  'PATCH /v1/threads': { body: ThreadChange; answer: ThreadState }
  'DELETE /v1/session': { body: undefined; answer: Record<string, never> }
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
  '/v1/moderation/queue': Queue
  '/v1/moderation/acts': Acts
  '/v1/moderation/bans': Bans
  '/v1/moderation/settings': CommentSettings
  '/v1/sign-in/settings': SignInSettings
  '/v1/notices': Notices
  '/v1/people': Members
  '/v1/pages/moves': Moves
  [context: `/v1/moderation/comments/${string}`]: ModeratedContext
  [tree: `/v1/reports/cascades/${string}`]: CascadeTree
  [person: `/v1/reports/people/${string}`]: PersonReport
  [versions: `/v1/programmes/${string}/versions`]: ProgrammeVersions
  [payout: `/v1/payouts/${string}`]: Payout
  [receipt: `/v1/rewards/${string}/receipt`]: SignedReceipt
}

/** What the dashboard changes with PATCH: path → body and answer. */
export interface OwnerChanges {
  [programme: `/v1/programmes/${string}`]: { body: ProgrammeChange; answer: Programme }
  '/v1/moderation/settings': { body: CommentSettingsChange; answer: CommentSettings }
  '/v1/sign-in/settings': { body: SignInSettingsChange; answer: SignInSettings }
  '/v1/threads': { body: ThreadChange; answer: ThreadState }
  [person: `/v1/people/${string}`]: { body: MemberChange; answer: Member }
}

/** What the dashboard posts. */
export interface OwnerWrites {
  '/v1/owner/session': { body: SignIn; answer: Site }
  '/v1/programmes': { body: NewProgramme; answer: Programme }
  '/v1/programmes/preview': { body: NewPreview; answer: Preview }
  '/v1/rewards/decisions': { body: NewDecision; answer: { data: Rewards['data'] } }
  '/v1/payouts': { body: NewPayout; answer: Payout }
  '/v1/moderation/decisions': { body: NewModeration; answer: Moderated }
  '/v1/moderation/bans': { body: NewBan; answer: Ban }
  '/v1/pages/moves': { body: NewMove; answer: Move }
  [undo: `/v1/moderation/acts/${string}/undo`]: { body: Record<string, never>; answer: ModerationAct }
  [lift: `/v1/moderation/bans/${string}/lift`]: { body: Record<string, never>; answer: Ban }
  [decide: `/v1/notices/${string}/decision`]: { body: NoticeDecision; answer: Notice }
  [paid: `/v1/payouts/${string}/paid`]: { body: Record<string, never>; answer: Payout }
}
