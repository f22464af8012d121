import type { Kysely } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import { isPostgres } from '../dialect.ts'
import { describeIndexes } from '../sqlite-planner.ts'
import * as spine from './001-spine.ts'
import * as rewards from './002-rewards.ts'
import * as comments from './003-comments.ts'

/** The one migration history, in order; entries are never edited once released. */
const MIGRATIONS: Record<string, Migration> = {
  '001-spine': spine,
  '002-rewards': rewards,
  '003-comments': comments,
}

/** Brings a database up to the newest schema and names the migrations it ran. */
export async function migrate<T>(db: Kysely<T>): Promise<string[]> {
  const { error, results } = await new Migrator({
    db,
    provider: { getMigrations: async () => MIGRATIONS },
  }).migrateToLatest()
  if (error) throw error
  if (results?.length && !isPostgres(db)) await describeIndexes(db)
  return (results ?? []).filter((r) => r.status === 'Success').map((r) => r.migrationName)
}
