import { createRouter } from '../http.ts'

/** How recommending goes, and invitations. */
export const referralRoutes = () => createRouter()
