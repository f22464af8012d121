import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Me, Member, Members } from '../../server/contract/people.ts'
import { issueSignInLink } from '../../server/sites/sign-in-owner.ts'
import { newSite, onEveryDatabase, type TestSite } from '../support/databases.ts'
import { browser, newAddress, withMailbox } from '../support/members.ts'
import { dashboardOf, personOf } from '../support/moderating.ts'
import { refusal } from '../support/somebody.ts'

type Role = 'owner' | 'admin' | 'moderator'

onEveryDatabase('members', (bench) => {
  const mail = withMailbox(bench)

  /** Asks as a secret key, or as whatever a header says. */
  const ask = (site: TestSite, method: string, path: string, body?: object, who?: Record<string, string>) =>
    bench.request(path, {
      method,
      headers: {
        'content-type': 'application/json',
        ...(who ?? { authorization: `Bearer ${site.secretKey}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  const memberOf = async (site: TestSite, name?: string) => {
    const one = browser(bench, site)
    const { me } = await one.byMail(mail, newAddress())
    if (name) await one.call(name)
    return { ...one, id: me.id }
  }
  const list = async (site: TestSite, query = '') =>
    (await (await ask(site, 'GET', `/v1/people?${query}`)).json()) as Members
  /** A session of the dashboard, of this role. */
  const session = async (site: TestSite, role: Role, person: string | null = null) => {
    const token = await bench.deps.write((work) => issueSignInLink(work, site.id, { role, person }))
    const response = await bench.request('/v1/owner/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
    })
    return { cookie: response.headers.get('set-cookie')?.split(';')[0] ?? '' }
  }

  test('are listed latest first, page by page, by name and by role', async () => {
    const site = await newSite(bench)
    const [ana, bea] = [await memberOf(site, 'Ana'), await memberOf(site, 'BEATE Ünal')]
    const guest = await browser(bench, site).call('Gast')
    await ask(site, 'PATCH', `/v1/people/${ana.id}`, { role: 'moderator' })
    const { data } = await list(site)
    assert.deepEqual(
      data.map(({ id, name, member, role }) => [id, name, member, role]),
      [
        [guest.id, 'Gast', false, 'member'],
        [bea.id, 'BEATE Ünal', true, 'member'],
        [ana.id, 'Ana', true, 'moderator'],
      ],
    )
    const first = await list(site, 'limit=2')
    const second = await list(site, `limit=2&cursor=${first.next}`)
    assert.deepEqual([...first.data, ...second.data], data)
    assert.equal(second.next, null)
    const ids = async (query: string) => (await list(site, query)).data.map(({ id }) => id)
    assert.deepEqual(await ids('q=beate'), [bea.id])
    assert.deepEqual(await ids(`q=${encodeURIComponent('Ünal')}`), [bea.id])
    assert.deepEqual(await ids('q=%25'), [])
    assert.deepEqual(await ids('role=moderator'), [ana.id])
    assert.deepEqual(await ids(`person=${guest.id}`), [guest.id])
    assert.deepEqual((await list(await newSite(bench))).data, [])
    assert.deepEqual(await refusal(ask(site, 'GET', '/v1/people?role=king')), [422, 'role'])
    assert.deepEqual(await refusal(ask(site, 'GET', '/v1/people?cursor=x')), [422, 'cursor'])
  })

  test('get a role and a level; it is on the record, and can be undone', async () => {
    const site = await newSite(bench)
    const { id } = await memberOf(site, 'Ana')
    const change = async (body: object) =>
      (await (await ask(site, 'PATCH', `/v1/people/${id}`, body)).json()) as Member
    assert.equal((await change({ level: 3 })).level, 3)
    assert.equal((await change({ role: 'admin' })).role, 'admin')
    assert.equal((await change({ role: 'admin' })).role, 'admin')
    assert.notEqual((await change({ level: null, role: 'member' })).level, 3)
    const acts = await bench.deps.read
      .selectFrom('moderation_act')
      .select(['act', 'before', 'id'])
      .where('site_id', '=', site.id)
      .orderBy('id')
      .execute()
    assert.deepEqual(
      acts.map(({ act, before }) => [act, JSON.parse(before)]),
      [
        ['level', { was: null, is: 3 }],
        ['role', { was: 'member', is: 'admin' }],
        ['role', { was: 'admin', is: 'member' }],
        ['level', { was: 3, is: null }],
      ],
    )
    const undone = await ask(site, 'POST', `/v1/moderation/acts/${acts[2]?.id}/undo`, {})
    assert.equal(undone.status, 200, await undone.clone().text())
    assert.equal((await list(site, `person=${id}`)).data[0]?.role, 'admin')
  })

  test('an admin makes moderators, and neither makes nor unmakes owners and admins', async () => {
    const site = await newSite(bench)
    const [one, boss] = [await memberOf(site), await memberOf(site)]
    await ask(site, 'PATCH', `/v1/people/${boss.id}`, { role: 'owner' })
    const admin = await session(site, 'admin')
    const status = async (id: string, role: string, who = admin) =>
      (await ask(site, 'PATCH', `/v1/people/${id}`, { role }, who)).status
    assert.equal(await status(one.id, 'moderator'), 200)
    assert.equal(await status(one.id, 'admin'), 403)
    assert.equal(await status(one.id, 'owner'), 403)
    assert.equal(await status(boss.id, 'member'), 403)
    assert.equal(await status(one.id, 'member'), 200)
    const owner = await session(site, 'owner')
    assert.equal(await status(one.id, 'admin', owner), 200)
    assert.equal(await status(one.id, 'member'), 403)
  })

  test('are seen and changed by owners and admins alone', async () => {
    const [site, other] = [await newSite(bench), await newSite(bench)]
    const one = await memberOf(site, 'Ana')
    const moderator = await memberOf(site, 'Mod')
    await ask(site, 'PATCH', `/v1/people/${moderator.id}`, { role: 'moderator' })
    const byToken = (token: string) => ({
      authorization: `Bearer ${token}`,
      'x-grapevine-site': site.publishableKey,
      origin: site.origins[0] ?? '',
    })
    for (const [who, headers, expected] of [
      ['nobody', {}, 401],
      ['a member', byToken(one.token as string), 401],
      ['a moderator’s token', byToken(moderator.token as string), 401],
      ['a moderator’s session', await session(site, 'moderator', moderator.id), 403],
      ['a wrong key', { authorization: 'Bearer sk_nothing' }, 401],
    ] as const) {
      assert.equal((await ask(site, 'GET', '/v1/people', undefined, headers)).status, expected, who)
      const change = await ask(site, 'PATCH', `/v1/people/${one.id}`, { role: 'admin' }, headers)
      assert.equal(change.status, expected, who)
    }
    const unknown = await ask(other, 'PATCH', '/v1/people/nobody-here-----', { level: 1 })
    const elsewhere = await ask(other, 'PATCH', `/v1/people/${one.id}`, { level: 1 })
    const told = async (response: Response) => {
      const { error } = (await response.json()) as { error: { code: string; message: string } }
      return [response.status, error.code, error.message]
    }
    assert.deepEqual(await told(elsewhere), await told(unknown))
    const guest = await browser(bench, site).call('Gast')
    assert.deepEqual(await refusal(ask(site, 'PATCH', `/v1/people/${guest.id}`, { role: 'moderator' })), [
      409,
      'role',
    ])
    for (const [body, field] of [
      [{ role: 'king' }, 'role'],
      [{ level: 5 }, 'level'],
      [{ level: -1 }, 'level'],
      [{ level: '1' }, 'level'],
      [{ name: 'X' }, 'name'],
    ] as const)
      assert.deepEqual(await refusal(ask(site, 'PATCH', `/v1/people/${one.id}`, body)), [422, field])
  })

  test('whoever signs out everywhere is out of the dashboard, too', async () => {
    const site = await newSite(bench)
    const mona = await personOf(bench, site, 'moderator', 'Mona')
    const session = await dashboardOf(bench, site, 'moderator', mona.id)
    const owner = await dashboardOf(bench, site)
    const { url } = await mona.done<{ url: string }>('POST', '/v1/me/dashboard', {})
    assert.equal((await session.ask('GET', '/v1/moderation/queue')).status, 200)
    assert.equal((await mona.ask('DELETE', '/v1/session?everywhere=true')).status, 204)
    assert.equal((await session.ask('GET', '/v1/moderation/queue')).status, 401)
    const token = url.replace(/.*sign-in=/, '')
    assert.equal((await owner.ask('POST', '/v1/owner/session', { token })).status, 401)
    assert.equal((await owner.ask('GET', '/v1/moderation/queue')).status, 200)
  })

  test('who help to run the site go from its pages to the dashboard, once, with their role', async () => {
    const site = await newSite(bench)
    const one = await memberOf(site, 'Mod')
    assert.equal((await one.ask('POST', '/v1/me/dashboard', {})).status, 403)
    await ask(site, 'PATCH', `/v1/people/${one.id}`, { role: 'moderator' })
    const response = await one.ask('POST', '/v1/me/dashboard', {})
    assert.equal(response.status, 200, await response.clone().text())
    const { url } = (await response.json()) as { url: string }
    const [, token] = url.split('#sign-in=')
    const enter = () =>
      bench.request('/v1/owner/session', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ token }),
      })
    const entered = await enter()
    assert.equal(((await entered.json()) as { role: string }).role, 'moderator')
    assert.equal((await enter()).status, 401)
    const cookie = { cookie: entered.headers.get('set-cookie')?.split(';')[0] ?? '' }
    assert.equal((await ask(site, 'GET', '/v1/moderation/queue', undefined, cookie)).status, 200)
    await ask(site, 'PATCH', `/v1/people/${one.id}`, { role: 'member' })
    assert.equal((await ask(site, 'GET', '/v1/moderation/queue', undefined, cookie)).status, 401)
    assert.equal((await ask(site, 'POST', '/v1/me/dashboard', {})).status, 403)
    assert.equal((await browser(bench, site).ask('POST', '/v1/me/dashboard', {})).status, 403)
  })

  test('see themselves: what they are, by what they sign in, and nobody else sees it', async () => {
    const site = await newSite(bench)
    const one = await memberOf(site, 'Ana')
    const me: Me = await one.me()
    assert.deepEqual([me.member, me.role, me.signsInBy, me.avatar], [true, 'member', ['mail'], null])
    const response = await one.ask('GET', '/v1/me')
    assert.equal(response.headers.get('cache-control'), 'private, no-store')
  })
})
