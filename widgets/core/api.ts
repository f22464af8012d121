import type { PageReads, PageWrites } from '../../server/contract/api.ts'
import { personToken } from './identity.ts'
import { settings } from './settings.ts'

/** A path that the page posts to. */
export type WritePath = keyof PageWrites

/** One request to the server, in the name of the site. */
export const request = (
  path: string,
  init: RequestInit,
  headers: Record<string, string>,
): Promise<Response> =>
  fetch(settings().server + path.slice(1), {
    ...init,
    headers: { 'X-Grapevine-Site': settings().site, ...headers },
    credentials: 'omit',
  })

/** Posts one write. It outlives the page; where nothing may identify, it carries no token. */
export function postWrite<P extends WritePath>(
  path: P,
  body: PageWrites[P]['body'],
  key: string,
): Promise<Response> {
  const token = personToken()
  return request(
    path,
    { method: 'POST', body: JSON.stringify(body), keepalive: true },
    {
      'Content-Type': 'application/json',
      'Idempotency-Key': key,
      ...(token && { Authorization: `Bearer ${token}` }),
    },
  )
}

/** Reads what anyone may know of a page. */
export async function readPublic<P extends keyof PageReads>(path: P, url: string): Promise<PageReads[P]> {
  const answer = await request(`${path}?url=${encodeURIComponent(url)}`, {}, {})
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}`)
  return (await answer.json()) as PageReads[P]
}
