import { type Kysely, sql } from 'kysely'
import type { Database } from '../db/schema.ts'

/** A site's conversions beside the person who is known by the buyer's key. */
export const withBuyer = (db: Kysely<Database>, site: string) =>
  db
    .selectFrom('conversion')
    .leftJoin('person_key', (join) =>
      join
        .onRef('person_key.site_id', '=', 'conversion.site_id')
        .onRef('person_key.key_hash', '=', 'conversion.visitor'),
    )
    .where('conversion.site_id', '=', site)

/** Who bought: as known at the time, else who they turned out to be. */
export const buyerOf = sql<string | null>`coalesce(conversion.buyer_id, person_key.person_id)`
