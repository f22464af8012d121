import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Me } from '../../server/contract/people.ts'
import type { PasskeyOptions, Passkeys, Ticket } from '../../server/contract/sign-in.ts'
import { type Authenticator, authenticator, type Odd } from '../support/authenticator.ts'
import {
  type Bench,
  newSite,
  newToken,
  ORIGIN,
  onEveryDatabase,
  type TestSite,
} from '../support/databases.ts'
import { opener, toldBy } from '../support/pop-up.ts'
import { refusal } from '../support/somebody.ts'

const OWN = 'https://grapevine.test'
type Options = Parameters<Authenticator['create']>[0] & Parameters<Authenticator['get']>[0]

/** What the pages at the server's own origin ask. */
const ownPage =
  (bench: Bench, origin: string | undefined = OWN) =>
  (path: string, body: object) =>
    bench.request(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(origin ? { origin } : {}) },
      body: JSON.stringify(body),
    })

async function answered<T>(response: Promise<Response>): Promise<T> {
  const answer = await response
  assert.equal(answer.status, 200, await answer.clone().text())
  return (await answer.json()) as T
}

/** A browser of somebody on a site, a member unless told otherwise, with a device that keeps passkeys. */
async function member(bench: Bench, site: TestSite, { name = 'Ada', isMember = true } = {}) {
  const token = newToken()
  const device = authenticator(OWN)
  const ask = (method: string, path: string, body?: object) =>
    bench.request(path, {
      method,
      headers: {
        'content-type': 'application/json',
        'x-grapevine-site': site.publishableKey,
        authorization: `Bearer ${token}`,
        origin: ORIGIN,
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
  const { id } = await answered<Me>(ask('PATCH', '/v1/me', { name }))
  if (isMember)
    await bench.deps.write(({ db }) =>
      db
        .updateTable('person')
        .set({ member_since: 1 })
        .where('site_id', '=', site.id)
        .where('id', '=', id)
        .execute(),
    )
  const own = ownPage(bench)
  const ticket = async () => (await answered<Ticket>(ask('POST', '/v1/me/passkeys/ticket', {}))).ticket
  const options = async (ticket: string) => {
    const { options } = await answered<PasskeyOptions>(own('/v1/me/passkeys/options', { ticket }))
    return options as unknown as Options
  }
  return {
    id,
    ask,
    own,
    device,
    ticket,
    options,
    list: async () => (await answered<Passkeys>(ask('GET', '/v1/me/passkeys'))).data,
    /** Adds a passkey, as the page does it. */
    async add(odd: Odd = {}, named = 'Laptop') {
      const page = await ticket()
      const response = device.create(await options(page), odd)
      return own('/v1/me/passkeys/verify', { ticket: page, name: named, response })
    },
  }
}

onEveryDatabase('passkeys', (bench) => {
  const signInOptions = async (page: ReturnType<typeof opener>) => {
    const { options } = await answered<PasskeyOptions>(
      ownPage(bench)('/v1/sign-in/passkey/options', page.query),
    )
    return options as unknown as Options
  }
  const verify = (response: object) => ownPage(bench)('/v1/sign-in/passkey/verify', { response })

  test('a member adds one at the server’s own origin, and signs in with it on another page', async () => {
    const site = await newSite(bench)
    const ada = await member(bench, site)
    const { url } = await answered<Ticket>(ada.ask('POST', '/v1/me/passkeys/ticket', {}))
    assert.match(url, /^https:\/\/grapevine\.test\/sign-in\/passkey\/new\?ticket=tk_/)
    const told = await toldBy(await bench.request(url.slice(OWN.length)))
    assert.equal(told.step, 'new-passkey')
    const {
      options,
      name,
      site: called,
    } = await answered<PasskeyOptions>(ada.own('/v1/me/passkeys/options', { ticket: told.ticket }))
    assert.deepEqual([name, called], ['Ada', 'Shop'])
    const { rp, user, authenticatorSelection, attestation } = options as unknown as {
      rp: object
      user: { name: string }
      authenticatorSelection: { residentKey: string; userVerification: string }
      attestation: string
    }
    assert.deepEqual(rp, { name: 'Grapevine', id: 'grapevine.test' })
    assert.equal(user.name, 'Ada (Shop)')
    assert.deepEqual(
      [authenticatorSelection.residentKey, authenticatorSelection.userVerification, attestation],
      ['required', 'preferred', 'none'],
    )
    const response = ada.device.create(options as unknown as Options)
    const added = await answered<{ id: string; origin: string }>(
      ada.own('/v1/me/passkeys/verify', { ticket: told.ticket, name: 'Phone', response }),
    )
    assert.deepEqual(added, { id: response.id, origin: ORIGIN })
    const [kept] = await ada.list()
    assert.deepEqual([kept?.id, kept?.name, kept?.usedAt], [response.id, 'Phone', null])

    const page = opener(bench, site)
    assert.deepEqual(await toldBy(await page.open('/sign-in/passkey')), {
      status: 200,
      step: 'passkey',
      lang: 'en',
      ...page.query,
    })
    const { ticket } = await answered<{ ticket: string }>(verify(ada.device.get(await signInOptions(page))))
    const { me, token } = await page.signedIn(ticket, newToken())
    assert.equal(me.id, ada.id)
    assert.match(token, /^pt_/)
    assert.deepEqual(me.signsInBy, ['passkey'])
    assert.notEqual((await ada.list())[0]?.usedAt, null)
  })

  test('each challenge is good once, and for five minutes', async () => {
    const site = await newSite(bench)
    const ada = await member(bench, site)
    await answered(ada.add())
    const page = opener(bench, site)
    const response = ada.device.get(await signInOptions(page))
    await answered(verify(response))
    assert.deepEqual(await refusal(verify(response)), [401, 'response'])
    const late = ada.device.get(await signInOptions(page))
    bench.clock.now += 5 * 60_000
    assert.deepEqual(await refusal(verify(late)), [401, 'response'])

    const ticket = await ada.ticket()
    const added = ada.device.create(await ada.options(ticket))
    await answered(ada.own('/v1/me/passkeys/verify', { ticket, response: added }))
    assert.deepEqual(await refusal(ada.own('/v1/me/passkeys/verify', { ticket, response: added })), [
      401,
      'ticket',
    ])
    assert.deepEqual(await refusal(ada.own('/v1/me/passkeys/options', { ticket })), [401, 'ticket'])
  })

  test('a challenge for one thing is none for another', async () => {
    const site = await newSite(bench)
    const ada = await member(bench, site)
    await answered(ada.add())
    const ticket = await ada.ticket()
    const { challenge } = await ada.options(ticket)
    assert.deepEqual(await refusal(verify(ada.device.get({ challenge, rpId: 'grapevine.test' }))), [
      401,
      'response',
    ])
    const { challenge: other } = await signInOptions(opener(bench, site))
    const response = ada.device.create({ challenge: other, rp: { id: 'grapevine.test' }, user: { id: 'x' } })
    assert.deepEqual(await refusal(ada.own('/v1/me/passkeys/verify', { ticket, response })), [401, 'ticket'])
    const [mine, foreign] = [await ada.ticket(), await (await member(bench, site)).ticket()]
    const crossed = ada.device.create(await ada.options(foreign))
    assert.deepEqual(await refusal(ada.own('/v1/me/passkeys/verify', { ticket: mine, response: crossed })), [
      401,
      'ticket',
    ])
  })

  const WRONG: [string, Odd][] = [
    ['made for another origin', { origin: 'https://evil.example' }],
    ['made at the shop’s origin', { origin: ORIGIN }],
    ['made for another party', { rpId: 'evil.example' }],
    ['of another kind', { type: 'payment.get' }],
    ['made while nobody was there', { absent: true }],
    ['made in a frame of another page', { crossOrigin: true, topOrigin: 'https://evil.example' }],
  ]
  for (const [what, odd] of WRONG)
    test(`an answer ${what} is refused`, async () => {
      const site = await newSite(bench)
      const ada = await member(bench, site)
      assert.deepEqual(await refusal(ada.add(odd)), [422, 'response'])
      assert.deepEqual(await ada.list(), [])
      await answered(ada.add())
      const answer = ada.device.get(await signInOptions(opener(bench, site)), odd, 1)
      assert.deepEqual(await refusal(verify(answer)), [422, 'response'])
    })

  test('a signature that does not fit is refused, and so is a counter that went back', async () => {
    const site = await newSite(bench)
    const ada = await member(bench, site)
    await answered(ada.add())
    const page = opener(bench, site)
    const answer = async (odd: Odd) => verify(ada.device.get(await signInOptions(page), odd))
    assert.deepEqual(await refusal(answer({ tampered: true })), [422, 'response'])
    await answered(answer({ counter: 7 }))
    assert.deepEqual(await refusal(answer({ counter: 7 })), [422, 'response'])
    assert.deepEqual(await refusal(answer({ counter: 3 })), [422, 'response'])
    await answered(answer({ counter: 8 }))
  })

  test('what comes in is refused whatever it is', async () => {
    const site = await newSite(bench)
    const ada = await member(bench, site)
    await answered(ada.add())
    const good = ada.device.get(await signInOptions(opener(bench, site)))
    const changed: object[] = [
      { ...good, response: { ...good.response, authenticatorData: 'AAAA' } },
      { ...good, id: 'AAAA' },
      { ...good, type: 'password' },
      { ...good, response: { ...good.response, clientDataJSON: 'AAAA' } },
      {
        ...good,
        response: { ...good.response, clientDataJSON: Buffer.from('{"challenge":7}').toString('base64url') },
      },
      { ...good, response: { ...good.response, clientDataJSON: Buffer.from('null').toString('base64url') } },
      { ...good, response: { ...good.response, signature: '<script>' } },
      { ...good, response: 7 },
      {},
    ]
    for (const response of changed) {
      const [status] = await refusal(verify(response))
      assert.ok(status === 422 || status === 401, `${status} ${JSON.stringify(response)}`)
    }
    for (const attestationObject of ['AAAA', 'oA', Buffer.alloc(9_000, 0x9f).toString('base64url')]) {
      const ticket = await ada.ticket()
      const made = ada.device.create(await ada.options(ticket))
      const response = { ...made, response: { ...made.response, attestationObject } }
      assert.deepEqual(await refusal(ada.own('/v1/me/passkeys/verify', { ticket, response })), [
        422,
        'response',
      ])
    }
    assert.deepEqual(await refusal(ada.add({ fmt: 'nonsense' })), [422, 'response'])
  })

  describe('belong to one site and one person', () => {
    test('one of another site is not known', async () => {
      const [site, other] = [await newSite(bench), await newSite(bench)]
      const ada = await member(bench, other)
      await answered(ada.add())
      const answer = ada.device.get(await signInOptions(opener(bench, site)))
      assert.deepEqual(await refusal(verify(answer)), [401, 'response'])
    })

    test('nobody sees or removes another’s', async () => {
      const [site, elsewhere] = [await newSite(bench), await newSite(bench)]
      const [ada, eve] = [await member(bench, site), await member(bench, site, { name: 'Eve' })]
      const eva = await member(bench, elsewhere)
      await answered(ada.add())
      const [passkey] = await ada.list()
      assert.deepEqual(await eve.list(), [])
      for (const other of [eve, eva])
        assert.deepEqual(await refusal(other.ask('DELETE', `/v1/me/passkeys/${passkey?.id}`)), [
          404,
          undefined,
        ])
      assert.deepEqual(await refusal(ada.ask('DELETE', '/v1/me/passkeys/unknown')), [404, undefined])
      assert.equal((await ada.list()).length, 1)
      const { data } = await answered<Passkeys>(ada.ask('DELETE', `/v1/me/passkeys/${passkey?.id}`))
      assert.deepEqual(data, [])
      const answer = ada.device.get(await signInOptions(opener(bench, site)))
      assert.deepEqual(await refusal(verify(answer)), [401, 'response'])
    })

    test('one that is known is not taken over', async () => {
      const site = await newSite(bench)
      const [ada, eve] = [await member(bench, site), await member(bench, site, { name: 'Eve' })]
      const page = await ada.ticket()
      const made = ada.device.create(await ada.options(page))
      await answered(ada.own('/v1/me/passkeys/verify', { ticket: page, response: made }))
      const other = await eve.ticket()
      const { challenge } = await eve.options(other)
      const client = JSON.stringify({ type: 'webauthn.create', challenge, origin: OWN })
      const response = {
        ...made,
        response: { ...made.response, clientDataJSON: Buffer.from(client).toString('base64url') },
      }
      assert.deepEqual(await refusal(eve.own('/v1/me/passkeys/verify', { ticket: other, response })), [
        409,
        'response',
      ])
    })

    test('a person has twenty at most', async () => {
      const ada = await member(bench, await newSite(bench))
      for (let n = 0; n < 20; n++) await answered(ada.add({}, `Key ${n}`))
      assert.equal((await ada.add()).status, 409)
      assert.equal((await ada.list()).length, 20)
    })
  })

  test('one that was removed after it was used signs nobody in', async () => {
    const site = await newSite(bench)
    const ada = await member(bench, site)
    await answered(ada.add())
    const page = opener(bench, site)
    const { ticket } = await answered<{ ticket: string }>(verify(ada.device.get(await signInOptions(page))))
    await answered(ada.ask('DELETE', `/v1/me/passkeys/${(await ada.list())[0]?.id}`))
    assert.deepEqual(await refusal(page.redeem(ticket)), [401, 'ticket'])
  })

  test('guests and strangers have none', async () => {
    const site = await newSite(bench)
    const guest = await member(bench, site, { isMember: false })
    for (const [method, path, body] of [
      ['GET', '/v1/me/passkeys'],
      ['DELETE', '/v1/me/passkeys/x'],
      ['POST', '/v1/me/passkeys/ticket', {}],
    ] as const) {
      assert.deepEqual(await refusal(guest.ask(method, path, body)), [403, undefined])
      const headers = { 'content-type': 'application/json', 'x-grapevine-site': site.publishableKey }
      const init = { method, headers, ...(body ? { body: '{}' } : {}) }
      assert.deepEqual(await refusal(bench.request(path, init)), [401, undefined])
    }
  })

  test('only pages of the server’s own ask for them', async () => {
    const site = await newSite(bench)
    const { query } = opener(bench, site)
    for (const origin of [ORIGIN, 'https://evil.example', 'null'])
      for (const path of [
        '/v1/sign-in/passkey/options',
        '/v1/sign-in/passkey/verify',
        '/v1/me/passkeys/options',
      ])
        assert.deepEqual(await refusal(ownPage(bench, origin)(path, query)), [403, undefined])
    const ask = (other: object) => ownPage(bench)('/v1/sign-in/passkey/options', { ...query, ...other })
    assert.deepEqual(await refusal(ask({ origin: 'https://evil.example' })), [403, 'origin'])
    assert.deepEqual(await refusal(ask({ site: 'pk_unknown00000000' })), [404, 'site'])
    assert.deepEqual(await refusal(ask({ site: site.secretKey })), [404, 'site'])
    assert.deepEqual(await refusal(ask({ challenge: 'short' })), [422, 'challenge'])
    const told = await toldBy(
      await opener(bench, site).open('/sign-in/passkey', { origin: 'https://evil.example' }),
    )
    assert.deepEqual([told.status, told.fault, told.origin], [403, 'origin', undefined])
    assert.equal((await toldBy(await bench.request('/sign-in/passkey/new?ticket=%22%3E'))).fault, 'link')
  })

  test('are not offered where the owner has switched them off', async () => {
    const site = await newSite(bench)
    const ada = await member(bench, site)
    await bench.request('/v1/sign-in/settings', {
      method: 'PATCH',
      headers: { authorization: `Bearer ${site.secretKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ passkeys: false }),
    })
    const { query } = opener(bench, site)
    assert.equal((await ownPage(bench)('/v1/sign-in/passkey/options', query)).status, 404)
    assert.equal((await ada.ask('POST', '/v1/me/passkeys/ticket', {})).status, 404)
  })
})
