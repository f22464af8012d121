import type { Work } from '../deps.ts'

/** The share that somebody had arrived through by now: who brings them, if this is their first act. */
export type Bringer = (work: Work, site: string, visitor: string) => Promise<string | null>

/** What the rooms do when a browser gets another token, or two persons turn out to be one. */
export interface TakeOver {
  /** What came in under one key is another's from now on: visits, and what waits for its code. */
  key(work: Work, site: string, from: string, to: string): Promise<void>
  /** Whoever may not speak may not under another name either. */
  bans(work: Work, site: string, from: string, to: string): Promise<void>
  /** All that was one person's is another's from now on. */
  person(work: Work, site: string, from: string, to: string): Promise<void>
}

/** What this room cannot import, as other rooms stand upon it: composed in app.ts. */
export interface Joining {
  broughtBy: Bringer
  takeOver: TakeOver
}
