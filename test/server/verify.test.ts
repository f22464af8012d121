import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { Keys, SignedReceipt } from '../../server/contract/rewards.ts'
import { openDeps } from '../../server/deps.ts'
import { publicKeyOf, receiptKey, signValue } from '../../server/rewards/sign.ts'
import { onEveryDatabase } from '../support/databases.ts'
import { aShop } from '../support/shop.ts'

const CLI = fileURLToPath(new URL('../../server/cli.ts', import.meta.url))

onEveryDatabase('grapevine verify', (bench) => {
  let folder: string
  let signed: SignedReceipt
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'grapevine-verify-'))
    const shop = await aShop(bench)
    await shop.programme()
    await shop.buy('dave', await shop.chain('alice', 'bob'), 'A-1')
    await bench.settle()
    const [reward] = await shop.rewards()
    signed = await shop.server.get<SignedReceipt>(`/v1/rewards/${reward?.id}/receipt`)
    await write('good.json', signed)
  })
  after(() => rm(folder, { recursive: true }))

  const write = (name: string, content: unknown) =>
    writeFile(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content))
  /** Runs the command where nothing but its own environment tells it of a server. */
  const verify = (args: string[], environment: Record<string, string> = {}) =>
    new Promise<{ code: number; out: string; err: string }>((resolve) => {
      const env = { PATH: '/usr/bin:/bin', DATABASE_URL: 'file:./nowhere/test.db', ...environment }
      const options = { env, cwd: folder, timeout: 20_000 }
      execFile(process.execPath, [CLI, 'verify', ...args], options, (error, out, err) =>
        resolve({ code: error ? Number(error.code ?? -1) : 0, out, err }),
      )
    })
  async function refuses(args: string[], explanation: RegExp, environment: Record<string, string> = {}) {
    const { code, out, err } = await verify(args, environment)
    assert.equal(code, 1, out)
    assert.match(err, explanation)
    assert.doesNotMatch(err, /^\s+at /m)
    return out
  }

  it('says whose signature is good, and that the arithmetic is right', async () => {
    const given = await verify(['good.json', '--key', signed.key])
    assert.deepEqual([given.code, given.err], [0, ''])
    assert.match(given.out, /the key given/)
    assert.match(given.out, /€9\.80, pending/)
    assert.match(given.out, new RegExp(`^Good: reward ${signed.receipt.reward} of Shop$`, 'm'))
    const alone = await verify(['good.json'])
    assert.equal(alone.code, 0)
    assert.match(alone.out, /the key it names itself/)
  })

  it('knows this installation’s own key without opening its database', async () => {
    const { databaseUrl } = bench.deps.config
    const beside = databaseUrl.startsWith('file:')
    const secret = await bench.deps.secret()
    const environment = { DATABASE_URL: databaseUrl, ...(beside ? {} : { SECRET: secret }) }
    const own = await verify(['good.json'], environment)
    assert.match(own.out, /this installation's own key/)
    assert.match(own.out, /^Good/m)
    await refuses(['good.json'], /not by the key/, { SECRET: 'another installation’s secret, long enough' })
  })

  it('refuses what is forged or altered, and what is no receipt', async () => {
    const more = structuredClone(signed)
    more.receipt.amount += 1
    await write('more.json', more)
    await refuses(['more.json'], /forged, was altered[\s\S]*says 981, but its own lines come to 980/)
    const other = receiptKey('somebody else has signed this one, not the shop')
    const forged = {
      receipt: more.receipt,
      signature: signValue(more.receipt, other),
      key: publicKeyOf(other),
    }
    await write('forged.json', forged)
    await refuses(['forged.json', '--key', signed.key], /forged/)
    // Even its own key does not make wrong sums right.
    await refuses(['forged.json'], /lines come to 980/)
    const said = await refuses(['forged.json', '--json'], /not a good receipt/)
    assert.deepEqual((JSON.parse(said) as { good: boolean; trusted: boolean }).good, false)
    await write('text.json', 'Dear Sir')
    await refuses(['text.json'], /text\.json is not a receipt/)
    await write('bare.json', signed.receipt)
    await refuses(['bare.json'], /is not a receipt/)
    await refuses(['nothing.json'], /There is no file nothing\.json/)
    await refuses(['.'], /is a folder/)
    await refuses(['/dev/zero'], /too large to be a receipt/)
    await refuses([], /which FILE/)
    await refuses(['good.json', '--key', 'short'], /43 characters/)
  })

  it('refuses what only decodes to the same, and the name of another key', async () => {
    const next = (text: string) =>
      text.slice(0, -1) + String.fromCharCode(text.charCodeAt(text.length - 1) + 1)
    const padded = { ...signed, signature: `${signed.signature}=` }
    const respelt = { ...signed, signature: next(signed.signature) }
    for (const altered of [padded, respelt, { ...signed, key: next(signed.key) }]) {
      await write('altered.json', altered)
      await refuses(['altered.json'], /forged, was altered/)
      await refuses(['altered.json', '--key', signed.key], /forged, was altered/)
    }
  })

  it('answers programs', async () => {
    const { code, out } = await verify(['good.json', '--json', '--key', signed.key])
    const { receipt, ...said } = JSON.parse(out)
    assert.equal(code, 0)
    assert.deepEqual(said, { good: true, key: signed.key, trusted: true, faults: [] })
    assert.deepEqual(receipt, signed.receipt)
  })

  it('lets no receipt steer the terminal', async () => {
    const own = receiptKey('a server that is not kind to terminals')
    const receipt = structuredClone(signed.receipt)
    receipt.site.name = '\u001b[2J\u009b31mShop'
    await write('escape.json', { receipt, signature: signValue(receipt, own), key: publicKeyOf(own) })
    const { code, out } = await verify(['escape.json'])
    assert.equal(code, 0)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    assert.doesNotMatch(out, /[\u001b\u009b]/)
  })

  it('goes by a secret that is made once and kept, whoever asks first', async () => {
    const { config, log } = bench.deps
    const others = await Promise.all(Array.from({ length: 4 }, () => openDeps(config, log)))
    const secrets = await Promise.all(others.map((deps) => deps.secret()))
    for (const deps of others) await deps.close()
    assert.deepEqual([...new Set(secrets)], [await bench.deps.secret()])
    if (config.databaseUrl.startsWith('file:')) {
      const file = `${config.databaseUrl.slice('file:'.length)}.secret`
      assert.equal((await stat(file)).mode & 0o777, 0o600)
      assert.equal((await readFile(file, 'utf8')).trim(), secrets[0])
    }
    const told = await openDeps({ ...config, secret: 'as it is configured, and long enough' }, log)
    assert.equal(await told.secret(), 'as it is configured, and long enough')
    await told.close()
    const { keys } = (await (await bench.request('/v1/keys')).json()) as Keys
    assert.equal(keys[0]?.x, publicKeyOf(receiptKey(secrets[0] ?? '')))
  })
})

onEveryDatabase('a new installation', (bench) => {
  it('makes one secret however many servers start on it at once', async () => {
    const { config, log } = bench.deps
    const servers = await Promise.all(Array.from({ length: 6 }, () => openDeps(config, log)))
    const secrets = await Promise.all(servers.map((deps) => deps.secret()))
    for (const deps of servers) await deps.close()
    assert.equal(new Set(secrets).size, 1)
    assert.ok((secrets[0]?.length ?? 0) >= 32)
  })
})
