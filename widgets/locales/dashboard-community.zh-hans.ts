import type { Catalogue } from '../core/i18n.ts'
import type { communityEn } from './dashboard-community.en.ts'

/** The dashboard's texts of members and of the settings of comments, in Simplified Chinese. */
export const communityZhHans: Catalogue<keyof typeof communityEn> = {
  members: '成员',
  comments: '评论',
}
