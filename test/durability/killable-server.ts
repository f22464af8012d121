import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type ServerProcess, startServer } from '../../demo/server-process.ts'
import { freePort } from '../support/free-port.ts'

const run = promisify(execFile)
const cli = join(import.meta.dirname, '../../server/cli.ts')

/** A site with both keys. */
export interface Site {
  id: string
  publishableKey: string
  secretKey: string
}

/** A server on a database, as a process that can be killed at any moment and started again at the same address. */
export class KillableServer {
  readonly url: string
  readonly #environment: NodeJS.ProcessEnv
  #process: ServerProcess | undefined
  #answering = Promise.withResolvers<void>()

  private constructor(databaseUrl: string, port: number) {
    this.url = `http://127.0.0.1:${port}`
    const settings = {
      DATABASE_URL: databaseUrl,
      PORT: String(port),
      PUBLIC_URL: this.url,
      RATE_LIMIT: 'off',
    }
    this.#environment = { ...process.env, ...settings }
  }

  /** A server that does not run yet. */
  static async at(databaseUrl: string): Promise<KillableServer> {
    return new KillableServer(databaseUrl, await freePort())
  }

  async start(): Promise<void> {
    const options = { env: this.#environment, output: 'ignore' } as const
    this.#process = await startServer([cli, 'serve'], `${this.url}/healthz`, options)
    this.#answering.resolve()
  }

  /** Resolves once the server answers, at once if it does. */
  answering(): Promise<void> {
    return this.#answering.promise
  }

  /** Ends the process with SIGKILL: it can do nothing about it. */
  async kill(): Promise<void> {
    this.#answering = Promise.withResolvers()
    const child = this.#process?.process
    if (!child) return
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
    this.#process = undefined
  }

  /** Asks the process to end, and waits until it has. Whoever waits for an answer waits on, and holds nothing up. */
  async stop(): Promise<void> {
    this.#answering = Promise.withResolvers()
    await this.#process?.stop()
    this.#process = undefined
  }

  /** Runs a `grapevine` command on the same database and reads the JSON it prints. */
  async grapevine<Answer>(...words: string[]): Promise<Answer> {
    const { stdout } = await run(process.execPath, [cli, ...words, '--json'], { env: this.#environment })
    return JSON.parse(stdout) as Answer
  }

  /** Reads a report with the secret key. */
  async report<Answer>(site: Site, path: string): Promise<Answer> {
    const response = await fetch(`${this.url}/v1/reports/${path}`, {
      headers: { authorization: `Bearer ${site.secretKey}` },
    })
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
    return (await response.json()) as Answer
  }

  /** Changes something with the secret key. */
  async change(site: Site, path: string, body: object): Promise<void> {
    const response = await fetch(`${this.url}/v1/${path}`, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${site.secretKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
  }
}
