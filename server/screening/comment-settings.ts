import { z } from '@hono/zod-openapi'
import type { Kysely } from 'kysely'
import { CommentSettings } from '../contract/screening.ts'
import { prepare } from '../db/prepared.ts'
import type { Database } from '../db/schema.ts'
import { settingsOf } from '../settings.ts'

/** Where an owner's choice is kept. */
export const AREA = 'comments'

const { akismet, hook } = CommentSettings.shape

/** What is kept: as on the wire, but keys and secrets are sealed, which makes them longer. */
export const KeptSettings = CommentSettings.extend({
  akismet: akismet.unwrap().unwrap().extend({ key: z.string() }).nullable().default(null),
  hook: hook.unwrap().unwrap().extend({ secret: z.string() }).nullable().default(null),
})

/** Most sites whose settings are remembered. */
const MOST = 1_000
const read = new Map<string, { version: number; settings: CommentSettings }>()

const versionOf = prepare((db, slot: (name: 'site') => never) =>
  db.selectFrom('setting').select('updated_at').where('site_id', '=', slot('site')).where('area', '=', AREA),
)

/**
 * How comments are on a site, as it is at this moment; keys and secrets are sealed. It is read anew only when it has
 * changed: until then all get the same object.
 */
export async function commentSettings(db: Kysely<Database>, site: string): Promise<CommentSettings> {
  const { rows } = await versionOf(db, { site })
  const version = rows[0]?.updated_at ?? 0
  const known = read.get(site)
  if (known?.version === version) return known.settings
  const settings: CommentSettings = await settingsOf(db, site, AREA, KeptSettings)
  if (read.size >= MOST) read.clear()
  read.set(site, { version, settings })
  return settings
}
