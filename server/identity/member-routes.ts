import { createRouter } from '../http.ts'

/** Whom the owner knows by name, and what they may do. */
export const memberRoutes = () => createRouter()
