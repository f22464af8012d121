import { demoPort, listenDemo, StartError } from './listen.ts'

// The demo alone: DEMO_PORT, GRAPEVINE_SERVER, GRAPEVINE_PUBLISHABLE_KEY and GRAPEVINE_SECRET_KEY say where and as whom.
const { env } = process
try {
  const needed = (name: string): string => {
    const value = env[name]
    if (!value)
      throw new StartError(`${name} is missing. \`grapevine site create\` prints both keys of a site.`)
    return value
  }
  const demo = await listenDemo(
    {
      server: env.GRAPEVINE_SERVER || 'http://localhost:8787',
      publishableKey: needed('GRAPEVINE_PUBLISHABLE_KEY'),
      secretKey: needed('GRAPEVINE_SECRET_KEY'),
    },
    demoPort(env.DEMO_PORT),
  )
  console.log(`Demo at ${demo.origin}`)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void demo.close())
} catch (error) {
  if (!(error instanceof StartError)) throw error
  console.error(error.message)
  process.exitCode = 1
}
