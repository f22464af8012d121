import type { Mine } from '../../server/contract/comments.ts'

/** What is one's own for somebody who has not acted yet. */
export const STRANGER: Mine = {
  person: null,
  member: false,
  may: { moderate: false, hold: false, vouch: false, accept: false },
  votes: {},
  reactions: {},
  own: [],
  held: [],
}
