import { createRouter } from '../http.ts'

/** Public counts of pages. */
export const countRoutes = () => createRouter()
