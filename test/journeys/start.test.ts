import assert from 'node:assert/strict'
import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, test } from 'node:test'
import { freePort } from '../support/free-port.ts'
import { until } from './stage.ts'

const script = join(import.meta.dirname, '../../demo/start.ts')
let folder: string
let env: NodeJS.ProcessEnv
let running: ChildProcessByStdio<null, Readable, Readable>[]

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'grapevine-start-'))
  env = { ...process.env, PORT: `${await freePort()}`, DEMO_PORT: `${await freePort()}` }
  running = []
})
afterEach(async () => {
  for (const child of running) await stop(child)
  await rm(folder, { recursive: true, force: true })
})

/** Starts what `npm start` starts, in an empty folder. */
function start(more: NodeJS.ProcessEnv = {}) {
  const child = spawn(process.execPath, [script], {
    cwd: folder,
    env: { ...env, ...more },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.push(child)
  return child
}

async function stop(child: (typeof running)[number]): Promise<number | null> {
  if (child.exitCode === null) {
    child.kill('SIGTERM')
    await once(child, 'exit')
  }
  return child.exitCode
}

/** Waits until the addresses are printed, and answers them. */
async function addresses(child: (typeof running)[number]) {
  let printed = ''
  let complaints = ''
  child.stdout.on('data', (chunk) => {
    printed += chunk
  })
  child.stderr.on('data', (chunk) => {
    complaints += chunk
  })
  await until(
    async () => ({ printed, complaints, exitCode: child.exitCode }),
    () => printed.includes('/docs') || child.exitCode !== null,
  )
  const address = (name: string) =>
    new RegExp(`${name} +(http\\S+)`).exec(printed)?.[1] ?? `none in: ${printed}${complaints}`
  return { demo: address('Demo'), dashboard: address('Dashboard'), api: address('API') }
}

async function refusal(child: (typeof running)[number]) {
  const [message] = await Promise.all([text(child.stderr), once(child, 'exit')])
  return { message, exitCode: child.exitCode }
}

test('a first start makes a site and shows the demo, the dashboard and the API', async () => {
  const child = start()
  const shown = await addresses(child)
  assert.match(shown.dashboard, /\/dashboard#sign-in=\w+/)
  for (const address of Object.values(shown)) assert.equal((await fetch(address)).status, 200, address)

  const file = join(folder, 'data/demo.json')
  assert.equal((await stat(file)).mode & 0o777, 0o600)
  const { publishableKey, secretKey } = JSON.parse(await readFile(file, 'utf8'))
  assert.ok((await (await fetch(shown.demo)).text()).includes(publishableKey))
  const report = await fetch(new URL('/v1/reports/overview', shown.api), {
    headers: { authorization: `Bearer ${secretKey}` },
  })
  assert.equal(report.status, 200)

  const second = await refusal(start())
  assert.equal(second.exitCode, 1)
  assert.match(second.message, /is taken.*PORT/, 'two cannot run side by side')

  assert.equal(await stop(child), 0)
  await assert.rejects(fetch(shown.demo), 'the demo has ended')
  await assert.rejects(fetch(shown.api), 'the server has ended')
})

test('a second start keeps the site, and one without its database makes another', async () => {
  const keys = async () => JSON.parse(await readFile(join(folder, 'data/demo.json'), 'utf8'))
  const run = async () => {
    const child = start()
    await addresses(child)
    await stop(child)
    return keys()
  }
  const first = await run()
  assert.deepEqual(await run(), first)
  for (const suffix of ['', '-wal', '-shm'])
    await rm(join(folder, `data/grapevine.db${suffix}`), { force: true })
  assert.notEqual((await run()).id, first.id)
})

for (const [variable, name] of [
  ['PORT', 'server'],
  ['DEMO_PORT', 'demo'],
] as const)
  test(`a taken port of the ${name} is named, with what to do`, async () => {
    const other = createServer().listen(Number(env[variable]), '127.0.0.1')
    await once(other, 'listening')
    const { message, exitCode } = await refusal(start())
    other.close()
    assert.equal(exitCode, 1)
    assert.match(message, new RegExp(`${env[variable]}.*${variable}`, 's'))
    assert.doesNotMatch(message, /^\s+at /m)
  })

test('a bad variable is named', async () => {
  for (const bad of [{ PORT: 'eighty' }, { DEMO_PORT: '99999' }, { DATABASE_URL: 'mysql://x' }]) {
    const { message, exitCode } = await refusal(start(bad))
    assert.equal(exitCode, 1)
    assert.match(message, new RegExp(Object.keys(bad)[0] ?? ''))
    assert.doesNotMatch(message, /^\s+at /m)
  }
})

test('a folder that cannot be written is named', async () => {
  await writeFile(join(folder, 'data'), 'not a folder')
  const { message, exitCode } = await refusal(start())
  assert.equal(exitCode, 1)
  assert.match(message, /data/)
  assert.doesNotMatch(message, /^\s+at /m)
  assert.ok(!existsSync(join(folder, 'data/demo.json')))
})
