import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startServer } from '../../demo/server-process.ts'
import { freePort } from '../support/free-port.ts'

const root = join(import.meta.dirname, '../..')

/** The server as production runs it, where it has been built; its sources otherwise. */
export const serverEntry = (): string =>
  [join(root, 'dist/server/cli.js'), join(root, 'server/cli.ts')].find(existsSync) as string

/** A server under measurement. */
export interface Measured {
  url: string
  /** Processor time used so far, in ms; 0 where the system does not tell. */
  cpu: () => Promise<number>
  stop: () => Promise<void>
}

/** Starts our server on a database. `PROFILE=folder` writes a CPU profile of it there. */
export function startOurs(databaseUrl: string): Promise<Measured> {
  const folder = process.env.PROFILE
  const profile = folder ? ['--cpu-prof', `--cpu-prof-dir=${folder}`] : []
  return start([...profile, serverEntry(), 'serve'], { DATABASE_URL: databaseUrl, RATE_LIMIT: 'off' })
}

/** Starts the peer: Hono on the same HTTP server, answering constants. */
export const startPeer = (): Promise<Measured> => start([join(import.meta.dirname, 'peer.ts')], {})

async function start(args: string[], env: NodeJS.ProcessEnv): Promise<Measured> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const server = await startServer(args, `${url}/healthz`, {
    env: { ...process.env, ...env, PORT: String(port), PUBLIC_URL: url, HOST: '127.0.0.1' },
    output: 'ignore',
  })
  return { url, cpu: () => cpuTime(server.process.pid), stop: server.stop }
}

/** User and system time of a process in ms, from its 14th and 15th field: ticks of 10 ms (proc(5)). */
async function cpuTime(pid = 0): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) * 10
}

/** A folder that is removed afterwards. */
export async function withFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'grapevine-bench-'))
  try {
    return await use(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
