import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createApp } from '../../server/app.ts'
import type { SignInSettings } from '../../server/contract/sign-in.ts'
import { keptSignIn, openSecret, waysOf } from '../../server/sign-in/settings.ts'
import { type Bench, newSite, onEveryDatabase, type TestSite } from '../support/databases.ts'
import { refusal } from '../support/somebody.ts'

const PATH = '/v1/sign-in/settings'
const GITHUB = { id: 'github', name: 'GitHub', kind: 'github', clientId: 'gh-1', secret: 'gh-secret' }
const COMPANY = { id: 'work', name: 'Work', kind: 'oidc', issuer: 'https://id.example', clientId: 'c-1' }

/** The owner's own server, setting up how one signs in. */
function owner(bench: Bench, site: TestSite) {
  const headers = { authorization: `Bearer ${site.secretKey}`, 'content-type': 'application/json' }
  const patch = (change: object) =>
    bench.request(PATH, { method: 'PATCH', headers, body: JSON.stringify(change) })
  return {
    patch,
    get: async () => (await (await bench.request(PATH, { headers })).json()) as SignInSettings,
    async change(change: object) {
      const response = await patch(change)
      assert.equal(response.status, 200, await response.clone().text())
      return (await response.json()) as SignInSettings
    },
  }
}

onEveryDatabase('what an owner sets up for signing in', (bench) => {
  test('mail and passkeys are there from the start, all else is not', async () => {
    const site = await newSite(bench)
    assert.deepEqual(await owner(bench, site).get(), {
      mail: true,
      passkeys: true,
      sso: { issuer: null, audience: null, jwksUrl: null, secret: { set: false } },
      providers: [],
    })
    assert.deepEqual(await waysOf(bench.deps.read, site.id, false), {
      guests: false,
      mail: true,
      passkeys: true,
      sso: false,
      providers: [],
    })
  })

  test('what is not named stays, and a secret is never given back', async () => {
    const [site, other] = [await newSite(bench), await newSite(bench)]
    const { change, get } = owner(bench, site)
    const set = await change({
      passkeys: false,
      sso: { issuer: 'https://shop.example', audience: 'grapevine', secret: 'x'.repeat(32) },
      providers: [GITHUB, { ...COMPANY, secret: 'c-secret' }],
    })
    assert.deepEqual(set, {
      mail: true,
      passkeys: false,
      sso: { issuer: 'https://shop.example', audience: 'grapevine', jwksUrl: null, secret: { set: true } },
      providers: [
        {
          ...GITHUB,
          issuer: null,
          secret: { set: true },
          callback: `https://grapevine.test/sign-in/oauth/${site.id}/github/callback`,
        },
        {
          ...COMPANY,
          secret: { set: true },
          callback: `https://grapevine.test/sign-in/oauth/${site.id}/work/callback`,
        },
      ],
    })
    assert.deepEqual(await change({ mail: false, sso: { audience: null } }), {
      ...set,
      mail: false,
      sso: { ...set.sso, audience: null },
    })
    assert.deepEqual((await waysOf(bench.deps.read, site.id, true)).providers, [
      { id: 'github', name: 'GitHub' },
      { id: 'work', name: 'Work' },
    ])
    assert.equal((await waysOf(bench.deps.read, site.id, true)).sso, true)
    assert.doesNotMatch(JSON.stringify(await get()), /gh-secret|c-secret|xxxx/)
    assert.deepEqual((await owner(bench, other).get()).providers, [])

    const { value } = await bench.deps.read
      .selectFrom('setting')
      .select('value')
      .where('site_id', '=', site.id)
      .executeTakeFirstOrThrow()
    assert.doesNotMatch(value, /gh-secret|c-secret|xxxx/)
    const { providers } = await keptSignIn(bench.deps.read, site.id)
    assert.equal(await openSecret(bench.deps, site.id, providers[0]?.secret as string), 'gh-secret')
    await assert.rejects(openSecret(bench.deps, other.id, providers[0]?.secret as string))
  })

  test('a secret that is left out stays with those it was given for, and goes to nobody else', async () => {
    const site = await newSite(bench)
    const { change } = owner(bench, site)
    await change({ providers: [GITHUB, { ...COMPANY, secret: 'c-secret' }] })
    const { secret: _, ...github } = GITHUB
    const renamed = await change({ providers: [{ ...github, name: 'Octocat' }, COMPANY] })
    assert.deepEqual(
      renamed.providers.map(({ name, secret }) => [name, secret.set]),
      [
        ['Octocat', true],
        ['Work', true],
      ],
    )
    const moved = await change({ providers: [{ ...COMPANY, issuer: 'https://evil.example' }] })
    assert.equal(moved.providers[0]?.secret.set, false)
    assert.deepEqual((await change({ sso: { secret: 'y'.repeat(40) } })).sso.secret, { set: true })
    assert.deepEqual((await change({ sso: { issuer: 'a' } })).sso.secret, { set: true })
    assert.deepEqual((await change({ sso: { secret: null } })).sso.secret, { set: false })
  })

  const REFUSED: [string, object, string][] = [
    ['two providers of one id', { providers: [GITHUB, GITHUB] }, 'providers[1].id'],
    ['an id that other ways have', { providers: [{ ...GITHUB, id: 'mail' }] }, 'providers[0].id'],
    ['an id that is no part of a path', { providers: [{ ...GITHUB, id: 'a/b' }] }, 'providers[0].id'],
    ['GitHub without a secret', { providers: [{ ...GITHUB, secret: undefined }] }, 'providers[0].secret'],
    [
      'OpenID Connect without an issuer',
      { providers: [{ ...COMPANY, issuer: null }] },
      'providers[0].issuer',
    ],
    [
      'another issuer of Google',
      { providers: [{ ...GITHUB, kind: 'google', issuer: 'https://evil.example' }] },
      'providers[0].issuer',
    ],
    [
      'an issuer with a query',
      { providers: [{ ...COMPANY, issuer: 'https://a.example?b' }] },
      'providers[0].issuer',
    ],
    [
      'an issuer with a password',
      { providers: [{ ...COMPANY, issuer: 'https://a:b@c.example' }] },
      'providers[0].issuer',
    ],
    [
      'an issuer that is a script',
      { providers: [{ ...COMPANY, issuer: 'javascript:alert(1)' }] },
      'providers[0].issuer',
    ],
    ['a file of keys', { sso: { jwksUrl: 'file:///etc/passwd' } }, 'sso.jwksUrl'],
    ['a short secret', { sso: { secret: 'short' } }, 'sso.secret'],
    ['a field nobody knows', { saml: true }, 'saml'],
  ]
  for (const [what, change, field] of REFUSED)
    test(`refuses ${what}`, async () => {
      const site = await newSite(bench)
      assert.deepEqual(await refusal(owner(bench, site).patch(change)), [422, field])
    })

  test('addresses that are not on the internet are refused, unless this is for development', async () => {
    const site = await newSite(bench)
    const app = createApp({ ...bench.deps, config: { ...bench.deps.config, outboundPrivate: false } }, 'none')
    const patch = (change: object) =>
      app.request(PATH, {
        method: 'PATCH',
        headers: { authorization: `Bearer ${site.secretKey}`, 'content-type': 'application/json' },
        body: JSON.stringify(change),
      })
    const inside = { providers: [{ ...COMPANY, issuer: 'http://169.254.169.254/latest' }] }
    assert.deepEqual(await refusal(patch(inside)), [422, 'providers[0].issuer'])
    assert.deepEqual(await refusal(patch({ sso: { jwksUrl: 'http://0x7f.1/keys' } })), [422, 'sso.jwksUrl'])
    assert.equal((await patch({ providers: [COMPANY] })).status, 200)
    await owner(bench, site).change({ sso: { jwksUrl: 'http://127.0.0.1/keys' } })
  })

  test('only owners see and change it', async () => {
    const site = await newSite(bench)
    for (const method of ['GET', 'PATCH'])
      for (const headers of [{}, { 'x-grapevine-site': site.publishableKey }]) {
        const init = { method, headers: { ...headers, 'content-type': 'application/json' } }
        const response = bench.request(PATH, method === 'PATCH' ? { ...init, body: '{}' } : init)
        assert.deepEqual(await refusal(response), [401, undefined])
      }
  })
})
