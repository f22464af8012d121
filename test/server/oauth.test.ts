import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { createApp } from '../../server/app.ts'
import { nameOf } from '../../server/sign-in/oauth-account.ts'
import {
  type Bench,
  newSite,
  newToken,
  ORIGIN,
  onEveryDatabase,
  type TestSite,
} from '../support/databases.ts'
import { CLIENT, type Issuer, type Odd, startIssuer } from '../support/oidc-issuer.ts'
import { opener, toldBy } from '../support/pop-up.ts'
import { refusal } from '../support/somebody.ts'

const OTHER = 'https://magazine.example'

/** Sets up what one signs in by. */
async function providers(bench: Bench, site: TestSite, list: object[]) {
  const response = await bench.request('/v1/sign-in/settings', {
    method: 'PATCH',
    headers: { authorization: `Bearer ${site.secretKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ providers: list }),
  })
  assert.equal(response.status, 200, await response.clone().text())
}

onEveryDatabase('signing in by an account elsewhere', (bench) => {
  let issuer: Issuer
  before(async () => {
    issuer = await startIssuer()
    issuer.clock.now = () => bench.clock.now
  })
  after(() => issuer.close())

  const newShop = async (origins = [ORIGIN, OTHER]) => {
    const site = await newSite(bench, origins)
    const shared = { clientId: CLIENT.id, secret: CLIENT.secret, issuer: issuer.url }
    await providers(bench, site, [
      { ...shared, id: 'work', name: 'Work', kind: 'oidc' },
      { ...shared, id: 'github', name: 'GitHub', kind: 'github' },
    ])
    return site
  }
  const start = async (site: TestSite, provider = 'work') => {
    const page = opener(bench, site)
    const response = await page.open(`/sign-in/oauth/${provider}`)
    assert.equal(response.status, 302, await response.clone().text())
    const location = response.headers.get('location') as string
    return {
      ...page,
      location,
      cookie: response.headers.get('set-cookie') ?? '',
      back: (words: Record<string, string>, at = provider, of = site) =>
        page.get(`/sign-in/oauth/${of.id}/${at}/callback`, words),
    }
  }
  /** All the way to the ticket. */
  const ticketOf = async (site: TestSite, odd: Odd = {}, provider = 'work') => {
    const page = await start(site, provider)
    const told = await toldBy(await page.back(issuer.letIn(page.location, odd)))
    assert.ok(told.ticket, JSON.stringify(told))
    return { ...page, ticket: told.ticket, told }
  }
  const identities = (site: TestSite) =>
    bench.deps.read
      .selectFrom('person_identity')
      .select(['kind', 'subject', 'person_id', 'data'])
      .where('site_id', '=', site.id)
      .execute()

  test('sends the browser to the provider, bound to it, with all that makes the answer ours', async () => {
    const site = await newShop()
    const page = await start(site)
    const url = new URL(page.location)
    assert.equal(url.origin + url.pathname, `${issuer.url}/authorize`)
    const { state, nonce, code_challenge, ...said } = Object.fromEntries(url.searchParams)
    assert.deepEqual(said, {
      response_type: 'code',
      client_id: CLIENT.id,
      redirect_uri: `https://grapevine.test/sign-in/oauth/${site.id}/work/callback`,
      scope: 'openid profile email',
      code_challenge_method: 'S256',
    })
    assert.match(`${state} ${nonce} ${code_challenge}`, /^tk_\w{38} [\w-]{43} [\w-]{43}$/)
    assert.match(
      page.cookie,
      /^__Host-grapevine_oauth=[\w-]{43}; Max-Age=600; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    )
    const { rows } = await bench.deps.read
      .selectFrom('sign_in')
      .selectAll()
      .execute()
      .then((rows) => ({ rows }))
    assert.doesNotMatch(JSON.stringify(rows), new RegExp(state as string))
  })

  test('hands the page that asked a ticket that signs in: a member is born, and known again', async () => {
    const site = await newShop()
    const first = await ticketOf(site)
    assert.deepEqual(
      { ...first.told, ticket: '' },
      { status: 200, step: 'hand-over', lang: 'en', origin: ORIGIN, ticket: '' },
    )
    const born = await first.signedIn(first.ticket, newToken())
    assert.match(born.token, /^pt_/)
    assert.deepEqual(
      { name: born.me.name, member: born.me.member, mail: born.me.mail, by: born.me.signsInBy },
      { name: 'Ada', member: true, mail: { address: 'ada@example.com', confirmed: true }, by: ['work'] },
    )
    assert.deepEqual(
      (await identities(site)).map(({ kind, subject, data }) => [kind, subject, JSON.parse(data)]),
      [['oauth', `${issuer.url} user 7`, { provider: 'work' }]],
    )
    const second = await ticketOf(site)
    assert.equal((await second.signedIn(second.ticket, newToken())).me.id, born.me.id)
    const other = await ticketOf(await newShop())
    assert.notEqual((await other.signedIn(other.ticket)).me.id, born.me.id)
  })

  test('GitHub says who somebody is by its user, and gives the address it has verified', async () => {
    const site = await newShop()
    const page = await ticketOf(site, {}, 'github')
    const { me } = await page.signedIn(page.ticket, newToken())
    assert.deepEqual([me.name, me.mail?.address, me.signsInBy], ['Mona Lisa', 'mona@example.com', ['github']])
    assert.equal((await identities(site))[0]?.subject, `${issuer.url} 583231`)
    const nameless = await ticketOf(await newShop(), { userinfo: { name: null } }, 'github')
    assert.equal((await nameless.signedIn(nameless.ticket)).me.name, 'octocat')
  })

  test('an address that the issuer has not verified is nobody’s', async () => {
    for (const email_verified of [false, undefined, 'false', 1]) {
      const page = await ticketOf(await newShop(), { claims: { email_verified } })
      assert.equal((await page.signedIn(page.ticket)).me.mail, null)
    }
    const page = await ticketOf(await newShop(), { claims: { email_verified: 'true' } })
    assert.equal((await page.signedIn(page.ticket)).me.mail?.address, 'ada@example.com')
  })

  test('what the ID token leaves out is asked of userinfo, and taken where it is of the same subject', async () => {
    issuer.says({ userinfo_endpoint: `${issuer.url}/userinfo` })
    const claims = { name: undefined, email: undefined, email_verified: undefined }
    const more = { name: 'Grace', email: 'grace@example.com', email_verified: true }
    const page = await ticketOf(await newShop(), { claims, userinfo: { sub: 'user 7', ...more } })
    const { me } = await page.signedIn(page.ticket)
    assert.deepEqual([me.name, me.mail?.address], ['Grace', 'grace@example.com'])
    const swapped = await ticketOf(await newShop(), { claims, userinfo: { sub: 'user 8', ...more } })
    const { me: nobody } = await swapped.signedIn(swapped.ticket)
    assert.deepEqual([nobody.name, nobody.mail], [null, null])
    issuer.says({})
  })

  test('a client secret goes into the body where the issuer takes it only there', async () => {
    issuer.says({ token_endpoint_auth_methods_supported: ['client_secret_post'] })
    await ticketOf(await newShop())
    issuer.says({})
  })

  describe('hands nothing over', () => {
    const WRONG: [string, Odd][] = [
      ['for another nonce', { claims: { nonce: 'other' } }],
      ['without a nonce', { claims: { nonce: undefined } }],
      ['for another client', { claims: { aud: 'client-2' } }],
      [
        'for several clients, of which we are not the one it was given to',
        { claims: { aud: [CLIENT.id, 'c2'], azp: 'c2' } },
      ],
      ['for several clients, without saying which', { claims: { aud: [CLIENT.id, 'c2'] } }],
      ['of another issuer', { claims: { iss: 'https://evil.example' } }],
      ['that has expired', { claims: { exp: 1_000 } }],
      ['that never expires', { claims: { exp: undefined } }],
      ['of nobody', { claims: { sub: undefined } }],
      ['of somebody with a line break in their id', { claims: { sub: 'a\nb' } }],
      ['signed with a key that nobody published', { foreignKey: true }],
      ['signed with the client secret', { symmetric: true }],
      ['that comes with an error', { tokenStatus: 500 }],
    ]
    for (const [what, odd] of WRONG)
      test(`for an ID token ${what}`, async () => {
        const page = await start(await newShop())
        const told = await toldBy(await page.back(issuer.letIn(page.location, odd)))
        assert.deepEqual([told.ticket, told.fault, told.origin], [undefined, 'provider', ORIGIN])
      })

    test('for a state that nobody began, that was used, or that is of another provider', async () => {
      const page = await start(await newShop())
      const words = issuer.letIn(page.location)
      const expired = { step: 'hand-over', lang: 'en', fault: 'expired', status: 200 }
      for (const state of ['', 'x', `tk_${'a'.repeat(38)}`, `${words.state}0`, words.state.slice(0, -1)])
        assert.deepEqual(await toldBy(await page.back({ ...words, state })), expired)
      assert.deepEqual(await toldBy(await page.back(words, 'github')), expired)
      // Else another site's provider of this name could be handed this one's codes.
      const elsewhere = await start(await newShop())
      const mixed = issuer.letIn(elsewhere.location)
      assert.deepEqual(await toldBy(await elsewhere.back(mixed, 'work', await newShop())), expired)
      const again = await start(await newShop())
      const once = issuer.letIn(again.location)
      assert.ok((await toldBy(await again.back(once))).ticket)
      assert.deepEqual(await toldBy(await again.back(once)), expired)
    })

    test('to a browser that did not begin it', async () => {
      for (const cookie of [undefined, `__Host-grapevine_oauth=${'a'.repeat(43)}`, 'grapevine_oauth=x']) {
        const page = await start(await newShop())
        if (cookie) page.jar.cookie = cookie
        else delete page.jar.cookie
        const told = await toldBy(await page.back(issuer.letIn(page.location)))
        assert.deepEqual([told.fault, told.ticket, told.origin], ['expired', undefined, undefined])
      }
    })

    test('after ten minutes', async () => {
      const page = await start(await newShop())
      const words = issuer.letIn(page.location)
      bench.clock.now += 10 * 60_000
      assert.equal((await toldBy(await page.back(words))).fault, 'expired')
    })

    test('for a code that was used before', async () => {
      const site = await newShop()
      const [first, second] = [await start(site), await start(site)]
      const words = issuer.letIn(first.location)
      assert.ok((await toldBy(await first.back(words))).ticket)
      const replayed = { ...words, state: new URL(second.location).searchParams.get('state') as string }
      assert.equal((await toldBy(await second.back(replayed))).fault, 'provider')
    })

    test('for a code of another round trip: its verifier is not ours', async () => {
      const site = await newShop()
      const [first, second] = [await start(site), await start(site)]
      const { code } = issuer.letIn(first.location)
      const { state } = issuer.letIn(second.location)
      assert.equal((await toldBy(await second.back({ code, state }))).fault, 'provider')
    })

    test('where the answer names another issuer', async () => {
      const page = await start(await newShop())
      const words = { ...issuer.letIn(page.location), iss: 'https://evil.example' }
      assert.equal((await toldBy(await page.back(words))).fault, 'provider')
      const right = await start(await newShop())
      assert.ok((await toldBy(await right.back({ ...issuer.letIn(right.location), iss: issuer.url }))).ticket)
    })

    test('where somebody turned back, or the provider has an error', async () => {
      const site = await newShop()
      for (const [error, fault] of [
        ['access_denied', 'denied'],
        ['server_error', 'provider'],
      ] as const) {
        const page = await start(site)
        const { state } = issuer.letIn(page.location)
        const told = await toldBy(await page.back({ state, error }))
        assert.deepEqual([told.fault, told.origin, told.ticket], [fault, ORIGIN, undefined])
      }
    })
  })

  test('begins nothing for an origin that is not the site’s, an unknown site or provider, or a broken link', async () => {
    const site = await newShop()
    const page = opener(bench, site)
    const tried = async (path: string, other: Record<string, string>) => {
      const { status, fault, origin } = await toldBy(await page.open(path, other))
      return [status, fault, origin]
    }
    const work = '/sign-in/oauth/work'
    for (const origin of [
      'https://evil.example',
      'null',
      '*',
      `${ORIGIN}/`,
      ORIGIN.toUpperCase(),
      `${ORIGIN}.evil`,
    ])
      assert.deepEqual(await tried(work, { origin }), [403, 'origin', undefined])
    assert.deepEqual(await tried(work, { site: 'pk_unknown00000000' }), [404, 'unavailable', undefined])
    assert.deepEqual(await tried(work, { site: site.secretKey }), [400, 'link', undefined])
    assert.deepEqual(await tried(work, { challenge: 'short' }), [400, 'link', undefined])
    assert.deepEqual(await tried(work, { challenge: '' }), [400, 'link', undefined])
    assert.deepEqual(await tried('/sign-in/oauth/nobody', {}), [404, 'unavailable', ORIGIN])
    assert.deepEqual(await tried('/sign-in/oauth/%00', {}), [404, 'unavailable', ORIGIN])
    const other = opener(bench, await newSite(bench))
    assert.equal((await toldBy(await other.open(work))).fault, 'unavailable')
  })

  test('does not believe an issuer that speaks for another', async () => {
    const page = opener(bench, await newShop())
    issuer.says({ issuer: 'https://accounts.google.com' })
    assert.equal((await toldBy(await page.open('/sign-in/oauth/work'))).fault, 'provider')
    issuer.says({ authorization_endpoint: 'javascript:alert(1)' })
    assert.equal((await toldBy(await page.open('/sign-in/oauth/work'))).fault, 'provider')
    issuer.says({ jwks_uri: 7 })
    assert.equal((await toldBy(await page.open('/sign-in/oauth/work'))).fault, 'provider')
    issuer.says({})
  })

  test('calls nobody on a private address, unless this is for development', async () => {
    const site = await newShop()
    const app = createApp({ ...bench.deps, config: { ...bench.deps.config, outboundPrivate: false } }, 'none')
    const before = issuer.asked.length
    const { query } = opener(bench, site)
    const response = await app.request(`/sign-in/oauth/work?${new URLSearchParams(query)}`)
    assert.equal((await toldBy(response)).fault, 'provider')
    assert.equal(issuer.asked.length, before)
  })

  describe('a ticket', () => {
    const refused = [401, 'ticket']

    test('works once', async () => {
      const page = await ticketOf(await newShop())
      await page.signedIn(page.ticket)
      assert.deepEqual(await refusal(page.redeem(page.ticket)), refused)
    })

    test('works for whoever knows the verifier alone, and not after a wrong guess', async () => {
      const page = await ticketOf(await newShop())
      assert.deepEqual(await refusal(page.redeem(page.ticket, { verifier: 'x'.repeat(43) })), refused)
      assert.deepEqual(await refusal(page.redeem(page.ticket)), refused)
      assert.deepEqual(await refusal(page.redeem('tk_nobody', { verifier: 'short' })), [422, 'verifier'])
    })

    test('works at the origin it was made for', async () => {
      const page = await ticketOf(await newShop())
      assert.deepEqual(await refusal(page.redeem(page.ticket, { origin: OTHER })), refused)
    })

    test('works on the site it was made for', async () => {
      const page = await ticketOf(await newShop())
      assert.deepEqual(await refusal(page.redeem(page.ticket, { at: await newShop() })), refused)
    })

    test('works for two minutes', async () => {
      const page = await ticketOf(await newShop())
      bench.clock.now += 2 * 60_000
      assert.deepEqual(await refusal(page.redeem(page.ticket)), refused)
    })

    test('signs in once when it is brought twice at the same moment', async () => {
      const page = await ticketOf(await newShop())
      const answers = await Promise.all([1, 2, 3].map(() => page.redeem(page.ticket)))
      assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 401, 401])
    })

    test('is no state, and a state is no ticket', async () => {
      const page = await start(await newShop())
      const { state } = issuer.letIn(page.location)
      assert.deepEqual(await refusal(page.redeem(state)), refused)
    })
  })

  test('its pages do nothing but run their own script, in the language of whoever reads them', async () => {
    const site = await newShop()
    const response = await opener(bench, site).open('/sign-in/oauth/nobody', { lang: 'zh-CN' })
    const page = await response.text()
    assert.match(page, /<html lang="zh-Hans">/)
    assert.doesNotMatch(page, /<script(?! type="module" src="\/sign-in\.js")|\son\w+=|style=/)
    const headers = Object.fromEntries(response.headers)
    assert.match(
      headers['content-security-policy'] ?? '',
      /default-src 'none'; script-src 'self'; .*frame-ancestors 'none'; require-trusted-types-for 'script'/,
    )
    assert.deepEqual(
      [headers['cache-control'], headers['referrer-policy'], headers['x-content-type-options']],
      ['no-store', 'no-referrer', 'nosniff'],
    )
    const hostile = { origin: '"><script>alert(1)</script>', site: '"><img src=x onerror=alert(1)>' }
    for (const [name, value] of Object.entries(hostile)) {
      const told = await (await opener(bench, site).open('/sign-in/oauth/work', { [name]: value })).text()
      assert.doesNotMatch(told, /alert|<img/)
    }
    assert.equal((await bench.request('/sign-in.css')).headers.get('content-type'), 'text/css; charset=utf-8')
  })
})

test('a name from elsewhere is made one that may stand here', () => {
  const names: [unknown, string | null][] = [
    ['  Ada \u0000 Lovelace\n', 'Ada   Lovelace'],
    ['\u202eevil', 'evil'],
    ['\ud800', '\ufffd'],
    ['', null],
    ['\u200b', null],
    [7, null],
    [undefined, null],
    ['e\u0301', 'é'],
    ['x'.repeat(5_000), 'x'.repeat(60)],
  ]
  for (const [told, name] of names) {
    const made = nameOf(told)
    assert.equal(made, name)
  }
  const family = '👨‍👩‍👧‍👦'
  assert.ok((nameOf(family.repeat(100)) as string).replaceAll(family, '') === '')
})
