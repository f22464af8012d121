import assert from 'node:assert/strict'
import { hash, randomBytes } from 'node:crypto'
import type { SignedIn } from '../../server/contract/sign-in.ts'
import { type Bench, ORIGIN, pageOf, type TestSite } from './databases.ts'

/** What a page of the server's own says to its script. */
export interface PopUpTold {
  step: string
  origin?: string
  ticket?: string
  fault?: string
}

/** Reads what a page says to its script. */
export async function toldBy(response: Response): Promise<PopUpTold & { status: number }> {
  const page = await response.text()
  const told = /data-told="([^"]*)"/.exec(page)?.[1]
  assert.ok(told, page)
  const plain = told.replace(/&(quot|#39|lt|gt|amp);/g, (_, name: string) => ENTITIES[name] as string)
  return { status: response.status, ...(JSON.parse(plain) as PopUpTold) }
}
const ENTITIES: Record<string, string> = { quot: '"', '#39': "'", lt: '<', gt: '>', amp: '&' }

/** A page of a site that opens a pop-up at the server's origin, and the browser that both are in. */
export function opener(bench: Bench, site: TestSite, origin = ORIGIN) {
  const verifier = randomBytes(32).toString('base64url')
  const query = { site: site.publishableKey, origin, challenge: hash('sha256', verifier, 'base64url') }
  const jar: { cookie?: string } = {}
  const get = async (path: string, words: Record<string, string>) => {
    const response = await bench.request(`${path}?${new URLSearchParams(words)}`, {
      headers: jar.cookie ? { cookie: jar.cookie } : {},
    })
    const set = response.headers.get('set-cookie')
    if (set) jar.cookie = set.split(';')[0] as string
    return response
  }
  return {
    verifier,
    query,
    jar,
    get,
    open: (path: string, other: Record<string, string> = {}) => get(path, { ...query, ...other }),
    /** Signs in with a ticket, as the page that opened the pop-up unless told otherwise. */
    redeem: (
      ticket: string,
      other: { verifier?: string; origin?: string; token?: string; at?: TestSite } = {},
    ) =>
      pageOf(bench, other.at ?? site)(
        '/v1/sign-in/ticket',
        { ticket, verifier: other.verifier ?? verifier },
        { headers: { origin: other.origin ?? origin }, ...(other.token ? { token: other.token } : {}) },
      ),
    async signedIn(ticket: string, token?: string): Promise<SignedIn> {
      const response = await this.redeem(ticket, token ? { token } : {})
      assert.equal(response.status, 200, await response.clone().text())
      return (await response.json()) as SignedIn
    },
  }
}
