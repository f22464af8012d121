import type { Kysely } from 'kysely'
import { CODE_SHAPE } from '../contract/common.ts'
import { SITE_ID_LENGTH } from '../contract/limits.ts'
import type { Database } from '../db/schema.ts'
import { withCode } from '../pages/rules.ts'
import { targetOfCode } from './store.ts'

/** Where a short link leads: the share's own page, if it is still on an origin of the site. */
export async function followCode(
  db: Kysely<Database>,
  code: string,
  query: string,
): Promise<string | undefined> {
  if (!CODE_SHAPE.test(code)) return undefined
  const target = await targetOfCode(db, code.slice(0, SITE_ID_LENGTH), code)
  const origins = target ? (JSON.parse(target.origins) as string[]) : []
  if (!target || !origins.some((origin) => target.url.startsWith(`${origin}/`))) return undefined
  return target.revoked_at === null ? withCode(target.url, code, query) : target.url
}
