import { programmesEn } from './dashboard-programmes.en.ts'

/** The dashboard's texts of programmes, rewards and payouts, in English. */
export const rewardsEn = {
  ...programmesEn,
  rewards: 'Rewards',
  payouts: 'Payouts',
}
