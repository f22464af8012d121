import { type Kysely, sql } from 'kysely'
import { isPostgres } from '../dialect.ts'

/** Who speaks and what they say: members, sign-in, comments, screening, moderation. */
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
  const ofPerson = 'FOREIGN KEY (site_id, person_id) REFERENCES person'
  const ofPage = 'FOREIGN KEY (site_id, page_id) REFERENCES page'
  const ofComment = 'FOREIGN KEY (site_id, comment_id) REFERENCES comment'

  const statements = [
    `ALTER TABLE person ADD COLUMN member_since ${maybeInt}`,
    `ALTER TABLE person ADD COLUMN role ${text} DEFAULT 'member'`,
    `ALTER TABLE person ADD COLUMN name_key ${maybeId}`,
    `ALTER TABLE person ADD COLUMN mail TEXT`,
    `ALTER TABLE person ADD COLUMN mail_confirmed ${zero}`,
    `ALTER TABLE person ADD COLUMN avatar ${maybeId}`,
    `ALTER TABLE person ADD COLUMN merged_into ${maybeId}`,
    `CREATE INDEX person_name_key ON person (site_id, name_key) WHERE name_key IS NOT NULL`,
    `CREATE INDEX person_role ON person (site_id, role) WHERE role <> 'member'`,
    `CREATE INDEX person_merged ON person (site_id, merged_into) WHERE merged_into IS NOT NULL`,
    `ALTER TABLE person_key ADD COLUMN kind ${text} DEFAULT 'token'`,
    `ALTER TABLE person_key ADD COLUMN expires_at ${maybeInt}`,
    `CREATE INDEX person_key_expiry ON person_key (expires_at) WHERE expires_at IS NOT NULL`,
    `CREATE TABLE person_identity (site_id ${id}, kind ${id}, subject ${id}, person_id ${id}, data ${text}, at ${int},
      PRIMARY KEY (site_id, kind, subject), ${ofPerson})${clustered}`,
    `CREATE INDEX person_identity_person ON person_identity (site_id, person_id)`,
    `CREATE TABLE sign_in (site_id ${id} REFERENCES site, kind ${id}, token_hash ${id}, data ${text}, attempts ${zero},
      at ${int}, expires_at ${int}, PRIMARY KEY (site_id, kind, token_hash))${clustered}`,
    `CREATE INDEX sign_in_expiry ON sign_in (expires_at)`,
    `CREATE TABLE avatar (site_id ${id}, id ${id}, person_id ${id}, type ${text}, bytes ${text}, at ${int},
      PRIMARY KEY (site_id, id), ${ofPerson})${table}`,
    `ALTER TABLE owner_session ADD COLUMN role ${text} DEFAULT 'owner'`,
    `ALTER TABLE owner_session ADD COLUMN person_id ${maybeId}`,

    `CREATE TABLE setting (site_id ${id} REFERENCES site, area ${id}, value ${text}, updated_at ${int},
      PRIMARY KEY (site_id, area))${clustered}`,

    `ALTER TABLE page ADD COLUMN title TEXT`,
    `CREATE TABLE page_alias (site_id ${id}, identity ${id}, page_id ${id}, at ${int},
      PRIMARY KEY (site_id, identity), ${ofPage})${clustered}`,
    `CREATE INDEX page_alias_page ON page_alias (site_id, page_id)`,
    `CREATE TABLE page_move (site_id ${id} REFERENCES site, id ${id}, from_url ${id}, to_url ${text}, prefix ${int}, at ${int},
      PRIMARY KEY (site_id, id))${clustered}`,
    `CREATE UNIQUE INDEX page_move_from ON page_move (site_id, from_url, prefix)`,

    `CREATE TABLE person_standing (site_id ${id}, person_id ${id}, approved ${zero}, refused ${zero}, vouched_by ${maybeId},
      level ${maybeInt}, root_id ${maybeId}, first_at ${maybeInt}, PRIMARY KEY (site_id, person_id), ${ofPerson})${clustered}`,
    `CREATE INDEX person_standing_burst ON person_standing (site_id, root_id, first_at) WHERE root_id IS NOT NULL`,
    `CREATE TABLE ban (site_id ${id} REFERENCES site, id ${id}, kind ${text}, person_id ${maybeId}, share_id ${maybeId},
      until ${maybeInt}, note ${text}, who ${text}, at ${int}, lifted_at ${maybeInt}, PRIMARY KEY (site_id, id))${clustered}`,
    `CREATE INDEX ban_person ON ban (site_id, person_id) WHERE person_id IS NOT NULL`,
    `CREATE INDEX ban_subtree ON ban (site_id, share_id) WHERE share_id IS NOT NULL`,
    `CREATE TABLE spent_proof (site_id ${id} REFERENCES site, hash ${id}, expires_at ${int},
      PRIMARY KEY (site_id, hash))${clustered}`,
    `CREATE INDEX spent_proof_expiry ON spent_proof (expires_at)`,

    `CREATE TABLE thread (site_id ${id}, page_id ${id}, mode ${text}, state ${text}, closes_at ${maybeInt}, comments ${zero},
      first_at ${maybeInt}, last_at ${maybeInt}, PRIMARY KEY (site_id, page_id), ${ofPage})${clustered}`,
    `CREATE TABLE comment (site_id ${id}, id ${id}, page_id ${id}, person_id ${id}, parent_id ${maybeId}, root_id ${id},
      depth ${int}, body ${text}, markup ${text}, state ${text}, shown ${int}, shadow ${zero}, reasons ${text}, counted TEXT,
      replies ${zero}, below ${zero}, ups ${zero}, downs ${zero}, best ${zero}, reactions ${text}, reports ${zero},
      pinned_at ${maybeInt}, accepted_id ${maybeId}, status TEXT, status_note TEXT, anchor TEXT, print ${id}, simhash ${id},
      at ${int}, edited_at ${maybeInt}, appeared_at ${maybeInt}, decided_at ${maybeInt},
      PRIMARY KEY (site_id, id), ${ofPage}, ${ofPerson},
      FOREIGN KEY (site_id, parent_id) REFERENCES comment)${table}`,
    `CREATE INDEX comment_level ON comment (site_id, page_id, (coalesce(parent_id, '')), id) WHERE shown = 1`,
    `CREATE INDEX comment_best ON comment (site_id, page_id, (coalesce(parent_id, '')), best, id) WHERE shown = 1`,
    `CREATE INDEX comment_page ON comment (site_id, page_id, id)`,
    `CREATE INDEX comment_unseen ON comment (site_id, page_id, person_id, id) WHERE state = 'held' OR shadow = 1`,
    `CREATE INDEX comment_pinned ON comment (site_id, page_id, pinned_at) WHERE pinned_at IS NOT NULL`,
    `CREATE INDEX comment_anchor ON comment (site_id, page_id, state, id) WHERE anchor IS NOT NULL`,
    `CREATE INDEX comment_parent ON comment (site_id, parent_id, id)`,
    `CREATE INDEX comment_person ON comment (site_id, person_id, id)`,
    `CREATE INDEX comment_state ON comment (site_id, state, id)`,
    `CREATE INDEX comment_reported ON comment (site_id, id) WHERE reports > 0`,
    `CREATE INDEX comment_print ON comment (site_id, print, id)`,
    `CREATE INDEX comment_likeness ON comment (site_id, id, simhash)`,
    `CREATE TABLE comment_edit (site_id ${id}, comment_id ${id}, at ${int}, body ${text}, person_id ${maybeId},
      PRIMARY KEY (site_id, comment_id, at), ${ofComment})${table}`,
    `CREATE TABLE comment_vote (site_id ${id}, comment_id ${id}, person_id ${id}, value ${int}, at ${int},
      PRIMARY KEY (site_id, comment_id, person_id), ${ofComment}, ${ofPerson})${clustered}`,
    `CREATE INDEX comment_vote_person ON comment_vote (site_id, person_id)`,
    `CREATE TABLE comment_reaction (site_id ${id}, comment_id ${id}, person_id ${id}, emoji ${id}, at ${int},
      PRIMARY KEY (site_id, comment_id, person_id, emoji), ${ofComment}, ${ofPerson})${clustered}`,
    `CREATE INDEX comment_reaction_person ON comment_reaction (site_id, person_id)`,
    `CREATE TABLE comment_report (site_id ${id}, comment_id ${id}, person_id ${id}, reason ${text}, note ${text}, at ${int},
      resolved_at ${maybeInt}, PRIMARY KEY (site_id, comment_id, person_id), ${ofComment}, ${ofPerson})${clustered}`,
    `CREATE TABLE comment_mention (site_id ${id}, comment_id ${id}, person_id ${id},
      PRIMARY KEY (site_id, comment_id, person_id), ${ofComment}, ${ofPerson})${clustered}`,

    `CREATE TABLE moderation_act (site_id ${id} REFERENCES site, id ${id}, who ${text}, act ${text}, subject_kind ${text},
      subject ${id}, before ${text}, note ${text}, at ${int}, undone_at ${maybeInt}, undone_by TEXT,
      PRIMARY KEY (site_id, id))${clustered}`,
    `CREATE INDEX moderation_act_subject ON moderation_act (site_id, subject, id)`,
    `CREATE TABLE notice (site_id ${id} REFERENCES site, id ${id}, code_hash ${id}, comment_id ${maybeId}, url ${text},
      reason ${text}, explanation ${text}, name ${text}, mail ${text}, state ${text}, statement ${text}, decided_by TEXT,
      at ${int}, decided_at ${maybeInt}, PRIMARY KEY (site_id, id))${clustered}`,
    `CREATE UNIQUE INDEX notice_code ON notice (site_id, code_hash)`,
    `CREATE INDEX notice_comment ON notice (site_id, comment_id)`,
  ]
  for (const statement of statements) await sql.raw(statement).execute(db)
}
