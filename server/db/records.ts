import { type Kysely, type RawBuilder, sql } from 'kysely'
import { isPostgres } from './dialect.ts'
import { prepare } from './prepared.ts'
import type { Database } from './schema.ts'

type Queries = Kysely<Database>
/** The columns of a record, as PostgreSQL names their types. */
export type Columns = Record<string, 'text' | 'bigint'>

/** Up to so many records PostgreSQL is asked one by one: it then knows that one row comes, and goes by an index. */
const FEW = 2

/** A record as a statement reads it: its columns, and the table they come from, which may be none. */
export interface RecordSource<C extends Columns> {
  value(column: keyof C & string): RawBuilder<unknown>
  from: RawBuilder<unknown>
}

/**
 * Prepares a statement that reads from records. SQLite runs it once a record, which costs it less than reading JSON;
 * PostgreSQL is sent many at once, as one JSON parameter.
 */
export function prepareRecords<C extends Columns>(
  columns: C,
  build: (record: RecordSource<C>) => RawBuilder<unknown>,
) {
  type Row = Record<keyof C & string, unknown>
  const one = prepare<keyof C & string, unknown>((db, slot) => {
    const query = build({
      value: (name) => sql`cast(${slot(name)} as ${sql.raw(String(columns[name]))})`,
      from: sql``,
    })
    return { compile: () => query.compile(db) }
  })
  const value = (name: string) => sql.ref(`record.${name}`)
  return async (db: Queries, records: readonly Row[]): Promise<void> => {
    if (isPostgres(db) && records.length > FEW)
      await build({ value, from: fromJson(columns, records) }).execute(db)
    else for (const record of records) await one(db, record)
  }
}

const fromJson = (columns: Columns, records: readonly object[]) => {
  const described = Object.entries(columns).map(([name, type]) => `${name} ${type}`)
  return sql`from json_to_recordset(${JSON.stringify(records)}::json) as record(${sql.raw(described.join(', '))})`
}
