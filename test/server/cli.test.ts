import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { freePort } from '../support/free-port.ts'

const CLI = fileURLToPath(new URL('../../server/cli.ts', import.meta.url))

describe('the command line', { concurrency: 2 }, () => {
  let folder: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'grapevine-cli-'))
  })
  after(() => rm(folder, { recursive: true }))

  const environment = (more: Record<string, string> = {}) => ({
    PATH: '/usr/bin:/bin',
    DATABASE_URL: `file:${folder}/data/test.db`,
    ...more,
  })

  /** Runs a command to its end in the temporary folder. */
  const run = (args: string[], more: Record<string, string> = {}) =>
    new Promise<{ code: number; out: string; err: string }>((resolve) => {
      const options = { env: environment(more), cwd: folder, timeout: 20_000 }
      execFile(process.execPath, [CLI, ...args], options, (error, out, err) =>
        resolve({ code: error ? Number(error.code ?? -1) : 0, out, err }),
      )
    })

  /** Expects a command to fail with an explanation and no stack. */
  async function explains(args: string[], more: Record<string, string>, ...explanations: RegExp[]) {
    const { code, out, err } = await run(args, more)
    assert.equal(code, 1, err)
    for (const explanation of explanations) assert.match(err, explanation)
    assert.doesNotMatch(err, /^\s+at /m)
    assert.equal(out, '')
  }

  it('tells what there is, and of each command how it is used', async () => {
    for (const args of [[], ['--help']]) {
      const { code, out } = await run(args)
      assert.equal(code, 0)
      for (const usage of [
        'serve',
        'migrate',
        'site create NAME',
        'site list',
        'rebuild',
        'replay FILE',
        'verify FILE',
      ])
        assert.ok(out.includes(`grapevine ${usage}`), usage)
    }
    for (const command of [
      'serve',
      'migrate',
      'site create',
      'site list',
      'dashboard',
      'rebuild',
      'replay',
      'verify',
    ]) {
      const { code, out, err } = await run([...command.split(' '), '--help'])
      assert.deepEqual([code, err], [0, ''])
      assert.match(out, new RegExp(`^grapevine ${command}\\b`))
    }
  })

  it('says what is wrong with what was typed', async () => {
    await explains(['sire'], {}, /no command sire/, /grapevine serve/)
    await explains(['site', 'create'], {}, /takes one NAME/)
    await explains(['site', 'create', 'My', 'Shop', '--origin', 'https://a.example'], {}, /quote it/)
    await explains(['site', 'create', 'Shop'], {}, /--origin https/)
    await explains(['site', 'create', 'Shop', '--origin', 'a.example'], {}, /origin: .*not an origin/)
    await explains(['site', 'create', ' ', '--origin', 'https://a.example'], {}, /name/)
    await explains(['site', 'list', '--jsn'], {}, /--jsn/, /grapevine site list/)
    await explains(['rebuild', 'nobody'], {}, /No site nobody/)
    await explains(['replay'], {}, /FILE/)
    await explains(['replay', 'nothing.csv'], {}, /nothing\.csv/)
  })

  it('makes and lists sites, for people and for programs', async () => {
    const more = { DATABASE_URL: `file:${folder}/sites/test.db` }
    const made = await run(
      [
        'site',
        'create',
        'My Shop',
        '--origin',
        'HTTPS://A.example:443/',
        '--origin',
        'http://b.example',
        '--json',
      ],
      more,
    )
    const site = JSON.parse(made.out) as Record<string, string>
    assert.deepEqual(site.origins, ['https://a.example', 'http://b.example'])
    assert.match(site.publishableKey ?? '', new RegExp(`^pk_${site.id}\\w{16}$`))
    assert.match(site.secretKey ?? '', new RegExp(`^sk_${site.id}\\w{32}$`))
    const plain = await run(['site', 'create', 'Another', '--origin', 'https://c.example'], more)
    assert.match(plain.out, /^Secret key {7}sk_\w+/m)

    const listed = JSON.parse((await run(['site', 'list', '--json'], more)).out) as Record<string, string>[]
    assert.deepEqual(
      listed.map(({ name }) => name),
      ['My Shop', 'Another'],
    )
    assert.equal(listed[0]?.id, site.id)
    assert.ok(!JSON.stringify(listed).includes('sk_'))
    assert.match((await run(['site', 'list'], more)).out, /My Shop .*\n.*Another/)
    assert.match(
      (await run(['dashboard', 'My Shop'], more)).out,
      /^http:\/\/localhost:8787\/dashboard#sign-in=ol_\w+\n$/,
    )
    await explains(['dashboard'], more, /Say which site: .*My Shop.*Another/)
    assert.deepEqual(JSON.parse((await run(['rebuild', '--json'], more)).out)[site.id ?? ''].rollup, 0)
    assert.match((await run(['rebuild', 'Another'], more)).out, /no number changed/)
    assert.match((await run(['migrate'], more)).out, /up to date/)
  })

  it('lists every fault of the environment at once', async () => {
    await explains(
      ['serve'],
      { PORT: 'x', TRUST_PROXY: 'y', RATE_LIMIT: 'z' },
      /PORT is not/,
      /TRUST_PROXY is/,
      /RATE_LIMIT is/,
    )
    await explains(['site', 'list'], { DATABASE_URL: 'mysql://x' }, /DATABASE_URL is neither/)
  })

  it('says what to do about a taken port', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    const { port } = taken.address() as { port: number }
    await explains(['serve'], { PORT: String(port) }, new RegExp(`Port ${port} .*is taken`), /PORT=\d+/)
    taken.close()
  })

  it('says what to do about a database that cannot be', async () => {
    await writeFile(join(folder, 'file'), 'no folder')
    await writeFile(
      join(folder, 'text.db'),
      'this is not a database, but long enough to be looked at as if it were one',
    )
    const port = await freePort()
    const cases: [string, RegExp][] = [
      [`file:${folder}/file/below/grapevine.db`, /cannot be written.*DATABASE_URL/],
      [`file:${folder}`, /cannot be opened.*DATABASE_URL/],
      [`file:${folder}/text.db`, /no SQLite database/],
      [`postgres://127.0.0.1:${port}/x`, /does not answer.*DATABASE_URL/],
    ]
    for (const [DATABASE_URL, explanation] of cases)
      await explains(['serve'], { DATABASE_URL, PORT: '0' }, explanation)
    await explains(['serve'], { HOST: '203.0.113.7', PORT: '0' }, /no address 203\.0\.113\.7.*HOST/)
  })

  it('serves until it is told to stop, and stops well', async () => {
    const port = await freePort()
    const server = spawn(process.execPath, [CLI, 'serve'], {
      env: environment({ PORT: String(port) }),
      cwd: folder,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [line] = (await once(server.stdout, 'data')) as [Buffer]
    assert.equal(String(line), `Grapevine listens at http://localhost:${port}\n`)
    assert.equal((await fetch(`http://127.0.0.1:${port}/healthz`)).status, 200)
    server.kill('SIGTERM')
    assert.deepEqual(await once(server, 'exit'), [0, null])
  })
})
