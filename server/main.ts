import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { serve } from '@hono/node-server'
import { createApp } from './app.ts'
import { type Config, readConfig } from './config.ts'
import { type Deps, openDeps } from './deps.ts'
import { startJobs } from './jobs.ts'
import { jsonLog } from './log.ts'

export const log = jsonLog((line) => process.stderr.write(line))

/** Configuration from the environment and `.env`. The only place that reads either. */
export function environmentConfig(overrides: Record<string, string | undefined> = {}): Config {
  if (existsSync('.env')) process.loadEnvFile('.env')
  return readConfig({ ...process.env, ...overrides })
}

/** Where the built widgets are: beside the bundle, or in `dist` of the source tree. */
const widgetsDirectory = () =>
  fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? '../dist/widgets' : '../widgets', import.meta.url))

/** A server that listens. */
export interface Running {
  deps: Deps
  url: string
  stop(): Promise<void>
}

/** Opens the database, listens, runs background work. */
export async function startServer(config: Config): Promise<Running> {
  const deps = await openDeps(config, log)
  const app = createApp(deps, widgetsDirectory())
  const server = serve({ fetch: app.fetch, hostname: config.host, port: config.port })
  try {
    await once(server, 'listening')
  } catch (error) {
    await deps.close()
    throw error
  }
  const stopJobs = startJobs(deps)
  return {
    deps,
    url: config.publicUrl,
    async stop() {
      await stopJobs()
      deps.live.close()
      const closed = new Promise((resolve) => server.close(resolve))
      if ('closeIdleConnections' in server) server.closeIdleConnections()
      const force = setTimeout(() => 'closeAllConnections' in server && server.closeAllConnections(), 3000)
      await closed
      clearTimeout(force)
      await deps.close()
    },
  }
}
