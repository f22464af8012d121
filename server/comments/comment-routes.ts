import { createRouter } from '../http.ts'

/** What people do with comments: write, change, vote, react. */
export const commentRoutes = () => createRouter()
