import type { Catalogue } from '../core/i18n.ts'

/** English texts of writing comments. */
export const commentsMoreEn = {
  comment: 'Your comment',
  answer: 'Your reply to {name}',
  changing: 'Change your comment',
  hints: 'Markdown: **bold**, *italic*, > quote, `code`. @ calls somebody.',
  post: 'Post',
  postReply: 'Reply',
  save: 'Save',
  posting: 'Sending…',
  checking: 'One moment, your browser does a little work for us: {count} %',
  cancel: 'Cancel',
  preview: 'Preview',
  previewOf: 'Preview of your comment',
  writeOn: 'Write on',
  left: { one: '{count} character left', other: '{count} characters left' },
  over: {
    one: '{count} character too many: nothing is cut, but it cannot be sent like this.',
    other: '{count} characters too many: nothing is cut, but it cannot be sent like this.',
  },
  nothing: 'Write something first.',
  name: 'Your name',
  nameWanted: 'Tell us what to call you.',
  as: 'As {name}',
  changeName: 'Change',
  orSignIn: 'or sign in',
  signInToPost: 'Sign in to post',
  signInNeeded: 'Here one signs in to comment. What you write is kept.',
  tellMe: 'Tell me of replies by mail',
  mail: 'Your mail address',
  mailHint: 'We send one mail to ask whether it is yours. Replies come only once you have said yes.',
  passage: 'On this passage',
  dropPassage: 'Do not speak of this passage',
  posted: 'Your comment is there.',
  heldBack: 'Your comment waits for a moderator. Until then only you see it.',
  saved: 'Changed.',
  notPosted: 'Your comment was not sent; your text is kept.',
  again: 'Try again',
  draftKept: 'What you wrote is kept here.',
  draftFound: 'This is what you had begun.',
  earlier: 'What it said before',
  people: {
    one: '{count} person: arrow keys to choose, Enter to take',
    other: '{count} people: arrow keys to choose, Enter to take',
  },
  peopleHere: 'People here',

  unreachable: 'The server cannot be reached.',
  offline: 'You are offline.',
  tooFast: {
    one: 'That was very fast. Try again in {count} second.',
    other: 'That was very fast. Try again in {count} seconds.',
  },
  signInFirst: 'Sign in first.',
  notTaken: 'This cannot be taken as it is.',
  serverFailed: 'Something went wrong on our side.',
} satisfies Catalogue

/** The key of each of them. */
export type CommentsMoreKey = keyof typeof commentsMoreEn
