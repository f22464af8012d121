import { createRouter } from '../http.ts'

/** Refunds. */
export const refundRoutes = () => createRouter()
