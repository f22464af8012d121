import { createRouter } from '../http.ts'

/** What waits for a moderator, and what they decide. */
export const queueRoutes = () => createRouter()
