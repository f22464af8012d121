import { type Kysely, sql } from 'kysely'

/** Rows that share the first column of an index: the site, in all of them. */
const ROWS_PER_SITE = 100_000
const ROWS = 10 * ROWS_PER_SITE

interface Index {
  table: string
  name: string
  unique: number
  columns: number
  clustered: number
}

/**
 * Tells SQLite's planner what its indexes are like. Left to guess, it takes `site_id = ?` for a narrow choice and
 * reads all rows of a site where an index of two columns would lead to the one that is wanted. The figures are fixed,
 * so that a plan never changes as a site grows: ANALYZE is never run on data.
 */
export async function describeIndexes<T>(db: Kysely<T>): Promise<void> {
  const { rows } = await sql<Index>`
    select m.name as "table", l.name as name, l."unique" as "unique", count(*) as columns,
      l.origin = 'pk' and m.sql like '%WITHOUT ROWID%' as clustered
    from sqlite_schema m, pragma_index_list(m.name) l, pragma_index_info(l.name) i
    where m.type = 'table' group by m.name, l.name`.execute(db)
  await sql`analyze sqlite_schema`.execute(db)
  await sql`delete from sqlite_stat1`.execute(db)
  for (const index of rows) {
    // The primary key of a clustered table goes by the name of the table.
    const name = index.clustered ? index.table : index.name
    await sql`insert into sqlite_stat1 (tbl, idx, stat) values (${index.table}, ${name}, ${statOf(index)})`.execute(
      db,
    )
  }
  await sql`analyze sqlite_schema`.execute(db)
}

/** Rows in all, then rows that share the first column, the first two, … : fewer by the same factor each time. */
function statOf({ columns, unique }: Index): string {
  const least = unique ? 1 : 10
  const shared = Array.from({ length: columns }, (_, i) =>
    Math.round(ROWS_PER_SITE * (least / ROWS_PER_SITE) ** (columns === 1 ? 1 : i / (columns - 1))),
  )
  return [ROWS, ...shared].join(' ')
}
