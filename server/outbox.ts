import type { Kysely } from 'kysely'
import { isPostgres } from './db/dialect.ts'
import type { Database } from './db/schema.ts'
import type { Deps, Work } from './deps.ts'

/** What a job of this topic does. It runs in a transaction together with the removal of its row. */
export type Handler = (work: Work, site: string, body: unknown) => Promise<void>

/** Puts a job in the outbox, in the caller's own transaction: it will run if, and only if, that commits; not before `runAt`, in ms. */
export async function enqueue(
  { db, now, newId }: Work,
  site: string,
  topic: string,
  body: unknown,
  runAt = now(),
): Promise<void> {
  await db
    .insertInto('outbox')
    .values({
      site_id: site,
      id: newId(),
      topic,
      body: JSON.stringify(body),
      run_at: runAt,
      attempts: 0,
      error: null,
    })
    .execute()
}

/**
 * What a job of this topic does outside: a mail, a call to somebody else's server. No transaction waits for it. It may
 * run again when the server is ended meanwhile; `id` is the same then, so that whoever is called can tell.
 */
export type Errand = (deps: Deps, site: string, body: unknown, id: string) => Promise<void>

/** How long an errand is taken as being run by whoever took it, in ms. */
const ERRAND_MS = 60_000

const FIRST_RETRY_MS = 1000
const LAST_RETRY_MS = 60 * 60 * 1000
/** After this many failures a job stays where it is, with its error, for the operator to see. */
const MAX_ATTEMPTS = 12

/** Runs one due job; answers whether there was one. Concurrent servers never run the same one. */
export async function runNextJob(
  deps: Deps,
  handlers: Record<string, Handler>,
  errands: Record<string, Errand> = {},
): Promise<boolean> {
  const { read, write, now, log } = deps
  if (!(await due(read, now()).executeTakeFirst())) return false
  let job: Database['outbox'] | undefined
  try {
    const done = await write(async (work) => {
      job = await claim(work.db, now())
      if (!job) return 'nothing'
      if (errands[job.topic]) {
        await work.db
          .insertInto('outbox')
          .values({ ...job, run_at: now() + ERRAND_MS })
          .execute()
        return 'errand'
      }
      const handler = handlers[job.topic]
      if (!handler) throw new Error(`No handler for ${job.topic}`)
      await handler(work, job.site_id, JSON.parse(job.body))
      return 'done'
    })
    if (done !== 'errand' || !job) return done === 'done'
    const { site_id, id, topic, body } = job
    await errands[topic]?.(deps, site_id, JSON.parse(body), id)
    await write(({ db }) =>
      db.deleteFrom('outbox').where('site_id', '=', site_id).where('id', '=', id).execute(),
    )
    return true
  } catch (error) {
    if (!job) throw error
    const { site_id, id, topic, attempts } = job
    log.error('job failed', { topic, attempts: attempts + 1, error: String(error) })
    const wait =
      attempts + 1 >= MAX_ATTEMPTS
        ? Number.MAX_SAFE_INTEGER
        : Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** attempts)
    await write(({ db }) =>
      db
        .updateTable('outbox')
        .set({
          attempts: attempts + 1,
          run_at: Math.min(Number.MAX_SAFE_INTEGER, now() + wait),
          error: String(error),
        })
        .where('site_id', '=', site_id)
        .where('id', '=', id)
        .execute(),
    )
    return true
  }
}

const due = (db: Kysely<Database>, now: number) =>
  db.selectFrom('outbox').selectAll().where('run_at', '<=', now).orderBy('run_at').limit(1)

/** Takes the next due row out of the outbox; it is back if the transaction fails. */
async function claim(db: Kysely<Database>, now: number): Promise<Database['outbox'] | undefined> {
  const next = due(db, now)
  const job = await (isPostgres(db) ? next.forUpdate().skipLocked() : next).executeTakeFirst()
  if (job) await db.deleteFrom('outbox').where('site_id', '=', job.site_id).where('id', '=', job.id).execute()
  return job
}
