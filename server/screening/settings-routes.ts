import { createRouter } from '../http.ts'

/** How comments are on a site. */
export const commentSettingsRoutes = () => createRouter()
