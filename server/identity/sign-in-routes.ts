import { createRouter } from '../http.ts'

/** How somebody becomes a member: by mail, by an account elsewhere, by the host page, by a passkey. */
export const signInRoutes = () => createRouter()
