import { createHmac } from 'node:crypto'

/**
 * The code by which whoever sent a notice follows it. Made anew from the notice's id and this installation's secret when
 * it has to be said: only its hash is kept.
 */
export const noticeCode = (secret: string, site: string, id: string): string =>
  `nt_${createHmac('sha256', secret).update(`notice ${site} ${id}`).digest('base64url').slice(0, 32)}`
