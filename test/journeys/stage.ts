import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import puppeteer, { type Browser } from 'puppeteer-core'
import { type ServerProcess, startServer } from '../../demo/server-process.ts'
import { findBrowser } from '../support/browser.ts'
import { freePort } from '../support/free-port.ts'
import { type Mailbox, openMailbox } from '../support/mailbox.ts'

const run = promisify(execFile)
const root = join(import.meta.dirname, '../..')
const cli = join(root, 'dist/server/cli.js')

/** Where a journey plays: the server as built, the demo on another site, an empty database, a browser. */
export interface Stage {
  /** The server's own origin. */
  server: string
  /** The demo's origin. */
  demo: string
  browser: Browser
  /** Reads a report with the secret key. */
  report: <Answer>(path: string) => Promise<Answer>
  /** Tells the server something with the secret key. */
  tell: <Answer>(path: string, body: object) => Promise<Answer>
  /** Changes something with the secret key. */
  change: <Answer>(path: string, body: object) => Promise<Answer>
  /** Runs a `grapevine` command on the same database. */
  grapevine: (...args: string[]) => Promise<string>
  siteId: string
  publishableKey: string
  /** Where the server's mail arrives. */
  mailbox: Mailbox
  stopServer: () => Promise<void>
  startServer: () => Promise<void>
  close: () => Promise<void>
}

/** Sets the stage. Everything that it starts is ended and removed by `close`. */
export async function setStage(): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'grapevine-journey-'))
  const serverPort = await freePort()
  const demoPort = await freePort()
  const server = `http://localhost:${serverPort}`
  const demo = `http://127.0.0.1:${demoPort}`
  const mailbox = await openMailbox()
  const env = {
    ...process.env,
    SMTP_URL: mailbox.url,
    PORT: `${serverPort}`,
    PUBLIC_URL: server,
    DATABASE_URL: `file:${join(folder, 'grapevine.db')}`,
  }
  const grapevine = async (...args: string[]) => (await run(process.execPath, [cli, ...args], { env })).stdout
  const site = JSON.parse(await grapevine('site', 'create', 'Journey', '--origin', demo, '--json')) as {
    id: string
    publishableKey: string
    secretKey: string
  }

  const ask = async <Answer>(path: string, init: RequestInit = {}): Promise<Answer> => {
    const headers = { authorization: `Bearer ${site.secretKey}`, 'content-type': 'application/json' }
    const response = await fetch(server + path, { ...init, headers })
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
    return (await response.json()) as Answer
  }
  const running: { server?: ServerProcess; demo?: ServerProcess } = {}
  const start = async () => {
    running.server = await startServer([cli, 'serve'], `${server}/healthz`, { env, output: 'ignore' })
  }
  const stop = async () => {
    await running.server?.stop()
    delete running.server
  }
  const demoEnv = {
    ...process.env,
    DEMO_PORT: `${demoPort}`,
    GRAPEVINE_SERVER: server,
    GRAPEVINE_PUBLISHABLE_KEY: site.publishableKey,
    GRAPEVINE_SECRET_KEY: site.secretKey,
  }
  await start()
  running.demo = await startServer([join(root, 'demo/main.ts')], demo, { env: demoEnv, output: 'ignore' })
  const browser = await puppeteer.launch(await findBrowser())

  return {
    server,
    demo,
    browser,
    siteId: site.id,
    publishableKey: site.publishableKey,
    mailbox,
    grapevine,
    report: (path) => ask(path),
    tell: (path, body) => ask(path, { method: 'POST', body: JSON.stringify(body) }),
    change: (path, body) => ask(path, { method: 'PATCH', body: JSON.stringify(body) }),
    stopServer: stop,
    startServer: start,
    async close() {
      await browser.close()
      await running.demo?.stop()
      await stop()
      await mailbox.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Asks again until the answer satisfies, and gives that answer; fails with the last one after 10 s. */
export async function until<Answer>(
  ask: () => Promise<Answer>,
  satisfies: (answer: Answer) => boolean,
): Promise<Answer> {
  const end = Date.now() + 10_000
  for (;;) {
    const answer = await ask()
    if (satisfies(answer)) return answer
    if (Date.now() > end)
      throw new Error(`It never came; the last answer was ${JSON.stringify(answer, null, 2)}`)
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}
