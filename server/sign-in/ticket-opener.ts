import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { Env } from '../http.ts'
import { SignInFailed } from './page.ts'

/** SHA-256 as base64url. */
export const Challenge = z.string().regex(/^[\w-]{43}$/, 'is not a SHA-256 hash in base64url')

/** The page that opened the pop-up: its site's key, its origin, the hash of the verifier that it alone knows. */
export const Opening = z.object({
  site: z.string().regex(/^pk_\w{1,80}$/, 'is not a publishable key'),
  origin: z.string().max(300),
  challenge: Challenge,
})
export type Opening = z.output<typeof Opening>

/** Who opened a page, as its address says. Throws `SignInFailed` where the origin is none of the site's. */
export async function openerOf(c: Context<Env>) {
  const opening = Opening.safeParse(c.req.query()).data
  if (!opening) throw new SignInFailed('link', 'the link lacks something')
  const site = await c.get('deps').sites.byKey(opening.site)
  if (!site) throw new SignInFailed('unavailable', 'no such site')
  if (!site.origins.includes(opening.origin)) throw new SignInFailed('origin', 'not an origin of the site')
  return { opening, site }
}
