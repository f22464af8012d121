import type { Kysely } from 'kysely'
import { CommentSettings } from '../contract/screening.ts'
import type { Database } from '../db/schema.ts'
import { settingsOf } from '../settings.ts'

/** How comments are on a site. */
export const commentSettings = (db: Kysely<Database>, site: string): Promise<CommentSettings> =>
  settingsOf(db, site, 'comments', CommentSettings)
