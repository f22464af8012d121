import { type Kysely, sql } from 'kysely'
import { Rule } from '../contract/programmes.ts'
import { toldSum } from '../db/amounts.ts'
import { isPostgres } from '../db/dialect.ts'
import type { Database } from '../db/schema.ts'

type Queries = Kysely<Database>

/** A programme with the rule of its current version. */
export type ProgrammeRow = Database['programme'] & { rule: Rule }

const programmesOf = (db: Queries, site: string) =>
  db
    .selectFrom('programme')
    .innerJoin('programme_version as v', (join) =>
      join
        .onRef('v.site_id', '=', 'programme.site_id')
        .onRef('v.programme_id', '=', 'programme.id')
        .onRef('v.version', '=', 'programme.version'),
    )
    .selectAll('programme')
    .select('v.rule')
    .where('programme.site_id', '=', site)

const withRule = <T extends { rule: string }>(row: T) => ({ ...row, rule: Rule.parse(JSON.parse(row.rule)) })

/** All programmes of a site, latest first. */
export const programmesOfSite = async (db: Queries, site: string): Promise<ProgrammeRow[]> =>
  (await programmesOf(db, site).orderBy('programme.id', 'desc').execute()).map(withRule)

/** A programme of the site, if it has it. */
export async function programmeById(
  db: Queries,
  site: string,
  id: string,
): Promise<ProgrammeRow | undefined> {
  const row = await programmesOf(db, site).where('programme.id', '=', id).executeTakeFirst()
  return row && withRule(row)
}

/** A programme that nobody else changes or earns by until the transaction ends. */
export async function lockProgramme(
  db: Queries,
  site: string,
  id: string,
): Promise<ProgrammeRow | undefined> {
  // The lock comes first: what is read together with it may be of a moment before it was granted.
  if (isPostgres(db))
    await sql`select 1 from programme where site_id = ${site} and id = ${id} for update`.execute(db)
  return programmeById(db, site, id)
}

export async function insertProgramme(db: Queries, { rule, ...row }: ProgrammeRow): Promise<void> {
  await db.insertInto('programme').values(row).execute()
  await insertVersion(db, { rule, ...row })
}

/** Keeps the rule of a programme's version for good. */
export async function insertVersion(
  db: Queries,
  { site_id, id, version, rule, updated_at }: ProgrammeRow,
): Promise<void> {
  await db
    .insertInto('programme_version')
    .values({ site_id, programme_id: id, version, rule: JSON.stringify(rule), at: updated_at })
    .execute()
}

export async function updateProgramme(
  db: Queries,
  { site_id, id, name, status, version, updated_at }: ProgrammeRow,
): Promise<void> {
  await db
    .updateTable('programme')
    .set({ name, status, version, updated_at })
    .where('site_id', '=', site_id)
    .where('id', '=', id)
    .execute()
}

/** The rules a programme had, latest first. */
export async function versionsOf(db: Queries, site: string, programme: string) {
  const rows = await db
    .selectFrom('programme_version')
    .select(['version', 'at', 'rule'])
    .where('site_id', '=', site)
    .where('programme_id', '=', programme)
    .orderBy('version', 'desc')
    .execute()
  return rows.map(withRule)
}

/** The rule of one version. */
export async function ruleOfVersion(
  db: Queries,
  site: string,
  programme: string,
  version: number,
): Promise<Rule> {
  const row = await db
    .selectFrom('programme_version')
    .select('rule')
    .where('site_id', '=', site)
    .where('programme_id', '=', programme)
    .where('version', '=', version)
    .executeTakeFirstOrThrow()
  return withRule(row).rule
}

/** What rewards come to without what was taken back; refused ones come to nothing. */
export const left = sql<number>`case when state = 'refused' then 0 else amount - reversed end`

/** What the programmes of a site owe and have paid, a row a programme and currency. */
export const sumsOfProgrammes = (db: Queries, site: string, programme?: string) =>
  db
    .selectFrom('reward')
    .select(['programme_id', 'currency'])
    .select([
      toldSum(sql`case when state in ('pending', 'review', 'approved') then amount - reversed else 0 end`).as(
        'owed',
      ),
      toldSum(sql`case when state = 'paid' then amount - reversed else 0 end`).as('paid'),
    ])
    .where('site_id', '=', site)
    .$if(programme !== undefined, (query) => query.where('programme_id', '=', programme as string))
    .groupBy(['programme_id', 'currency'])
    .orderBy('currency')
    .execute()

/** How many conversions earned, a row a programme. */
export const earningsOfProgrammes = (db: Queries, site: string, programme?: string) =>
  db
    .selectFrom('earning')
    .select(['programme_id', ({ fn }) => fn.countAll<number>().as('conversions')])
    .where('site_id', '=', site)
    .where('pot', '>', 0)
    .$if(programme !== undefined, (query) => query.where('programme_id', '=', programme as string))
    .groupBy('programme_id')
    .execute()

/** How many people have rewards that stand, a row a programme. */
export const peopleOfProgrammes = (db: Queries, site: string, programme?: string) =>
  db
    .selectFrom('reward')
    .select(['programme_id', sql<number>`count(distinct person_id)`.as('people')])
    .where('site_id', '=', site)
    .where(left, '>', 0)
    .$if(programme !== undefined, (query) => query.where('programme_id', '=', programme as string))
    .groupBy('programme_id')
    .execute()
