import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { listenDemo, StartError } from './listen.ts'
import { prepareSite } from './prepare-site.ts'
import { startServer } from './server-process.ts'
import { readSettings } from './settings.ts'
import { demoSite, grapevine } from './site-keys.ts'

// Everything a newcomer wants to see: the server as built, the demo on another site, and a way into the dashboard.
const cli = join(import.meta.dirname, '../dist/server/cli.js')
const closing: (() => Promise<void>)[] = []
let leaving = false

async function leave(code: number): Promise<void> {
  if (leaving) return
  leaving = true
  for (const close of closing.reverse()) await close()
  process.exit(code)
}

// npm ends a script by ending the shell that runs it, which tells us nothing.
const parent = process.ppid
setInterval(() => {
  if (process.ppid !== parent) void leave(0)
}, 500).unref()

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void leave(0))

try {
  if (!existsSync(cli)) throw new StartError('The server is not built: run `npm run build` first.')
  const { server, local, origin } = readSettings()
  const site = await demoSite(cli, 'data/demo.json', origin)

  // Grapevine first: the demo's pages point to it.
  const { process: child, stop } = await startServer([cli, 'serve'], `${local}/healthz`, {
    output: 'ignore',
  })
  closing.push(stop)
  child.once('exit', () => void leave(1))
  await prepareSite({ server: local, secretKey: site.secretKey })
  const demo = await listenDemo({ ...site, server }, Number(new URL(origin).port))
  closing.push(demo.close)
  const link = (await grapevine(cli, 'dashboard', site.id)).trim()

  console.log(`
  Demo        ${demo.origin}
  Dashboard   ${link}
              The link works once; the secret key in data/demo.json signs in too.
  API         ${server}/docs
  Mail        ${process.env.SMTP_URL ? 'is sent' : 'is not sent but printed here: the codes to sign in by, too'}

  Ctrl-C ends both.
`)
} catch (error) {
  if (!(error instanceof StartError)) throw error
  console.error(error.message)
  await leave(1)
}
