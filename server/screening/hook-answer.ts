import type { Doubt } from './rules.ts'

/** What hooks are told of an attempt. */
export interface Told {
  site: string
  /** The site's own address. */
  home: string
  url: string
  body: string
  links: readonly string[]
  name: string | undefined
  mail: string | undefined
  person: string | undefined
  member: boolean
  address: string
  userAgent: string
  referrer: string
  edited: boolean
  at: number
}

/** What a hook says: nothing, or a doubt that holds or refuses. */
export type Found = { verdict: 'visible' } | { verdict: 'held' | 'refused'; doubt: Doubt }

/** A hook that answered what cannot be understood. */
export class HookFault extends Error {}
