import { createRouter } from '../http.ts'

/** Comments on passages, as W3C Web Annotations. */
export const annotationRoutes = () => createRouter()
