import { createRouter } from '../http.ts'

/** Where pages moved. */
export const moveRoutes = () => createRouter()
