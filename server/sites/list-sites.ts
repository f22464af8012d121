import type { Kysely } from 'kysely'
import type { Database } from '../db/schema.ts'
import { type Site, siteOfRow } from './site.ts'

/** Every site of this server, oldest first: for the operator's command line only. */
export async function listSites(db: Kysely<Database>): Promise<Site[]> {
  const rows = await db.selectFrom('site').selectAll().orderBy('created_at').orderBy('site_id').execute()
  return rows.map(siteOfRow)
}
