import { createRouter } from '../http.ts'

/** Threads as readers see them. */
export const threadRoutes = () => createRouter()
