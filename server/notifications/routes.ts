import { createRouter } from '../http.ts'

/** What the links in our mails do. */
export const mailLinkRoutes = () => createRouter()
