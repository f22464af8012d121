import type { Catalogue } from '../core/i18n.ts'

/** English texts of `<grapevine-referral>` that everybody needs. */
export const referralEn = {
  invite: 'Invite your friends',
  giveGet: 'Give {give}, get {get}',
  give: 'Give your friends {give}',
  get: 'Invite a friend, get {get}',
  part: '{percent} of the order',
  capped: '{percent} of the order, at most {cap}',
  theyGet: 'Your friend gets {give}.',
  youGet: 'You get {get}.',
  space: ' ',
  further: 'Whoever passes it on has a part in it.',
  start: 'Get your link',
  startKept: 'Get your link and keep it here',
  startLoose: 'Only a link',
  link: 'Your link',
  copy: 'Copy',
  copied: 'Copied',
  native: 'Share',
  qr: 'QR code',
  scan: 'Scan to open',
  save: 'Save image',
  close: 'Close',
  guest: 'Kept in this browser only. Signing in will keep your link and what it earns wherever you are.',
  asks: 'To know later what is yours, this browser has to remember you on this site.',
  refuses:
    'Your browser asks us to remember nothing about you, and we don’t: a link works, but what it earns cannot be kept for you.',
  loose: 'This link is kept nowhere: it works, but what it earns cannot be kept for you.',
  failed: 'This could not be loaded.',
  offline: 'You are offline.',
  retry: 'Try again',
} satisfies Catalogue

/** The key of each of them. */
export type ReferralKey = keyof typeof referralEn
