import { environmentConfig, startServer } from '../main.ts'
import type { Command } from './command.ts'

export const serve: Command = {
  usage: 'serve',
  summary:
    'Run the server until it is told to stop (PORT, HOST, PUBLIC_URL, DATABASE_URL, TRUST_PROXY, RATE_LIMIT)',
  async run(_, { print }) {
    const server = await startServer(environmentConfig())
    print(`Grapevine listens at ${server.url}`)
    await new Promise<void>((resolve) => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
    })
    await server.stop()
  },
}
