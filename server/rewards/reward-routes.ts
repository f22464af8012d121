import { createRouter } from '../http.ts'

/** Rewards, decisions, receipts, payouts, ledger, store credit. */
export const rewardRoutes = () => createRouter()
