import type { Catalogue } from '../core/i18n.ts'
import { shareEn } from './share.en.ts'

/** English texts of all of `<grapevine-share>`: its dialogs and every channel. */
export const shareMoreEn = {
  ...shareEn,
  close: 'Close',
  qr: 'QR code',
  scan: 'Scan to open',
  save: 'Save image',
  link: 'Copy this link',
  server: 'Your Mastodon server',
  notServer: 'Enter a server name, such as mastodon.social',
  go: 'Continue',
  facebook: 'Facebook',
  linkedin: 'LinkedIn',
  reddit: 'Reddit',
  telegram: 'Telegram',
  messenger: 'Messenger',
  threads: 'Threads',
  bluesky: 'Bluesky',
  mastodon: 'Mastodon',
  pinterest: 'Pinterest',
  tumblr: 'Tumblr',
  vk: 'VK',
  ok: 'OK',
  weibo: 'Weibo',
  qq: 'QQ',
  qzone: 'Qzone',
  line: 'LINE',
  viber: 'Viber',
  xing: 'XING',
  hackernews: 'Hacker News',
  lobsters: 'Lobsters',
  teams: 'Teams',
  sms: 'Message',
} satisfies Catalogue

/** The key of each text. */
export type ShareKey = keyof typeof shareMoreEn
