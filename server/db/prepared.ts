import type { Compilable, CompiledQuery, Kysely, QueryResult } from 'kysely'
import { isPostgres } from './dialect.ts'
import type { Database } from './schema.ts'
import { runnerOf } from './sqlite.ts'

type Queries = Kysely<Database>

/** Stands for a parameter while a query is compiled. */
class Slot {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
}

/** A query of the hot path, with named parameters: compiled once a dialect, then only run. */
export type Prepared<N extends string, R> = (
  db: Queries,
  parameters: Record<N, unknown>,
) => Promise<QueryResult<R>>

/**
 * Compiles a query once and runs it with other parameters each time: building one anew costs more than SQLite takes
 * to answer it. `slot` stands for a parameter wherever a value may stand.
 */
export function prepare<N extends string, R>(
  build: (db: Queries, slot: (name: N) => never) => Pick<Compilable<R>, 'compile'>,
): Prepared<N, R> {
  const compiled = new Map<boolean, CompiledQuery<R>>()
  return async (db, parameters) => {
    const postgres = isPostgres(db)
    let query = compiled.get(postgres)
    if (!query) {
      query = build(db, (name) => new Slot(name) as never).compile()
      compiled.set(postgres, query)
    }
    const values = query.parameters.map((value) =>
      value instanceof Slot ? parameters[value.name as N] : value,
    )
    const runner = runnerOf(db)
    if (runner) return runner.run(query.sql, values) as QueryResult<R>
    return db.executeQuery({ ...query, parameters: values })
  }
}
