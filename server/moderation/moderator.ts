import { asModerator } from '../credentials.ts'

/** What all routes of moderators say of themselves. */
export const moderator = {
  tags: ['owner'],
  security: [{ secretKey: [] }, { ownerCookie: [] }, { publishableKey: [], token: [] }] as Record<
    string,
    string[]
  >[],
  middleware: asModerator,
}
