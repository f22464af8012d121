import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import {
  type CryptoKey,
  exportJWK,
  generateKeyPair,
  type JWK,
  type JWTPayload,
  SignJWT,
  UnsecuredJWT,
} from 'jose'
import type { SignedIn } from '../../server/contract/sign-in.ts'
import { type Bench, newSite, onEveryDatabase, serverOf, type TestSite } from '../support/databases.ts'
import { browser } from '../support/members.ts'
import { mintCode, refusal, somebody } from '../support/somebody.ts'

const SECRET = 'a secret of the host that is long enough'
const HOUR = 60 * 60

interface Signing {
  key?: CryptoKey | Uint8Array
  alg?: string
  kid?: string
}

/** What a host's own server signs for its user. */
const tokenFor =
  (bench: Bench) =>
  (
    claims: JWTPayload & Record<string, unknown>,
    { key, alg = 'HS256', kid }: Signing = {},
  ): Promise<string> => {
    const now = Math.floor(bench.clock.now / 1000)
    return new SignJWT({ iat: now, exp: now + HOUR, ...claims })
      .setProtectedHeader({ alg, ...(kid === undefined ? {} : { kid }) })
      .sign(key ?? new TextEncoder().encode(SECRET))
  }

async function setUp(bench: Bench, site: TestSite, sso: object): Promise<void> {
  const response = await bench.request('/v1/sign-in/settings', {
    method: 'PATCH',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${site.secretKey}` },
    body: JSON.stringify({ sso }),
  })
  assert.equal(response.status, 200, await response.clone().text())
}

onEveryDatabase('single sign-on with a secret', (bench) => {
  const sign = tokenFor(bench)
  const newHost = async (sso: object = {}) => {
    const site = await newSite(bench)
    await setUp(bench, site, { secret: SECRET, ...sso })
    return site
  }
  const send = (site: TestSite, token: string) =>
    browser(bench, site).ask('POST', '/v1/sign-in/sso', { token })

  test('whoever the host signs for is a member, and the same one in every browser', async () => {
    const site = await newHost()
    const alice = browser(bench, site)
    const claims = { sub: 'u1', name: 'Alice', email: 'alice@host.example', email_verified: true }
    const token = await sign(claims)
    const { me } = await alice.signedIn(alice.ask('POST', '/v1/sign-in/sso', { token }))
    assert.deepEqual(
      [me.name, me.member, me.role, me.signsInBy, me.mail],
      ['Alice', true, 'member', ['sso'], { address: 'alice@host.example', confirmed: true }],
    )
    const elsewhere = browser(bench, site)
    const again = await elsewhere.signedIn(
      elsewhere.ask('POST', '/v1/sign-in/sso', { token: await sign(claims) }),
    )
    assert.equal(again.me.id, me.id)
  })

  test('an address that the host has not verified is not taken, nor a picture or a role it made up', async () => {
    const site = await newHost()
    const claims = {
      sub: 'u1',
      email: 'alice@host.example',
      picture: 'https://e.example/x.png',
      grapevine_role: 'owner',
    }
    const { me } = (await (await send(site, await sign(claims))).json()) as SignedIn
    assert.deepEqual([me.mail, me.avatar, me.role], [null, null, 'member'])
  })

  test('the host makes moderators and admins, and takes it back; never of an owner', async () => {
    const site = await newHost()
    const roleAfter = async (grapevine_role?: string) => {
      const token = await sign({ sub: 'u1', ...(grapevine_role ? { grapevine_role } : {}) })
      return ((await (await send(site, token)).json()) as SignedIn).me.role
    }
    assert.equal(await roleAfter('moderator'), 'moderator')
    assert.equal(await roleAfter(), 'moderator')
    assert.equal(await roleAfter('admin'), 'admin')
    assert.equal(await roleAfter('member'), 'member')
    await bench.deps.write(({ db }) =>
      db.updateTable('person').set({ role: 'owner' }).where('site_id', '=', site.id).execute(),
    )
    assert.equal(await roleAfter('member'), 'owner')
  })

  test('what the host’s server told of its customer is the member’s', async () => {
    const site = await newHost()
    const server = serverOf(bench, site)
    const visitor = somebody(bench, site)
    const { code } = await somebody(bench, site).share({ code: mintCode(site) })
    await visitor.visit(code)
    const { me } = await browser(bench, site, visitor.token).signedIn(
      browser(bench, site, visitor.token).ask('POST', '/v1/sign-in/sso', {
        token: await sign({ sub: 'c7' }),
      }),
    )
    const order = { name: 'purchase', orderId: 'o1', customerId: 'c7', value: 100, currency: 'EUR' }
    assert.ok((await server.post('/v1/conversions', order)).ok)
    const row = await bench.deps.read
      .selectFrom('conversion')
      .innerJoin('share', (join) =>
        join.onRef('share.site_id', '=', 'conversion.site_id').onRef('share.id', '=', 'conversion.share_id'),
      )
      .select(['conversion.buyer_id', 'share.code'])
      .where('conversion.site_id', '=', site.id)
      .executeTakeFirst()
    assert.deepEqual({ ...row }, { buyer_id: me.id, code })
  })

  test('a customer who was known before signing in becomes the member, or is merged into the guest who does', async () => {
    const site = await newHost()
    const server = serverOf(bench, site)
    const give = async (customerId: string) => {
      const coupon = {
        code: `GIFT-${customerId.toUpperCase()}`,
        label: 'A gift',
        customerId,
        url: 'https://shop.example/',
      }
      const response = await server.post('/v1/coupons', coupon)
      assert.ok(response.ok, await response.clone().text())
      return ((await response.json()) as { person: { id: string } }).person.id
    }
    const [known, merged] = [await give('known'), await give('merged')]
    const nobody = browser(bench, site)
    const first = await nobody.signedIn(
      nobody.ask('POST', '/v1/sign-in/sso', { token: await sign({ sub: 'known' }) }),
    )
    assert.equal(first.me.id, known)
    const guest = browser(bench, site)
    const { id } = await guest.call('Gast')
    const second = await guest.signedIn(
      guest.ask('POST', '/v1/sign-in/sso', { token: await sign({ sub: 'merged' }) }),
    )
    assert.equal(second.me.id, id)
    const rows = await bench.deps.read
      .selectFrom('coupon')
      .select(['code', 'person_id'])
      .where('site_id', '=', site.id)
      .orderBy('code')
      .execute()
    assert.deepEqual(
      rows.map(({ code, person_id }) => `${code} ${person_id}`),
      [`GIFT-KNOWN ${known}`, `GIFT-MERGED ${id}`],
    )
    assert.notEqual(merged, id)
  })

  test('checks the issuer and the audience that the owner named', async () => {
    const site = await newHost({ issuer: 'https://host.example', audience: 'comments' })
    const status = async (claims: object) => (await send(site, await sign({ sub: 'u1', ...claims }))).status
    const right = { iss: 'https://host.example', aud: 'comments' }
    assert.equal(await status(right), 200)
    assert.equal(await status({ ...right, aud: ['shop', 'comments'] }), 200)
    assert.equal(await status({ ...right, aud: 'shop' }), 401)
    assert.equal(await status({ iss: right.iss }), 401)
    assert.equal(await status({ ...right, iss: 'https://evil.example' }), 401)
    assert.equal(await status({ aud: 'comments' }), 401)
  })

  test('a token for somebody else is refused also where no audience was named', async () => {
    const site = await newHost()
    assert.equal((await send(site, await sign({ sub: 'u1', aud: 'another' }))).status, 401)
    assert.equal((await send(site, await sign({ sub: 'u1', aud: site.publishableKey }))).status, 200)
  })

  for (const [what, claims] of [
    ['has expired', { exp: -HOUR }],
    ['is good for more than a day', { exp: 25 * HOUR }],
    ['is older than a day', { iat: -25 * HOUR }],
    ['is not good yet', { nbf: 10 * 60 }],
  ] as const)
    test(`refuses a token that ${what}`, async () => {
      const site = await newHost()
      const now = Math.floor(bench.clock.now / 1000)
      const times = Object.fromEntries(Object.entries(claims).map(([name, by]) => [name, now + by]))
      assert.deepEqual(await refusal(send(site, await sign({ sub: 'u1', ...times }))), [401, 'token'])
    })

  test('clocks may differ by a minute', async () => {
    const site = await newHost()
    const now = Math.floor(bench.clock.now / 1000)
    assert.equal((await send(site, await sign({ sub: 'u1', exp: now - 30 }))).status, 200)
    assert.equal((await send(site, await sign({ sub: 'u1', nbf: now + 30 }))).status, 200)
  })

  test('refuses what is signed otherwise, not at all, or by another site’s secret', async () => {
    const site = await newHost()
    const now = Math.floor(bench.clock.now / 1000)
    const { privateKey } = await generateKeyPair('RS256')
    const other = new TextEncoder().encode('the secret of somebody else, long enough')
    const none = new UnsecuredJWT({ sub: 'u1' }).setExpirationTime(now + HOUR).encode()
    const signed = await sign({ sub: 'u1' })
    const [head, , tail] = signed.split('.')
    const forged = Buffer.from(JSON.stringify({ sub: 'u2', exp: now + HOUR })).toString('base64url')
    for (const token of [
      none,
      await sign({ sub: 'u1' }, { key: other }),
      await sign({ sub: 'u1' }, { key: privateKey, alg: 'RS256' }),
      await sign({ sub: 'u1' }, { key: new TextEncoder().encode(SECRET.padEnd(64)), alg: 'HS512' }),
      `${head}.${forged}.${tail}`,
      'no token',
      '..',
      'e30.e30.e30',
    ])
      assert.deepEqual(await refusal(send(site, token)), [401, 'token'], token)
  })

  for (const [what, claims] of [
    ['no sub', { sub: undefined }],
    ['an empty sub', { sub: '' }],
    ['a sub of 129 characters', { sub: 'x'.repeat(129) }],
    ['a sub that is a number', { sub: 7 as unknown as string }],
    ['no exp', { sub: 'u1', exp: undefined }],
  ] as const)
    test(`refuses a token with ${what}`, async () => {
      const site = await newHost()
      assert.deepEqual(await refusal(send(site, await sign(claims as JWTPayload))), [401, 'token'])
    })

  test('refuses a sub that no database could keep', async () => {
    const site = await newHost()
    for (const sub of ['a\u0000b', 'a\ud800b']) {
      const { status } = await send(site, await sign({ sub }))
      assert.ok(status === 401 || status === 422, `${status}`)
    }
  })

  test('names that cannot be shown or are taken are left out, and nobody is kept out for them', async () => {
    const site = await newHost()
    for (const [i, name] of ['a\nb', ' ', '\u200b', 'Shop', 'x'.repeat(500), 7].entries()) {
      const token = await sign({ sub: `n${i}`, name })
      const answer = await send(site, token)
      assert.equal(answer.status, 200, await answer.clone().text())
      const { me } = (await answer.json()) as SignedIn
      assert.equal(me.name, i === 4 ? 'x'.repeat(60) : null)
    }
  })

  test('a site that has not set it up takes none', async () => {
    const site = await newSite(bench)
    assert.equal((await send(site, await sign({ sub: 'u1' }))).status, 403)
  })
})

onEveryDatabase('single sign-on by published keys', (bench) => {
  const sign = tokenFor(bench)
  let host: Server
  let url: string
  let asked = 0
  let keys: JWK[] = []
  let broken = false
  before(async () => {
    host = createServer((_, response) => {
      asked++
      response.statusCode = broken ? 500 : 200
      response.end(JSON.stringify({ keys }))
    }).listen(0, '127.0.0.1')
    await once(host, 'listening')
    url = `http://127.0.0.1:${(host.address() as AddressInfo).port}/jwks.json`
  })
  after(() => host.close())

  const newKey = async (alg: 'RS256' | 'ES256', kid: string) => {
    const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true })
    return { privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg } }
  }
  const newHost = async (query = '') => {
    const site = await newSite(bench)
    await setUp(bench, site, { jwksUrl: url + query, audience: 'comments', secret: SECRET })
    return site
  }
  const status = async (site: TestSite, token: string) =>
    (await browser(bench, site).ask('POST', '/v1/sign-in/sso', { token })).status

  test('RS256 and ES256 are taken, and nothing that the secret signs', async () => {
    const [rsa, ec] = [await newKey('RS256', 'rsa'), await newKey('ES256', 'ec')]
    keys = [rsa.jwk, ec.jwk]
    bench.clock.now += 10 * 60_000
    const site = await newHost()
    const claims = { sub: 'u1', aud: 'comments' }
    assert.equal(
      await status(site, await sign(claims, { key: rsa.privateKey, alg: 'RS256', kid: 'rsa' })),
      200,
    )
    assert.equal(await status(site, await sign(claims, { key: ec.privateKey, alg: 'ES256', kid: 'ec' })), 200)
    assert.equal(await status(site, await sign(claims)), 401)
    // The public key as an HMAC secret, an old confusion.
    const confused = new TextEncoder().encode(JSON.stringify(rsa.jwk))
    assert.equal(await status(site, await sign(claims, { key: confused, kid: 'rsa' })), 401)
    const noAudience = await sign({ sub: 'u1' }, { key: ec.privateKey, alg: 'ES256', kid: 'ec' })
    assert.equal(await status(site, noAudience), 401)
  })

  test('a published key that nobody should sign with is refused as what was signed with it', async () => {
    const claims = { sub: 'u1', aud: 'comments' }
    const rsa = await newKey('RS256', 'rsa')
    for (const n of ['AQAB', '!!', 'x'.repeat(171)]) {
      keys = [{ ...rsa.jwk, n }]
      bench.clock.now += 10 * 60_000
      const token = await sign(claims, { key: rsa.privateKey, alg: 'RS256', kid: 'rsa' })
      assert.equal(await status(await newHost(), token), 401)
    }
  })

  test('keys are kept for minutes; an unknown one has them asked for again, once a minute at most', async () => {
    const [old, fresh] = [await newKey('ES256', 'old'), await newKey('ES256', 'fresh')]
    keys = [old.jwk]
    bench.clock.now += 10 * 60_000
    const site = await newHost()
    const claims = { sub: 'u1', aud: 'comments' }
    const attempt = async ({ privateKey, jwk }: Awaited<ReturnType<typeof newKey>>) =>
      status(site, await sign(claims, { key: privateKey, alg: 'ES256', kid: jwk.kid }))
    asked = 0
    assert.equal(await attempt(old), 200)
    assert.equal(await attempt(old), 200)
    assert.equal(asked, 1)
    keys = [fresh.jwk]
    for (let i = 0; i < 5; i++) assert.equal(await attempt(fresh), 401)
    assert.equal(asked, 1)
    bench.clock.now += 61_000
    assert.equal(await attempt(fresh), 200)
    assert.equal(asked, 2)
  })

  test('a host that cannot be asked is said to be so; what was known of it still is', async () => {
    const known = await newKey('ES256', 'known')
    keys = [known.jwk]
    const site = await newHost('?never-asked')
    const token = await sign(
      { sub: 'u1', aud: 'comments' },
      { key: known.privateKey, alg: 'ES256', kid: 'known' },
    )
    broken = true
    assert.equal(await status(site, token), 503)
    broken = false
    assert.equal(await status(site, token), 200)
    broken = true
    bench.clock.now += 6 * 60_000
    assert.equal(await status(site, token), 200)
    broken = false
  })
})
