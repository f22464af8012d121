import type { Kysely } from 'kysely'
import { Links } from './chains/follow-code.ts'
import type { Config } from './config.ts'
import type { Work as DbWork } from './db/group-commit.ts'
import { type Db, openDb } from './db/open.ts'
import type { Database } from './db/schema.ts'
import { rowIds } from './ids.ts'
import { Live } from './live.ts'
import type { Log } from './log.ts'
import { type Mailer, openMailer } from './mail.ts'
import { ownSecret } from './own-secret.ts'
import { foldEvents } from './reports/fold-events.ts'
import { KnownSites } from './sites/find-site.ts'

/** What a verb writes with: a transaction's queries, events, the time and new ids. */
export interface Work extends DbWork {
  now(): number
  newId(): string
}

/** Everything the rooms need from outside. Nothing else reaches for a clock, a database or an environment. */
export interface Deps {
  config: Config
  log: Log
  now(): number
  /** Short reads. */
  read: Kysely<Database>
  /** Long reads. */
  reports: Kysely<Database>
  /** Runs a verb in a transaction; resolves once it is durable. */
  write<T>(verb: (work: Work) => Promise<T>): Promise<T>
  /** What this installation signs with. */
  secret(): Promise<string>
  live: Live
  /** Sends mail; never within a transaction. */
  mail: Mailer
  /** Which site a key names. */
  sites: KnownSites
  /** Where short links lead. */
  links: Links
  close(): Promise<void>
}

/** Opens what the server stands on. */
export async function openDeps(config: Config, log: Log, now: () => number = Date.now): Promise<Deps> {
  const live = new Live()
  const mail = openMailer(config, log)
  const newId = rowIds(now)
  const db: Db = await openDb(config.databaseUrl, {
    beforeCommit: foldEvents,
    announce: (changes) => live.tell(changes),
    committed: (changes) => live.forget(changes),
    onError: (error) => log.warn('database connection lost', { error: error.message }),
  })
  return {
    config,
    log,
    now,
    live,
    sites: new KnownSites(db.read, now),
    links: new Links(db.read, now),
    secret: ownSecret(config, db.write),
    mail,
    read: db.read,
    reports: db.reports,
    write: (verb) => db.write(({ db, emit }) => verb({ db, emit, now, newId })),
    async close() {
      live.close()
      mail.close()
      await db.close()
    },
  }
}
