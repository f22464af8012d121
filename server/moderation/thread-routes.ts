import { createRouter } from '../http.ts'

/** What moderators set on threads and single comments. */
export const moderatedThreadRoutes = () => createRouter()
