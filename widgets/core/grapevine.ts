import type { Channel } from '../../server/contract/channels.ts'
import type { Conversion } from '../../server/contract/conversions.ts'
import type { Me } from '../../server/contract/people.ts'
import type { Arrival, EventDetails, Passed } from './events.ts'
import type { Consent, Settings } from './settings.ts'

/** What the page may say of a conversion: `value` in integer minor units of `currency`. */
export interface ConversionDetails {
  value?: number
  currency?: string
  /** One order is one conversion, however often it is reported. */
  orderId?: string
  /** What the buyer typed: one of ours counts for its person, any other does no harm. */
  coupon?: string
}

/** What the page may ask for when it shares by its own button. */
export interface ShareRequest {
  /** The page to share; this one by default. */
  url?: string
  /** `copy` by default. */
  channel?: Channel
}

/** The methods of `window.grapevine` that need the core. They never reject: what fails is told by `grapevine-error`. */
export interface Methods {
  /** Reports something of worth that this person did. Answers null when the server refused it. */
  convert(name: string, details?: ConversionDetails): Promise<Conversion | null>
  /** Mints a code for passing a page on, and answers the link that carries it. */
  share(request?: ShareRequest): Promise<Passed | null>
  /**
   * Signs in whom the page's own server vouches for, by a JWT that it signed (HS256, RS256 or ES256); a token of null
   * signs them out. Call it on every page. Answers null when nobody is signed in.
   */
  identify(who: { token: string | null }): Promise<Me | null>
  /** Tells whether the visitor allows storage. Call it on every page, as consent banners do. */
  consent(decision: Consent): Promise<void>
}

/** A call made before the loader ran: the method's name, then its arguments. */
export type Call = [method: string, ...args: unknown[]]

/** `window.grapevine`, the only global. */
export interface Grapevine extends Methods {
  readonly settings: Settings
  /** Resolves when `arrival` is known. */
  readonly ready: Promise<unknown>
  /** The share this person came by, on this page or else on the site, in the last 30 days. Read it after `ready`. */
  readonly arrival: Arrival | null
  /** Listens for `arrived`, `shared`, `converted`, `commented`, `signed-in` or `error`; answers how to stop. */
  on<T extends keyof EventDetails>(
    type: T,
    handler: (event: CustomEvent<EventDetails[T]>) => void,
  ): () => void
  /** Runs calls as an array would keep them: `(window.grapevine ??= { q: [] }).q.push(['convert', 'signup'])`. */
  readonly q: { push(...calls: Call[]): void }
}

declare global {
  interface Window {
    grapevine?: Grapevine
  }
}
