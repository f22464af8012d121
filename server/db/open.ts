import { existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Kysely } from 'kysely'
import { type Change, changesOf, type DomainEvent } from '../events.ts'
import { type CommitHooks, GroupCommit, type Work } from './group-commit.ts'
import { migrate } from './migrations/index.ts'
import { analyzeEarly, kyselyOnPool, PostgresChanges, postgresPool, writePostgres } from './postgres.ts'
import type { Database } from './schema.ts'
import { kyselyOn, SqliteConnection } from './sqlite.ts'
import { SqliteReader } from './sqlite-reader.ts'

/** An open, migrated database. */
export interface Db {
  /** Short reads. */
  read: Kysely<Database>
  /** Long reads, which hold up nothing. */
  reports: Kysely<Database>
  /** Runs a verb in a transaction; resolves once it is durable. */
  write<T>(verb: (work: Work) => Promise<T>): Promise<T>
  close(): Promise<void>
}

export interface OpenOptions {
  beforeCommit: CommitHooks['beforeCommit']
  /** Told of what any server on this database has committed. */
  announce(changes: Change[]): void
  /** Told of what this server has committed, before anybody is answered; on SQLite `announce` is as quick. */
  committed?(changes: Change[]): void
  onError(error: Error): void
}

/** Opens `file:PATH` (SQLite) or `postgres://…` and brings its schema up to date. */
export const openDb = (url: string, options: OpenOptions): Promise<Db> =>
  url.startsWith('file:') ? openSqlite(url.slice('file:'.length), options) : openPostgres(url, options)

async function openSqlite(path: string, { beforeCommit, announce }: OpenOptions): Promise<Db> {
  makeFolder(dirname(path))
  const writer = new SqliteConnection(path)
  await migrate(kyselyOn(writer))
  const group = new GroupCommit(writer, {
    beforeCommit,
    afterCommit: (events) => announce([...changesOf(events).values()]),
  })
  const reading = new SqliteConnection(path, { readOnly: true })
  const reporting = new SqliteReader(path)
  return {
    read: kyselyOn(reading),
    reports: kyselyOn(reporting),
    write: (verb) => group.write(verb),
    async close() {
      await group.idle()
      await reporting.close()
      reading.close()
      writer.close()
    },
  }
}

async function openPostgres(
  url: string,
  { beforeCommit, announce, committed, onError }: OpenOptions,
): Promise<Db> {
  const pool = postgresPool(url, 10, onError)
  const db = kyselyOnPool(pool)
  const reporting = postgresPool(url, 4, onError)
  await migrate(db)
  const changes = new PostgresChanges(pool, url, announce)
  const analyze = analyzeEarly(pool)
  const afterCommit = (events: DomainEvent[]) => {
    committed?.([...changesOf(events).values()])
    changes.tell(events)
    analyze(events.length)
  }
  return {
    read: db,
    reports: kyselyOnPool(reporting),
    write: (verb) => writePostgres(db, { beforeCommit, afterCommit }, verb),
    async close() {
      await changes.close()
      await Promise.all([pool.end(), reporting.end()])
    },
  }
}

/** Makes a folder and those above it, one by one: in some file systems the recursive way never ends. */
function makeFolder(path: string): void {
  if (existsSync(path)) return
  makeFolder(dirname(path))
  try {
    mkdirSync(path)
  } catch (error) {
    // Another process that starts beside this one may have made it a moment ago.
    if (!existsSync(path)) throw error
  }
}
