/** The dashboard's texts of programmes, rewards and payouts, in English. */
export const rewardsEn = {
  programmes: 'Programmes',
  rewards: 'Rewards',
  payouts: 'Payouts',
}
