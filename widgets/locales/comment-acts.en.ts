import type { Catalogue } from '../core/i18n.ts'

/** English texts of what can be done with a comment, for whoever does something. */
export const commentActsEn = {
  copyLink: 'Copy link',
  copied: 'Link copied',
  quote: 'Quote',
  edit: 'Edit',
  remove: 'Delete',
  report: 'Report',
  moderate: 'Moderate',
  accept: 'Accept this answer',
  unaccept: 'Take back the acceptance',
  hold: 'Hold for a moderator',
  vouch: 'Vouch for it',
  passageGone: 'The article does not say this any more.',
  held: 'A moderator will look at it',
  vouched: 'It is shown to everybody now',
  removeAsk: 'Delete your comment?',
  removeWhy: 'What you wrote goes for good. Replies to it stay.',
  removed: 'Deleted',
  keep: 'Keep it',
  reactions: 'Reactions',
  actions: 'What to do with it',
} satisfies Catalogue

/** The key of each of them. */
export type CommentActsKey = keyof typeof commentActsEn
