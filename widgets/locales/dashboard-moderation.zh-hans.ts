import type { Catalogue } from '../core/i18n.ts'
import type { moderationEn } from './dashboard-moderation.en.ts'

/** The dashboard's texts of moderation, in Simplified Chinese. */
export const moderationZhHans: Catalogue<keyof typeof moderationEn> = {
  nav_community: '社区',
  moderation: '审核',
  notices: '违法内容通知',
  bans: '禁言',
}
