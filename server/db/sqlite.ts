import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  Kysely,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import type { Database } from './schema.ts'

/** What runs one SQL statement: in this thread, or in another. Whoever opened it closes it. */
export interface SqlRunner {
  run(sql: string, parameters: readonly unknown[]): QueryResult<unknown> | Promise<QueryResult<unknown>>
}

/** Prepared statements kept for one connection. */
const CACHED_STATEMENTS = 400

/** One SQLite connection in this thread: durable (WAL, FULL), with its prepared statements kept. */
export class SqliteConnection implements SqlRunner {
  readonly #raw: DatabaseSync
  readonly #statements = new Map<string, { statement: StatementSync; reads: boolean }>()

  constructor(path: string, options: { readOnly?: boolean } = {}) {
    this.#raw = new DatabaseSync(path, { readOnly: options.readOnly ?? false, timeout: 5000 })
    if (!options.readOnly)
      this.#raw.exec(
        'pragma journal_mode = wal; pragma synchronous = full; pragma wal_autocheckpoint = 16000',
      )
    this.#raw.exec('pragma foreign_keys = on; pragma cache_size = -65536; pragma temp_store = memory')
  }

  run(sql: string, parameters: readonly unknown[]): QueryResult<unknown> {
    const { statement, reads } = this.#prepare(sql)
    const values = parameters as SQLInputValue[]
    if (reads) return { rows: statement.all(...values) }
    const { changes } = statement.run(...values)
    return { rows: [], numAffectedRows: BigInt(changes) }
  }

  close(): void {
    this.#statements.clear()
    this.#raw.close()
  }

  #prepare(sql: string) {
    let prepared = this.#statements.get(sql)
    if (!prepared) {
      const statement = this.#raw.prepare(sql)
      prepared = { statement, reads: statement.columns().length > 0 }
      const [oldest] = this.#statements.keys()
      if (this.#statements.size >= CACHED_STATEMENTS && oldest !== undefined) this.#statements.delete(oldest)
      this.#statements.set(sql, prepared)
    }
    return prepared
  }
}

const runners = new WeakMap<Kysely<Database>, SqlRunner>()

/** Kysely over one runner. Nothing waits for a turn: whoever shares a connection agrees on who uses it. */
export function kyselyOn(runner: SqlRunner): Kysely<Database> {
  const db = new Kysely<Database>({ dialect: sqliteDialect(runner) })
  runners.set(db, runner)
  return db
}

/** What runs the SQL of a Kysely made above, for queries that are compiled already. */
export const runnerOf = (db: Kysely<Database>): SqlRunner | undefined => runners.get(db)

const sqliteDialect = (runner: SqlRunner): Dialect => ({
  createAdapter: () => new SqliteAdapter(),
  createDriver: () => new RunnerDriver(runner),
  createIntrospector: (db) => new SqliteIntrospector(db),
  createQueryCompiler: () => new SqliteQueryCompiler(),
})

class RunnerDriver implements Driver {
  readonly #runner: SqlRunner
  readonly #connection: DatabaseConnection

  constructor(runner: SqlRunner) {
    this.#runner = runner
    this.#connection = {
      executeQuery: async <R>({ sql, parameters }: CompiledQuery) =>
        (await runner.run(sql, parameters)) as QueryResult<R>,
      streamQuery() {
        throw new Error('Page by id instead of streaming')
      },
    }
  }

  async init() {}
  async acquireConnection() {
    return this.#connection
  }
  async beginTransaction() {
    await this.#runner.run('begin immediate', [])
  }
  async commitTransaction() {
    await this.#runner.run('commit', [])
  }
  async rollbackTransaction() {
    await this.#runner.run('rollback', [])
  }
  async releaseConnection() {}
  async destroy() {}
}
