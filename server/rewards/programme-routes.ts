import { createRouter } from '../http.ts'

/** Programmes: what is paid for what. */
export const programmeRoutes = () => createRouter()
