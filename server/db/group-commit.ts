import type { Kysely } from 'kysely'
import type { DomainEvent } from '../events.ts'
import type { Database } from './schema.ts'
import { kyselyOn, type SqliteConnection } from './sqlite.ts'

/** What a verb writes with: queries inside the transaction, and the events that are counted and told with it. */
export interface Work {
  db: Kysely<Database>
  emit(event: DomainEvent): void
}

/** What rides on every commit. */
export interface CommitHooks {
  /** Runs inside the transaction, once a commit group, with all its events in order. */
  beforeCommit(db: Kysely<Database>, events: DomainEvent[]): Promise<void>
  /** Runs once the events are durable. */
  afterCommit(events: DomainEvent[]): void
}

/** Most verbs in one transaction: bounds how long the first of them waits. */
const MAX_GROUP = 256

interface Job {
  verb(work: Work): Promise<unknown>
  resolve(value: unknown): void
  reject(error: unknown): void
}

/**
 * The one writer of an SQLite database. Verbs that arrive together run one after another under savepoints of a
 * shared transaction and are answered after its commit: one fsync for all, and acknowledged means durable.
 * A verb that throws is rolled back alone. A verb awaits nothing but its own queries.
 */
export class GroupCommit {
  readonly #connection: SqliteConnection
  readonly #db: Kysely<Database>
  readonly #hooks: CommitHooks
  readonly #queue: Job[] = []
  #running: Promise<void> | null = null

  constructor(connection: SqliteConnection, hooks: CommitHooks) {
    this.#connection = connection
    this.#db = kyselyOn(connection)
    this.#hooks = hooks
  }

  write<T>(verb: (work: Work) => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#queue.push({ verb, resolve: resolve as (value: unknown) => void, reject })
      this.#running ??= this.#drain()
    })
  }

  /** Resolves once nothing is queued. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running
  }

  async #drain(): Promise<void> {
    while (this.#queue.length > 0) {
      await this.#gather()
      await this.#commit(this.#queue.splice(0, MAX_GROUP))
    }
    this.#running = null
  }

  /** Lets the event loop turn for as long as each turn brings more verbs: they join the group. */
  async #gather(): Promise<void> {
    for (let before = 0; this.#queue.length > before && this.#queue.length < MAX_GROUP; ) {
      before = this.#queue.length
      await new Promise((resolve) => setImmediate(resolve))
    }
  }

  async #commit(group: Job[]): Promise<void> {
    const events: DomainEvent[] = []
    const answers: (() => void)[] = []
    let begun = false
    try {
      this.#run('begin immediate')
      begun = true
      for (const job of group) answers.push(await this.#attempt(job, events))
      if (events.length > 0) await this.#hooks.beforeCommit(this.#db, events)
      this.#run('commit')
    } catch (error) {
      if (begun) this.#rollback()
      for (const job of group) job.reject(error)
      return
    }
    for (const answer of answers) answer()
    if (events.length > 0) this.#hooks.afterCommit(events)
  }

  async #attempt(job: Job, events: DomainEvent[]): Promise<() => void> {
    const own: DomainEvent[] = []
    this.#run('savepoint verb')
    try {
      const value = await job.verb({ db: this.#db, emit: (event) => own.push(event) })
      this.#run('release verb')
      events.push(...own)
      return () => job.resolve(value)
    } catch (error) {
      this.#run('rollback to verb')
      this.#run('release verb')
      return () => job.reject(error)
    }
  }

  #rollback(): void {
    try {
      this.#run('rollback')
    } catch {
      // SQLite has rolled back by itself, as it does when the disk is full.
    }
  }

  #run(sql: string): void {
    this.#connection.run(sql, [])
  }
}
