import type { Conversion, NewConversion } from './conversions.ts'
import type {
  AttributionReport,
  CascadesReport,
  CascadeTree,
  ChannelsReport,
  ConversionsReport,
  Overview,
  PagesReport,
  PeopleReport,
  Timeseries,
} from './reports.ts'
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
  [tree: `/v1/reports/cascades/${string}`]: CascadeTree
}

/** What the dashboard posts. */
export interface OwnerWrites {
  '/v1/owner/session': { body: SignIn; answer: Site }
}
