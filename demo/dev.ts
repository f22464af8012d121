import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { watch as watchFiles } from 'node:fs'
import { join } from 'node:path'
import { watch as watchBundle } from 'rollup'
import { loadConfigFile } from 'rollup/loadConfigFile'
import { StartError } from './listen.ts'
import { prepareSite } from './prepare-site.ts'
import { readSettings } from './settings.ts'
import { demoSite, grapevine } from './site-keys.ts'

// The same as start.ts, from source: widgets are bundled again when one changes, and the server, which reads them when it
// starts, and the demo are started again.
const root = join(import.meta.dirname, '..')
const cli = join(root, 'server/cli.ts')

/** Keeps `node …args` running; answers how to start it again. */
function keepRunning(args: string[], env: NodeJS.ProcessEnv): () => void {
  let child: ChildProcess | undefined
  let due: NodeJS.Timeout | undefined
  const start = async () => {
    if (child?.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM')
      await once(child, 'exit')
    }
    child = spawn(process.execPath, args, { env, stdio: ['ignore', 'inherit', 'inherit'] })
  }
  process.on('exit', () => child?.kill('SIGTERM'))
  return () => {
    // An editor saves several times, a build writes many files: one start for all of them.
    clearTimeout(due)
    due = setTimeout(() => void start(), 150)
  }
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(0))

try {
  const { server, origin } = readSettings()
  const site = await demoSite(cli, 'data/demo.json', origin)

  const restartServer = keepRunning([cli, 'serve'], process.env)
  const restartDemo = keepRunning([join(root, 'demo/main.ts')], {
    ...process.env,
    DEMO_PORT: new URL(origin).port,
    GRAPEVINE_SERVER: server,
    GRAPEVINE_PUBLISHABLE_KEY: site.publishableKey,
    GRAPEVINE_SECRET_KEY: site.secretKey,
  })
  watchFiles(join(root, 'server'), { recursive: true }, restartServer)
  watchFiles(join(root, 'demo'), { recursive: true }, restartDemo)
  restartDemo()
  void prepareSite({ server, secretKey: site.secretKey })

  const { options, warnings } = await loadConfigFile(join(root, 'rollup.config.mjs'), {})
  warnings.flush()
  const widgets = options.filter(({ output }) => output.some(({ dir }) => dir?.endsWith('widgets')))
  watchBundle(widgets).on('event', async (event) => {
    if (event.code === 'ERROR') console.error(event.error.message)
    if (event.code === 'BUNDLE_END') await event.result.close()
    if (event.code === 'END') restartServer()
  })
  const link = (await grapevine(cli, 'dashboard', site.id)).trim()
  console.log(`\n  Demo        ${origin}\n  Dashboard   ${link}\n  API         ${server}/docs\n`)
} catch (error) {
  if (!(error instanceof StartError)) throw error
  console.error(error.message)
  process.exit(1)
}
