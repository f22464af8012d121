import type { z } from '@hono/zod-openapi'
import { type Kysely, sql } from 'kysely'
import { greatest, isPostgres } from './db/dialect.ts'
import type { Database } from './db/schema.ts'
import type { Work } from './deps.ts'

/** What a site's owner chose for an area; where nothing was chosen, the schema's defaults. */
export async function settingsOf<T extends z.ZodType>(
  db: Kysely<Database>,
  site: string,
  area: string,
  schema: T,
): Promise<z.output<T>> {
  const row = await db
    .selectFrom('setting')
    .select('value')
    .where('site_id', '=', site)
    .where('area', '=', area)
    .executeTakeFirst()
  return schema.parse(row ? JSON.parse(row.value) : {})
}

/** Keeps what an owner chose, whole. No two of an area's versions have one `updated_at`. */
export async function keepSettings(
  { db, now }: Work,
  site: string,
  area: string,
  value: object,
): Promise<void> {
  const row = { site_id: site, area, value: JSON.stringify(value), updated_at: now() }
  await db
    .insertInto('setting')
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(['site_id', 'area']).doUpdateSet({
        value: row.value,
        updated_at: greatest(db, sql`${row.updated_at}`, sql`setting.updated_at + 1`),
      }),
    )
    .execute()
}

/** Lets nobody else change a site's settings before this has: whoever changes a part of them reads the rest after it. */
export async function holdSettings({ db }: Work, site: string): Promise<void> {
  if (isPostgres(db))
    await db.selectFrom('site').select('site_id').where('site_id', '=', site).forNoKeyUpdate().execute()
}
