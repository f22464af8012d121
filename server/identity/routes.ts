import { createRouter } from '../http.ts'

/** What a person sees and changes of themselves. */
export const personRoutes = () => createRouter()
