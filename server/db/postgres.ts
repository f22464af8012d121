import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { type Change, changesOf, type DomainEvent } from '../events.ts'
import type { CommitHooks, Work } from './group-commit.ts'
import type { Database } from './schema.ts'

// bigint and numeric (what sum() of bigint is) as numbers: everything we store stays below 2^53.
pg.types.setTypeParser(pg.types.builtins.INT8, Number)
pg.types.setTypeParser(pg.types.builtins.NUMERIC, Number)

/** SQLSTATEs after which the same transaction may well succeed: serialization failure, deadlock, lock timeout. */
const RETRIED = new Set(['40001', '40P01', '55P03'])
const ATTEMPTS = 8

/**
 * Plans are made without looking at the parameters. A site that is new to the statistics counts there as one row, so
 * that reading all of it would seem as good as going by an index.
 */
const PLANS = '-c plan_cache_mode=force_generic_plan'

/** A pool whose clients survive the end of their connection: an `error` nobody handles would end the process. */
export function postgresPool(
  connectionString: string,
  max: number,
  onError: (error: Error) => void,
): pg.Pool {
  const pool = new pg.Pool({ connectionString, max, connectionTimeoutMillis: 5000, options: PLANS })
  pool.on('error', onError)
  pool.on('connect', (client) => client.on('error', onError))
  return pool
}

/** Kysely over a pool. */
export const kyselyOnPool = (pool: pg.Pool): Kysely<Database> =>
  new Kysely<Database>({ dialect: new PostgresDialect({ pool }) })

/** Runs one verb in a transaction of its own; PostgreSQL groups the commits of concurrent ones by itself. */
export async function writePostgres<T>(
  db: Kysely<Database>,
  hooks: CommitHooks,
  verb: (work: Work) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const events: DomainEvent[] = []
    try {
      const value = await db.transaction().execute(async (transaction) => {
        const result = await verb({ db: transaction, emit: (event) => events.push(event) })
        if (events.length > 0) await hooks.beforeCommit(transaction, events)
        return result
      })
      if (events.length > 0) hooks.afterCommit(events)
      return value
    } catch (error) {
      if (attempt === ATTEMPTS || !RETRIED.has(String((error as { code?: unknown }).code))) throw error
    }
  }
}

/** Events after which a server has PostgreSQL look at its tables, without waiting for the autovacuum's next minute. */
const ANALYZE_AFTER = new Set([200, 2000, 20_000])

/**
 * Has the tables of a new database analyzed while they fill: a plan that was made and kept when they were empty reads
 * all of a site where an index would lead to the one row.
 */
export function analyzeEarly(pool: pg.Pool): (events: number) => void {
  let seen = 0
  return (events) => {
    for (let i = 0; i < events; i++) if (ANALYZE_AFTER.has(++seen)) void pool.query('analyze').catch(() => {})
  }
}

/** How long changes are gathered before other servers hear of them, in ms: NOTIFY is one global queue. */
const GATHER_MS = 200

/** Tells every server on the database what changed, and hears it from all, this one included. */
export class PostgresChanges {
  readonly #pool: pg.Pool
  readonly #heard: (changes: Change[]) => void
  readonly #connectionString: string
  #pending = new Map<string, Change>()
  #gathering: NodeJS.Timeout | undefined
  #listener: pg.Client | undefined
  #closed = false

  constructor(pool: pg.Pool, connectionString: string, heard: (changes: Change[]) => void) {
    this.#pool = pool
    this.#connectionString = connectionString
    this.#heard = heard
    void this.#listen()
  }

  tell(events: DomainEvent[]): void {
    changesOf(events, this.#pending)
    this.#gathering ??= setTimeout(() => void this.#flush(), GATHER_MS)
  }

  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#gathering)
    await this.#listener?.end()
  }

  async #flush(): Promise<void> {
    this.#gathering = undefined
    const changes = [...this.#pending.values()]
    this.#pending = new Map()
    for (const change of changes.flatMap(inMessages)) {
      await this.#pool.query("select pg_notify('grapevine', $1)", [JSON.stringify(change)]).catch(() => {})
    }
  }

  async #listen(): Promise<void> {
    const client = new pg.Client({ connectionString: this.#connectionString })
    let gone = false
    const again = () => {
      if (gone || this.#closed) return
      gone = true
      setTimeout(() => void this.#listen(), 1000).unref()
    }
    this.#listener = client
    client.on('error', again)
    client.on('end', again)
    client.on('notification', ({ payload }) => this.#heard([JSON.parse(payload ?? '{}') as Change]))
    try {
      await client.connect()
      await client.query('listen grapevine')
    } catch {
      again()
    }
  }
}

/** Ids in one message: a payload of NOTIFY has less than 8,000 bytes. */
const IDS_PER_MESSAGE = 150

/** A change as messages that NOTIFY can carry: the counts, then what changed in threads, some at a time. */
export function inMessages({ threads, ...counts }: Change): Change[] {
  const nothing = { site: counts.site, shares: 0, visits: 0, conversions: 0, comments: 0 }
  const told = threads.flatMap(({ page, fresh, changed }) => [
    ...batchesOf(fresh).map((ids) => ({ page, fresh: ids, changed: [] })),
    ...batchesOf(changed).map((ids) => ({ page, fresh: [], changed: ids })),
  ])
  return [{ ...counts, threads: [] }, ...told.map((thread) => ({ ...nothing, threads: [thread] }))]
}

const batchesOf = (ids: readonly string[]): string[][] =>
  Array.from({ length: Math.ceil(ids.length / IDS_PER_MESSAGE) }, (_, i) =>
    ids.slice(i * IDS_PER_MESSAGE, (i + 1) * IDS_PER_MESSAGE),
  )
