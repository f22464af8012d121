import type { Catalogue } from '../core/i18n.ts'

/** English texts of the usual row of `<grapevine-share>`. */
export const shareEn = {
  group: 'Share this page',
  on: 'Share on {name}',
  native: 'Share',
  copy: 'Copy link',
  done: 'Copied',
  copied: 'Link copied',
  more: 'More ways to share',
  shares: { one: '{count} share', other: '{count} shares' },
  x: 'X',
  whatsapp: 'WhatsApp',
  email: 'Email',
} satisfies Catalogue
