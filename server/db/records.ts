import { type Kysely, type RawBuilder, sql } from 'kysely'
import { isPostgres } from './dialect.ts'
import { prepare } from './prepared.ts'
import type { Database } from './schema.ts'

type Queries = Kysely<Database>
/** The columns of a record, as PostgreSQL names their types. */
export type Columns = Record<string, 'text' | 'bigint'>

/** Up to so many records PostgreSQL is asked one by one: it then knows that one row comes, and goes by an index. */
const FEW = 2

/**
 * Prepares a statement that reads from records, known to it as the table `record`. SQLite runs it once a record, which
 * costs it less than reading JSON; PostgreSQL is sent many at once, as one JSON parameter.
 */
export function prepareRecords<C extends Columns>(
  columns: C,
  build: (record: RawBuilder<unknown>) => RawBuilder<unknown>,
) {
  type Row = Record<keyof C & string, unknown>
  const one = prepare<keyof C & string, unknown>((db, slot) =>
    compilable(db, build(oneRecord(columns, slot))),
  )
  return async (db: Queries, records: readonly Row[]): Promise<void> => {
    if (isPostgres(db) && records.length > FEW) await build(manyRecords(columns, records)).execute(db)
    else for (const record of records) await one(db, record)
  }
}

const compilable = (db: Queries, query: RawBuilder<unknown>) => ({ compile: () => query.compile(db) })

const oneRecord = (columns: Columns, slot: (name: never) => never) => {
  const named = Object.entries(columns).map(
    ([name, type]) => sql`cast(${slot(name as never)} as ${sql.raw(type)}) as ${sql.ref(name)}`,
  )
  return sql`(select ${sql.join(named)}) as record`
}

const manyRecords = (columns: Columns, records: readonly object[]) => {
  const described = Object.entries(columns).map(([name, type]) => `${name} ${type}`)
  return sql`json_to_recordset(${JSON.stringify(records)}::json) as record(${sql.raw(described.join(', '))})`
}
