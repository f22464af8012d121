import assert from 'node:assert/strict'
import type { Conversion } from '../../server/contract/conversions.ts'
import type { Share } from '../../server/contract/shares.ts'
import type { Visit } from '../../server/contract/visits.ts'
import { newCode } from '../../server/ids.ts'
import { type Bench, newToken, ORIGIN, pageOf, type TestSite } from './databases.ts'

/** A page of the test site. */
export const ARTICLE = `${ORIGIN}/article`
/** Another page of it. */
export const SHOP = `${ORIGIN}/shop`

/** Somebody's browser on a site, which keeps a token unless told otherwise. */
export function somebody(bench: Bench, site: TestSite, token: string | undefined = newToken()) {
  const page = pageOf(bench, site)
  const post = (path: string, body: object, headers: Record<string, string> = {}) =>
    page(path, body, { ...(token ? { token } : {}), headers })
  return {
    token,
    post,
    /** Shares the article by copying, unless told otherwise; the server has to accept it. */
    async share(act: { url?: string; channel?: string; code?: string; arrival?: string; age?: number } = {}) {
      const response = await post('/v1/shares', { url: ARTICLE, channel: 'copy', ...act })
      assert.ok(response.ok, await response.clone().text())
      return (await response.json()) as Share
    },
    /** Opens a link; answers what became of the visit. */
    async visit(code: string, { url = ARTICLE, age = 0 } = {}) {
      const response = await post('/v1/visits', { code, url, age })
      assert.ok(response.ok, await response.clone().text())
      return ((await response.json()) as Visit).outcome
    },
    async convert(conversion: object = {}) {
      const response = await post('/v1/conversions', { name: 'purchase', ...conversion })
      assert.ok(response.ok, await response.clone().text())
      return (await response.json()) as Conversion
    },
  }
}

/** A code as a page mints it. */
export const mintCode = (site: TestSite): string => newCode(site.id)

/** The status of an answer and the field it blames. */
export async function refusal(response: Response | Promise<Response>) {
  const answer = await response
  const { error } = (await answer.json()) as { error: { code: string; field?: string } }
  return [answer.status, error.field]
}
