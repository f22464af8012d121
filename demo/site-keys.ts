import { execFile } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import { StartError } from './listen.ts'

const run = promisify(execFile)

/** The demo's site at Grapevine. */
export interface DemoSite {
  id: string
  publishableKey: string
  secretKey: string
  origin: string
}

/** Runs one `grapevine` command and answers what it printed. What it complains of goes to our own error output. */
export async function grapevine(cli: string, ...args: string[]): Promise<string> {
  try {
    const { stdout, stderr } = await run(process.execPath, [cli, ...args])
    process.stderr.write(stderr)
    return stdout
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string }
    throw new StartError(stderr?.trim() || message)
  }
}

/**
 * The demo's site: the one whose keys are kept in `file`, or a new one where there is none, its database is gone, or the
 * demo has moved to another origin.
 */
export async function demoSite(cli: string, file: string, origin: string): Promise<DemoSite> {
  const kept = read(file)
  if (kept?.origin === origin && (await exists(cli, kept))) return kept
  const made = JSON.parse(
    await grapevine(cli, 'site', 'create', 'Demo', '--origin', origin, '--json'),
  ) as DemoSite
  const { id, publishableKey, secretKey } = made
  const site = { id, publishableKey, secretKey, origin }
  keep(file, site)
  return site
}

function read(file: string): DemoSite | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as DemoSite
  } catch {
    return null // absent or spoiled: either way a new site is made
  }
}

// `site list` names the sites that the database has; an id is random, so a new database never has the old one.
const exists = async (cli: string, { id }: DemoSite): Promise<boolean> =>
  (await grapevine(cli, 'site', 'list', '--json')).includes(JSON.stringify(id))

function keep(file: string, site: DemoSite): void {
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, `${JSON.stringify(site, null, 2)}\n`, { mode: 0o600 })
    chmodSync(file, 0o600)
  } catch (error) {
    throw new StartError(
      `The demo cannot keep its keys in ${file} (${(error as Error).message}): make it writable.`,
    )
  }
}
