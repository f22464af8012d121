import { takeOverArrivals } from './chains/take-over.ts'
import { takeOverComments } from './comments/take-over.ts'
import { takeOverPurchases } from './conversions/take-over.ts'
import { takeOverCoupons } from './coupons/take-over.ts'
import type { TakeOver } from './identity/take-over.ts'
import { takeOverPages } from './pages/take-over.ts'
import { takeOverRewards } from './rewards/take-over.ts'
import { copyBans, takeOverStanding } from './screening/take-over.ts'

/** What every room does when a browser gets another token, or two persons turn out to be one. */
export const takeOver: TakeOver = {
  key: takeOverArrivals,
  bans: copyBans,
  async person(work, site, from, to) {
    for (const part of [
      takeOverPages,
      takeOverCoupons,
      takeOverPurchases,
      takeOverRewards,
      takeOverStanding,
      takeOverComments,
    ])
      await part(work, site, from, to)
  },
}
