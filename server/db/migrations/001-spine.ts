import { type Kysely, sql } from 'kysely'
import { isPostgres } from '../dialect.ts'

/** The first schema: sites, persons, pages, chains, conversions, and what is derived from them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const postgres = isPostgres(db)
  const id = postgres ? 'text COLLATE "C" NOT NULL' : 'TEXT NOT NULL'
  const maybeId = postgres ? 'text COLLATE "C"' : 'TEXT'
  const text = 'TEXT NOT NULL'
  const int = postgres ? 'bigint NOT NULL' : 'INTEGER NOT NULL'
  const maybeInt = postgres ? 'bigint' : 'INTEGER'
  const table = postgres ? '' : ' STRICT'
  const clustered = postgres ? '' : ' STRICT, WITHOUT ROWID'
  const zero = `${int} DEFAULT 0`

  const statements = [
    `CREATE TABLE site (site_id ${id}, name ${text}, origins ${text}, publishable_key ${text}, created_at ${int},
      PRIMARY KEY (site_id))${clustered}`,
    `CREATE TABLE secret_key (site_id ${id} REFERENCES site, key_hash ${id}, hint ${text}, created_at ${int},
      revoked_at ${maybeInt}, PRIMARY KEY (site_id, key_hash))${clustered}`,
    `CREATE TABLE owner_session (site_id ${id} REFERENCES site, token_hash ${id}, kind ${text}, expires_at ${int},
      PRIMARY KEY (site_id, token_hash))${clustered}`,

    `CREATE TABLE person (site_id ${id} REFERENCES site, id ${id}, created_at ${int},
      PRIMARY KEY (site_id, id))${clustered}`,
    `CREATE TABLE person_key (site_id ${id}, key_hash ${id}, person_id ${id}, created_at ${int},
      PRIMARY KEY (site_id, key_hash), FOREIGN KEY (site_id, person_id) REFERENCES person)${clustered}`,
    `CREATE INDEX person_key_person ON person_key (site_id, person_id)`,

    `CREATE TABLE page (site_id ${id} REFERENCES site, id ${id}, identity ${id}, url ${text}, created_at ${int},
      PRIMARY KEY (site_id, id))${clustered}`,
    `CREATE UNIQUE INDEX page_identity ON page (site_id, identity)`,

    `CREATE TABLE share (site_id ${id}, id ${id}, code ${id}, person_id ${id}, page_id ${id}, url ${text},
      channel ${text}, parent_id ${maybeId}, root_id ${id}, depth ${int}, path ${id}, at ${int},
      PRIMARY KEY (site_id, id),
      FOREIGN KEY (site_id, person_id) REFERENCES person,
      FOREIGN KEY (site_id, page_id) REFERENCES page,
      FOREIGN KEY (site_id, parent_id) REFERENCES share)${table}`,
    `CREATE UNIQUE INDEX share_once ON share (site_id, person_id, page_id, channel, coalesce(parent_id, ''))`,
    `CREATE INDEX share_root ON share (site_id, root_id, depth)`,
    `CREATE TABLE share_code (site_id ${id}, code ${id}, share_id ${id}, revoked_at ${maybeInt},
      PRIMARY KEY (site_id, code), FOREIGN KEY (site_id, share_id) REFERENCES share)${clustered}`,

    `CREATE TABLE visit (site_id ${id}, id ${id}, share_id ${id}, visitor ${id}, page_id ${id}, rung ${text},
      day ${int}, at ${int}, last_at ${int},
      PRIMARY KEY (site_id, id),
      FOREIGN KEY (site_id, share_id) REFERENCES share,
      FOREIGN KEY (site_id, page_id) REFERENCES page)${clustered}`,
    `CREATE UNIQUE INDEX visit_once ON visit (site_id, visitor, share_id, day)`,
    `CREATE TABLE waiting (site_id ${id} REFERENCES site, code ${id}, id ${id}, kind ${text}, visitor ${id},
      page_id ${id}, body ${text}, at ${int}, expires_at ${int}, PRIMARY KEY (site_id, code, id))${clustered}`,
    `CREATE INDEX waiting_visitor ON waiting (site_id, visitor)`,
    `CREATE INDEX waiting_expiry ON waiting (expires_at)`,

    `CREATE TABLE conversion (site_id ${id} REFERENCES site, id ${id}, order_id ${maybeId}, name ${text},
      value ${maybeInt}, currency TEXT, visitor ${maybeId}, share_id ${maybeId}, path ${maybeId}, rung TEXT,
      proved ${int}, at ${int},
      PRIMARY KEY (site_id, id),
      FOREIGN KEY (site_id, share_id) REFERENCES share)${clustered}`,
    `CREATE UNIQUE INDEX conversion_order ON conversion (site_id, order_id)`,
    `CREATE INDEX conversion_at ON conversion (site_id, at, id)`,
    `CREATE INDEX conversion_visitor ON conversion (site_id, visitor)`,
    `CREATE INDEX conversion_share ON conversion (site_id, share_id)`,

    `CREATE TABLE idempotency (site_id ${id}, key_hash ${id}, body_hash ${text}, status ${int}, answer ${text},
      created_at ${int}, PRIMARY KEY (site_id, key_hash))${clustered}`,
    `CREATE INDEX idempotency_age ON idempotency (created_at)`,
    `CREATE TABLE outbox (site_id ${id}, id ${id}, topic ${text}, body ${text}, run_at ${int}, attempts ${zero},
      error TEXT, PRIMARY KEY (site_id, id))${clustered}`,
    `CREATE INDEX outbox_due ON outbox (run_at)`,

    `CREATE TABLE share_total (site_id ${id}, share_id ${id}, below ${zero}, visits ${zero}, conversions ${zero},
      PRIMARY KEY (site_id, share_id))${clustered}`,
    `CREATE TABLE cascade (site_id ${id}, root_id ${id}, size ${int}, depth ${int}, breadth ${int},
      depth_sum ${int}, distances ${int}, visits ${int}, conversions ${int}, started_at ${int}, last_at ${int},
      PRIMARY KEY (site_id, root_id))${clustered}`,
    `CREATE TABLE cascade_level (site_id ${id}, root_id ${id}, depth ${int}, shares ${int},
      PRIMARY KEY (site_id, root_id, depth))${clustered}`,
    `CREATE TABLE rollup (site_id ${id}, kind ${id}, grain ${id}, subject ${id}, at ${int}, currency ${id},
      shares ${zero}, visits ${zero}, conversions ${zero}, attributed ${zero}, proved ${zero}, amount ${zero},
      PRIMARY KEY (site_id, kind, grain, at, subject, currency))${clustered}`,
    `CREATE INDEX rollup_page ON rollup (site_id, subject) WHERE kind = 'page' AND grain = 'day' AND currency = ''`,
  ]
  for (const statement of statements) await sql.raw(statement).execute(db)
}
