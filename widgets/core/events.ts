import type { Channel } from '../../server/contract/channels.ts'
import type { Conversion } from '../../server/contract/conversions.ts'

/** That this person came to a page through a share. `at` is in milliseconds since 1970. */
export interface Arrival {
  code: string
  url: string
  at: number
}

/** A page that a person passed on: the `link` carries the `code`. */
export interface Passed {
  channel: Channel
  code: string
  url: string
  link: string
}

/** What went wrong: a code of ours or of the server, and a sentence. */
export interface Failure {
  code: string
  message: string
  field?: string | undefined
}

/** A comment that this person wrote; `held`: it waits for a moderator. */
export interface Commented {
  id: string
  parent: string | null
  url: string
  held: boolean
}

/** Whose this browser is from now on: `member` is false for nobody's. */
export interface SignedInAs {
  member: boolean
  name: string | null
}

/** What each event carries as its `detail`, by its type without `grapevine-`. */
export interface EventDetails {
  arrived: Arrival
  shared: Passed
  converted: Conversion
  commented: Commented
  'signed-in': SignedInAs
  error: Failure
}

/** An event of ours, named `grapevine-` and its type: bubbles, and crosses shadow boundaries. */
export class GrapevineEvent<T extends keyof EventDetails> extends CustomEvent<EventDetails[T]> {
  constructor(type: T, detail: EventDetails[T]) {
    super(`grapevine-${type}`, { detail, bubbles: true, composed: true })
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'grapevine-arrived': GrapevineEvent<'arrived'>
    'grapevine-shared': GrapevineEvent<'shared'>
    'grapevine-converted': GrapevineEvent<'converted'>
    'grapevine-commented': GrapevineEvent<'commented'>
    'grapevine-signed-in': GrapevineEvent<'signed-in'>
    'grapevine-error': GrapevineEvent<'error'>
  }
}
