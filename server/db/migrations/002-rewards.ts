import { type Kysely, sql } from 'kysely'
import { isPostgres } from '../dialect.ts'

/** Who earned it: chains that name their people, touches, refunds, coupons, programmes, rewards and their ledger. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const postgres = isPostgres(db)
  const id = postgres ? 'text COLLATE "C" NOT NULL' : 'TEXT NOT NULL'
  const maybeId = postgres ? 'text COLLATE "C"' : 'TEXT'
  const text = 'TEXT NOT NULL'
  const int = postgres ? 'bigint NOT NULL' : 'INTEGER NOT NULL'
  const maybeInt = postgres ? 'bigint' : 'INTEGER'
  const clustered = postgres ? '' : ' STRICT, WITHOUT ROWID'
  const zero = `${int} DEFAULT 0`

  const statements = [
    `ALTER TABLE share ADD COLUMN people ${id} DEFAULT ''`,
    `ALTER TABLE visit ADD COLUMN gesture ${zero}`,
    `ALTER TABLE person ADD COLUMN name TEXT`,
    `ALTER TABLE person ADD COLUMN listed ${zero}`,
    `ALTER TABLE person ADD COLUMN payout TEXT`,
    `ALTER TABLE person ADD COLUMN brought_by ${maybeId}`,
    `CREATE INDEX person_brought ON person (site_id, brought_by)`,
    `CREATE INDEX share_person ON share (site_id, person_id, at)`,
    `ALTER TABLE page ADD COLUMN author_id ${maybeId}`,
    ...['interacted', 'joined', 'passed_on'].map((count) => `ALTER TABLE rollup ADD COLUMN ${count} ${zero}`),

    `ALTER TABLE conversion ADD COLUMN people ${maybeId}`,
    `ALTER TABLE conversion ADD COLUMN buyer_id ${maybeId}`,
    `ALTER TABLE conversion ADD COLUMN touches TEXT`,
    `ALTER TABLE conversion ADD COLUMN refunded ${zero}`,
    `ALTER TABLE conversion ADD COLUMN voided ${zero}`,
    `ALTER TABLE conversion ADD COLUMN coupon ${maybeId}`,
    `ALTER TABLE conversion ADD COLUMN mail_hash ${maybeId}`,
    `ALTER TABLE conversion ADD COLUMN signs TEXT`,
    `CREATE INDEX conversion_buyer ON conversion (site_id, buyer_id, at)`,
    `CREATE INDEX conversion_root ON conversion (site_id, (substr(path, 1, 16)), at) WHERE path IS NOT NULL`,
    `CREATE INDEX conversion_mail ON conversion (site_id, mail_hash) WHERE mail_hash IS NOT NULL`,
    `CREATE TABLE refund (site_id ${id} REFERENCES site, refund_id ${id}, order_id ${id}, conversion_id ${maybeId},
      value ${maybeInt}, currency TEXT, applied ${zero}, at ${int},
      PRIMARY KEY (site_id, refund_id))${clustered}`,
    `CREATE INDEX refund_order ON refund (site_id, order_id)`,

    `CREATE TABLE coupon (site_id ${id}, code ${id}, gift ${maybeId}, person_id ${id}, share_id ${id}, label ${text},
      most ${maybeInt}, used ${zero}, expires_at ${maybeInt}, passed_at ${maybeInt}, revoked_at ${maybeInt},
      created_at ${int}, PRIMARY KEY (site_id, code),
      FOREIGN KEY (site_id, share_id) REFERENCES share, FOREIGN KEY (site_id, person_id) REFERENCES person)${clustered}`,
    `CREATE INDEX coupon_created ON coupon (site_id, created_at, code)`,
    `CREATE INDEX coupon_person ON coupon (site_id, person_id)`,
    `CREATE INDEX coupon_gift ON coupon (site_id, gift)`,
    `CREATE TABLE coupon_use (site_id ${id}, conversion_id ${id}, code ${id}, at ${int},
      PRIMARY KEY (site_id, conversion_id), FOREIGN KEY (site_id, code) REFERENCES coupon)${clustered}`,

    `CREATE TABLE person_mark (site_id ${id}, kind ${id}, hash ${id}, person_id ${id}, at ${int},
      PRIMARY KEY (site_id, kind, hash, person_id), FOREIGN KEY (site_id, person_id) REFERENCES person)${clustered}`,
    `CREATE INDEX person_mark_person ON person_mark (site_id, person_id)`,

    `CREATE TABLE programme (site_id ${id} REFERENCES site, id ${id}, name ${text}, status ${text}, version ${int},
      created_at ${int}, updated_at ${int}, PRIMARY KEY (site_id, id))${clustered}`,
    `CREATE TABLE programme_version (site_id ${id}, programme_id ${id}, version ${int}, rule ${text}, at ${int},
      PRIMARY KEY (site_id, programme_id, version),
      FOREIGN KEY (site_id, programme_id) REFERENCES programme)${clustered}`,
    `CREATE TABLE earning (site_id ${id}, programme_id ${id}, conversion_id ${id}, version ${int}, pot ${int},
      house ${int}, currency ${text}, nearest_id ${maybeId}, friend ${id}, detail ${text}, at ${int},
      PRIMARY KEY (site_id, programme_id, conversion_id),
      FOREIGN KEY (site_id, programme_id) REFERENCES programme,
      FOREIGN KEY (site_id, conversion_id) REFERENCES conversion)${clustered}`,
    `CREATE INDEX earning_conversion ON earning (site_id, conversion_id)`,
    `CREATE INDEX earning_pot ON earning (site_id, programme_id, pot)`,
    `CREATE INDEX earning_nearest ON earning (site_id, programme_id, nearest_id, friend)`,
    `CREATE TABLE payout (site_id ${id} REFERENCES site, id ${id}, method ${text}, state ${text}, created_at ${int},
      created_by ${text}, paid_at ${maybeInt}, PRIMARY KEY (site_id, id))${clustered}`,
    `CREATE TABLE reward (site_id ${id}, id ${id}, programme_id ${id}, conversion_id ${id}, line ${int},
      person_id ${id}, role ${text}, share_id ${maybeId}, hop ${maybeInt}, amount ${int}, reversed ${zero},
      currency ${text}, state ${text}, reasons ${text}, approve_at ${int}, payout_id ${maybeId}, created_at ${int},
      PRIMARY KEY (site_id, id),
      FOREIGN KEY (site_id, programme_id, conversion_id) REFERENCES earning,
      FOREIGN KEY (site_id, person_id) REFERENCES person,
      FOREIGN KEY (site_id, payout_id) REFERENCES payout)${clustered}`,
    `CREATE UNIQUE INDEX reward_once ON reward (site_id, programme_id, conversion_id, line)`,
    `CREATE INDEX reward_person ON reward (site_id, person_id, programme_id)`,
    `CREATE INDEX reward_state ON reward (site_id, state, id)`,
    `CREATE INDEX reward_payout ON reward (site_id, payout_id, state)`,
    `CREATE INDEX reward_programme ON reward (site_id, programme_id, id)`,
    `CREATE INDEX reward_given ON reward (site_id, programme_id, currency, state, amount, reversed)`,
    `CREATE TABLE ledger (site_id ${id} REFERENCES site, txn ${id}, line ${int}, account ${id}, holder ${id},
      amount ${int}, currency ${id}, reason ${text}, programme_id ${maybeId}, conversion_id ${maybeId},
      reward_id ${maybeId}, at ${int}, PRIMARY KEY (site_id, txn, line))${clustered}`,
    `CREATE INDEX ledger_account ON ledger (site_id, account, holder, currency)`,
    `CREATE INDEX ledger_reward ON ledger (site_id, reward_id)`,
    `CREATE INDEX ledger_conversion ON ledger (site_id, conversion_id)`,
    `CREATE TABLE decision (site_id ${id} REFERENCES site, id ${id}, who ${text}, act ${text}, subject ${id},
      detail ${text}, at ${int}, PRIMARY KEY (site_id, id))${clustered}`,
    `CREATE INDEX decision_subject ON decision (site_id, subject)`,
    `CREATE TABLE server_secret (name ${id}, secret ${text}, PRIMARY KEY (name))${clustered}`,
  ]
  for (const statement of statements) await sql.raw(statement).execute(db)
  await nameThePeople(db)
  await countPassedOn(db)
}

/** Writes the people of every chain beside its path, level by level. */
async function nameThePeople(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql<{ depth: number | null }>`select max(depth) as depth from share`.execute(db)
  const deepest = rows[0]?.depth
  if (deepest == null) return
  for (let depth = 0; depth <= deepest; depth++) {
    await sql`update share set people = coalesce((select above.people from share above
        where above.site_id = share.site_id and above.id = share.parent_id), '') || person_id
      where depth = ${depth}`.execute(db)
  }
  // Of the visits that led to a conversion only the last was kept until now.
  await sql`update conversion set touches = '[["' || share_id || '",' || at || ']]',
      people = (select share.people from share
        where share.site_id = conversion.site_id and share.id = conversion.share_id)
    where share_id is not null`.execute(db)
}

/** Counts the shares that came of others: of the steps of the funnel the one that old rows tell of. */
async function countPassedOn(db: Kysely<unknown>): Promise<void> {
  const subjects = { site: `''`, page: 'above.page_id', channel: 'above.channel', person: 'above.person_id' }
  const grains = { hour: 60 * 60 * 1000, day: 24 * 60 * 60 * 1000 }
  const counted = Object.entries(subjects).flatMap(([kind, subject]) =>
    Object.entries(grains).map(
      ([grain, ms]) => `select share.site_id, '${kind}' as kind, '${grain}' as grain, ${subject} as subject,
        share.at / ${ms} * ${ms} as at from share join share above
        on above.site_id = share.site_id and above.id = share.parent_id`,
    ),
  )
  await sql`insert into rollup (site_id, kind, grain, subject, at, currency, shares, visits, conversions, attributed,
      proved, amount, passed_on)
    select site_id, kind, grain, subject, at, '', 0, 0, 0, 0, 0, 0, count(*)
      from (${sql.raw(counted.join(' union all '))}) as step where true group by site_id, kind, grain, subject, at
    on conflict (site_id, kind, grain, subject, at, currency) do update set passed_on = excluded.passed_on`.execute(
    db,
  )
}
