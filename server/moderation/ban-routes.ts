import { createRouter } from '../http.ts'

/** Who may not speak. */
export const banRoutes = () => createRouter()
