import type { Catalogue } from '../core/i18n.ts'
import type { rewardsEn } from './dashboard-rewards.en.ts'

/** The dashboard's texts of programmes, rewards and payouts, in Simplified Chinese. */
export const rewardsZhHans = {
  programmes: '计划',
  rewards: '奖励',
  payouts: '付款',
} satisfies Catalogue<keyof typeof rewardsEn>
