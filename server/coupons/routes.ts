import { createRouter } from '../http.ts'

/** Coupons and gifts. */
export const couponRoutes = () => createRouter()
