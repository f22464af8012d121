import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, describe, test } from 'node:test'
import { checkOutbound, fetchOutbound, isGlobalUnicast, OutboundError } from '../../server/outbound.ts'
import { seal, unseal } from '../../server/seal.ts'

const strict = { config: { outboundPrivate: false } }
const open = { config: { outboundPrivate: true } }

const NOT_GLOBAL = [
  '0.0.0.0',
  '0.1.2.3',
  '10.0.0.1',
  '100.64.0.1',
  '100.127.255.255',
  '127.0.0.1',
  '127.255.255.254',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.8',
  '192.0.2.1',
  '192.88.99.1',
  '192.168.1.1',
  '198.18.0.1',
  '198.19.255.255',
  '198.51.100.7',
  '203.0.113.9',
  '224.0.0.1',
  '239.255.255.255',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::127.0.0.1',
  '::ffff:127.0.0.1',
  '::ffff:8.8.8.8',
  '::ffff:7f00:1',
  '64:ff9b::7f00:1',
  '64:ff9b::8.8.8.8',
  '64:ff9b:1::1',
  '100::1',
  '2001::1',
  '2001:0:4136:e378:8000:63bf:3fff:fdd2',
  '2001:2::1',
  '2001:10::1',
  '2001:20::1',
  '2001:db8::1',
  '2002:7f00:1::1',
  '2002:808:808::1',
  '3fff::1',
  '5f00::1',
  'fc00::1',
  'fd12:3456::1',
  'fe80::1',
  'fe80::1%eth0',
  '2606:4700::1%eth0',
  'fec0::1',
  'ff02::1',
  '',
  'localhost',
  '8.8.8',
  '08.8.8.8',
  'example.com',
]
const GLOBAL = [
  '1.1.1.1',
  '8.8.8.8',
  '9.255.255.255',
  '11.0.0.1',
  '100.63.255.255',
  '100.128.0.1',
  '128.0.0.1',
  '172.15.255.255',
  '172.32.0.1',
  '192.0.1.1',
  '198.17.255.255',
  '198.20.0.1',
  '223.255.255.255',
  '2001:200::1',
  '2001:4860:4860::8888',
  '2606:4700:4700::1111',
  '2a00:1450:4001:80b::200e',
]

test('an address is global unicast, or it is not called', () => {
  assert.deepEqual(NOT_GLOBAL.filter(isGlobalUnicast), [])
  assert.deepEqual(
    GLOBAL.filter((address) => !isGlobalUnicast(address)),
    [],
  )
})

const REFUSED = [
  'ftp://example.com/',
  'file:///etc/passwd',
  'data:text/plain,a',
  'javascript:alert(1)',
  'example.com',
  '',
  'http://',
  'http://user@example.com/',
  'https://user:password@example.com/',
  'http://localhost/',
  'http://LOCALHOST./',
  'http://api.localhost:3000/',
  'http://printer.local/',
  'http://metadata.google.internal/',
  'http://127.0.0.1/',
  'http://127.1/',
  'http://2130706433/',
  'http://0x7f000001/',
  'http://0x7f.1/',
  'http://0177.0.0.1/',
  'http://017700000001/',
  'http://127.0.0.1./',
  'http://①②⑦.⓪.⓪.①/',
  'http://127。0。0。1/',
  'http://0/',
  'http://[::]/',
  'http://[::1]/',
  'http://[0:0:0:0:0:0:0:1]/',
  'http://[::ffff:127.0.0.1]/',
  'http://[::ffff:7f00:1]/',
  'http://[64:ff9b::7f00:1]/',
  'http://[fe80::1]/',
  'http://169.254.169.254/latest/meta-data/',
  'http://%31%32%37.0.0.1/',
]

test('a URL is refused by how it is written, in whatever spelling', () => {
  const taken = REFUSED.filter((url) => {
    try {
      checkOutbound(strict, url)
      return true
    } catch (error) {
      assert.ok(error instanceof OutboundError)
      return false
    }
  })
  assert.deepEqual(taken, [])
  for (const url of ['https://example.com/hook', 'http://8.8.8.8:8080/', 'https://[2606:4700::1111]/a?b'])
    assert.equal(checkOutbound(strict, url).href, url)
  assert.equal(checkOutbound(open, 'http://127.1/').href, 'http://127.0.0.1/')
  assert.throws(() => checkOutbound(open, 'file:///etc/passwd'), OutboundError)
})

describe('a call out', () => {
  const closing: (() => void)[] = []
  after(() => {
    for (const close of closing) close()
  })
  const serve = async (answer: RequestListener): Promise<string> => {
    const server = createServer(answer).listen(0, '127.0.0.1')
    closing.push(() => {
      server.close()
      server.closeAllConnections()
    })
    await once(server, 'listening')
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }
  const fault = (fault: string) => (error: unknown) => error instanceof OutboundError && error.fault === fault

  test('sends what it was given and brings back the answer, whatever its status', async () => {
    const url = await serve(async (request, response) => {
      let body = ''
      for await (const part of request) body += part
      response.writeHead(418, { 'x-seen': `${request.method} ${request.headers['x-mark']} ${request.url}` })
      response.end(body.toUpperCase())
    })
    const answer = await fetchOutbound(open, `${url}/a?b=c`, {
      method: 'POST',
      headers: { 'x-mark': 'here' },
      body: 'grüße',
    })
    assert.equal(answer.status, 418)
    assert.equal(answer.headers['x-seen'], 'POST here /a?b=c')
    assert.equal(answer.body, 'GRÜSSE')
  })

  test('goes to no private address, also where a name leads to one', async () => {
    let called = 0
    const url = await serve((_request, response) => {
      called++
      response.end()
    })
    await assert.rejects(fetchOutbound(strict, url), fault('address'))
    await assert.rejects(fetchOutbound(strict, url.replace('127.0.0.1', 'localhost')), fault('address'))
    assert.equal(called, 0)
  })

  test('keeps to the address that the name had when it was looked at', async () => {
    const url = await serve((request, response) => response.end(request.headers.host))
    let asked = 0
    const turning = async (_host: string) => [
      { address: asked++ === 0 ? '127.0.0.1' : '127.0.0.2', family: 4 },
    ]
    const named = url.replace('127.0.0.1', 'hook.example')
    const { body } = await fetchOutbound(open, named, {}, turning)
    assert.deepEqual([body, asked], [new URL(named).host, 1])
  })

  test('goes to none of a name’s private addresses, however they are written', async () => {
    const private4 = { address: '127.0.0.1', family: 4 }
    const mapped = { address: '::ffff:127.0.0.1', family: 6 }
    for (const found of [[private4], [mapped], [mapped, private4, { address: 'fe80::1%lo', family: 6 }], []])
      await assert.rejects(
        fetchOutbound(strict, 'http://hook.example:9/', {}, async () => found),
        fault('address'),
      )
    const never = () => new Promise<never>(() => {})
    await assert.rejects(
      fetchOutbound(strict, 'http://hook.example/', { timeoutMs: 50 }, never),
      fault('timeout'),
    )
  })

  test('follows no redirect', async () => {
    const paths: string[] = []
    const url = await serve((request, response) => {
      paths.push(request.url ?? '')
      response.writeHead(302, { location: '/next' }).end()
    })
    const { status, headers } = await fetchOutbound(open, `${url}/first`)
    assert.deepEqual([status, headers.location, paths], [302, '/next', ['/first']])
  })

  test('waits no longer than its time, however slowly the answer drips', async () => {
    const silent = await serve(() => {})
    await assert.rejects(fetchOutbound(open, silent, { timeoutMs: 50 }), fault('timeout'))
    const slow = await serve((_request, response) => {
      response.writeHead(200)
      const drip = setInterval(() => response.write('.'), 10)
      response.on('close', () => clearInterval(drip))
    })
    await assert.rejects(fetchOutbound(open, slow, { timeoutMs: 80 }), fault('timeout'))
  })

  test('reads no more than it may', async () => {
    const url = await serve((request, response) => response.end('x'.repeat(Number(request.url?.slice(1)))))
    assert.equal((await fetchOutbound(open, `${url}/100`, { maxBytes: 100 })).body.length, 100)
    await assert.rejects(fetchOutbound(open, `${url}/101`, { maxBytes: 100 }), fault('too_large'))
    await assert.rejects(fetchOutbound(open, `${url}/${64 * 1024 + 1}`), fault('too_large'))
  })

  test('tells that nobody is there, or that the connection broke', async () => {
    const url = await serve((request) => request.socket.destroy())
    await assert.rejects(fetchOutbound(open, url), fault('unreachable'))
    await assert.rejects(fetchOutbound(open, 'http://127.0.0.1:9/'), fault('unreachable'))
  })
})

describe('what is sealed', () => {
  const sealed = seal('a secret of the installation', 'sign-in site1', 'client secret ü')

  test('opens again, and is another text each time', () => {
    assert.equal(unseal('a secret of the installation', 'sign-in site1', sealed), 'client secret ü')
    assert.notEqual(seal('a secret of the installation', 'sign-in site1', 'client secret ü'), sealed)
    assert.ok(!Buffer.from(sealed, 'base64url').includes('client'))
    assert.equal(unseal('s', 'p', seal('s', 'p', '')), '')
  })

  test('opens with no other secret, for no other purpose and not once a bit has changed', () => {
    assert.throws(() => unseal('another secret', 'sign-in site1', sealed))
    assert.throws(() => unseal('a secret of the installation', 'sign-in site2', sealed))
    const bytes = Buffer.from(sealed, 'base64url')
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes)
      changed[at] = (changed[at] as number) ^ 1
      assert.throws(() =>
        unseal('a secret of the installation', 'sign-in site1', changed.toString('base64url')),
      )
    }
    for (const cut of ['', 'AAAA', sealed.slice(0, 20), sealed.slice(0, -4)])
      assert.throws(() => unseal('a secret of the installation', 'sign-in site1', cut))
  })
})
