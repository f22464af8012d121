import { type CompiledQuery, type Kysely, type RawBuilder, sql } from 'kysely'
import { isPostgres } from './dialect.ts'
import type { Database } from './schema.ts'
import { runnerOf, type SqlRunner } from './sqlite.ts'

type Queries = Kysely<Database>
/** The columns of a record, as PostgreSQL names their types. */
export type Columns = Record<string, 'text' | 'bigint'>

/**
 * Prepares a statement that reads from records, known to it as the table `record`. On PostgreSQL they all travel as
 * one JSON parameter and it runs once; on SQLite, where a statement costs less than reading JSON, once a record.
 */
export function prepareRecords<C extends Columns>(
  columns: C,
  build: (record: RawBuilder<unknown>) => RawBuilder<unknown>,
) {
  const names = Object.keys(columns)
  let compiled: CompiledQuery | undefined
  return async (db: Queries, records: readonly Record<keyof C & string, unknown>[]): Promise<void> => {
    if (records.length === 0) return
    const runner = isPostgres(db) ? undefined : runnerOf(db)
    if (!runner) {
      await build(fromJson(columns, records)).execute(db)
      return
    }
    compiled ??= build(oneRecord(names)).compile(db)
    await runEach(runner, compiled, records)
  }
}

async function runEach(
  runner: SqlRunner,
  { sql: text, parameters }: CompiledQuery,
  records: readonly Record<string, unknown>[],
) {
  const names = parameters as string[]
  for (const record of records)
    await runner.run(
      text,
      names.map((name) => record[name]),
    )
}

/** One record out of parameters; each parameter is, until it is run, the name of its column. */
const oneRecord = (names: string[]) =>
  sql`(select ${sql.join(names.map((name) => sql`${name} as ${sql.ref(name)}`))}) as record`

const fromJson = (columns: Columns, records: readonly object[]) => {
  const described = Object.entries(columns).map(([name, type]) => `${name} ${type}`)
  return sql`json_to_recordset(${JSON.stringify(records)}::json) as record(${sql.raw(described.join(', '))})`
}
