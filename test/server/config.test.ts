import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ConfigError, readConfig } from '../../server/config.ts'

test('nothing has to be configured', () => {
  assert.deepEqual(readConfig({ PATH: '/bin', PORT: '' }), {
    port: 8787,
    host: '127.0.0.1',
    publicUrl: 'http://localhost:8787',
    databaseUrl: 'file:./data/grapevine.db',
    trustProxy: 0,
    rateLimit: true,
    mailFrom: 'Grapevine <no-reply@localhost>',
    outboundPrivate: false,
  })
})

test('what is configured counts', () => {
  const config = readConfig({
    PORT: '80',
    HOST: '::',
    PUBLIC_URL: 'https://grapevine.example/base//',
    DATABASE_URL: 'postgres://localhost/grapevine',
    TRUST_PROXY: '2',
    RATE_LIMIT: 'off',
    SECRET: 's'.repeat(32),
    SMTP_URL: 'smtps://user:secret@mail.example:465',
    MAIL_FROM: 'Shop <hello@shop.example>',
    OUTBOUND_PRIVATE: 'on',
  })
  assert.deepEqual(config, {
    port: 80,
    host: '::',
    publicUrl: 'https://grapevine.example/base',
    databaseUrl: 'postgres://localhost/grapevine',
    trustProxy: 2,
    rateLimit: false,
    mailFrom: 'Shop <hello@shop.example>',
    outboundPrivate: true,
    smtpUrl: 'smtps://user:secret@mail.example:465',
    secret: 's'.repeat(32),
  })
  assert.equal(readConfig({ PORT: '9000' }).publicUrl, 'http://localhost:9000')
})

test('every fault is told at once, by the name of its variable', () => {
  const faults: Record<string, string[]> = {
    PORT: ['x', '-1', '1.5', '65536', '0x50', ' 80', '123456'],
    PUBLIC_URL: ['grapevine.example', 'ftp://grapevine.example', 'javascript:alert(1)', 'https://'],
    DATABASE_URL: ['mysql://x', 'file:', './grapevine.db'],
    TRUST_PROXY: ['yes', '-1', '1.5', '100'],
    RATE_LIMIT: ['yes', 'ON', '0'],
    SECRET: ['secret', 's'.repeat(31)],
  }
  for (const [name, values] of Object.entries(faults))
    for (const value of values)
      assert.throws(
        () => readConfig({ [name]: value }),
        new RegExp(`^ConfigError: .*\n  ${name} `),
        `${name}=${value}`,
      )
  const all = Object.fromEntries(Object.entries(faults).map(([name, [first]]) => [name, first]))
  assert.throws(
    () => readConfig(all),
    (error) =>
      error instanceof ConfigError &&
      Object.keys(faults).every((name) => error.message.includes(`\n  ${name} `)),
  )
})
