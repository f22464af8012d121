import { type Kysely, PostgresAdapter, type RawBuilder, sql } from 'kysely'

/** Whether queries go to PostgreSQL (SQLite otherwise). The only question our SQL ever asks of its dialect. */
export const isPostgres = <T>(db: Kysely<T>): boolean => db.getExecutor().adapter instanceof PostgresAdapter

/** The greater of two values: `max(a, b)` on SQLite, `greatest(a, b)` on PostgreSQL. */
export const greatest = <T>(
  db: Kysely<T>,
  a: RawBuilder<number>,
  b: RawBuilder<number>,
): RawBuilder<number> => (isPostgres(db) ? sql<number>`greatest(${a}, ${b})` : sql<number>`max(${a}, ${b})`)

/** Whether a column is among some strings: one parameter, so that lists of every length share one statement. */
export const isAmong = <T>(db: Kysely<T>, column: string, values: readonly string[]): RawBuilder<boolean> =>
  isPostgres(db)
    ? sql<boolean>`${sql.ref(column)} = any(${values}::text[])`
    : sql<boolean>`${sql.ref(column)} in (select value from json_each(${JSON.stringify(values)}))`
