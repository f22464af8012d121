import { createRouter } from '../http.ts'

/** Notices of illegal content. */
export const noticeRoutes = () => createRouter()
