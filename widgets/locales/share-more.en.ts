import type { Catalogue } from '../core/i18n.ts'
import { BRANDS } from './brands.ts'
import { shareEn } from './share.en.ts'

/** English texts of all of `<grapevine-share>`: its dialogs and every channel. */
export const shareMoreEn = {
  ...BRANDS,
  ...shareEn,
  close: 'Close',
  qr: 'QR code',
  scan: 'Scan to open',
  save: 'Save image',
  link: 'Copy this link',
  server: 'Your Mastodon server',
  notServer: 'Enter a server name, such as mastodon.social',
  go: 'Continue',
  ok: 'OK',
  weibo: 'Weibo',
  qzone: 'Qzone',
  sms: 'Message',
} satisfies Catalogue

/** The key of each text. */
export type ShareKey = keyof typeof shareMoreEn
