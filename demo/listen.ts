import { once } from 'node:events'
import type { Server } from 'node:http'
import { createAdaptorServer } from '@hono/node-server'
import { createDemo, type DemoOptions } from './app.ts'

/** A fault that the person who starts the demo can mend; its message says how. */
export class StartError extends Error {
  override name = 'StartError'
}

/** The demo, running. */
export interface RunningDemo {
  origin: string
  close: () => Promise<void>
}

/** Runs the demo on 127.0.0.1: another site than a server on localhost, so everything is really cross-site. */
export async function listenDemo(options: DemoOptions, port: number): Promise<RunningDemo> {
  const server = createAdaptorServer({ fetch: createDemo(options).fetch }) as Server
  server.listen(port, '127.0.0.1')
  await once(server, 'listening').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE')
      throw new StartError(`Port ${port} is taken: stop what uses it, or set DEMO_PORT to another one.`)
    throw new StartError(`Port ${port} cannot be used (${error.message}): set DEMO_PORT to another one.`)
  })
  const { port: taken } = server.address() as { port: number }
  return {
    origin: `http://127.0.0.1:${taken}`,
    async close() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

/** Reads DEMO_PORT; throws StartError on what is no port. */
export function demoPort(text: string | undefined): number {
  const port = text ? Number(text) : 8788
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new StartError(`DEMO_PORT is “${text}”: set it to a port number, or leave it away for 8788.`)
  return port
}
