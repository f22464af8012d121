import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, test } from 'node:test'
import type { CommentSettings } from '../../server/contract/screening.ts'
import { fetchOutbound } from '../../server/outbound.ts'
import { seal } from '../../server/seal.ts'
import { keepSettings } from '../../server/settings.ts'
import { choose, commenter, keptOf } from '../support/commenter.ts'
import { newSite, onEveryDatabase, type TestSite } from '../support/databases.ts'
import { refusal } from '../support/somebody.ts'

interface Call {
  headers: IncomingMessage['headers']
  body: string
}

const closing: (() => void)[] = []
after(() => {
  for (const close of closing) close()
})

/** Somebody else's server, which keeps what it was sent. */
async function standIn(answer: (response: ServerResponse, call: Call) => void) {
  const calls: Call[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const part of request) body += part
    const call = { headers: request.headers, body }
    calls.push(call)
    answer(response, call)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  closing.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/check`, calls }
}

const saying = (text: string, status = 200, headers: Record<string, string> = {}) =>
  standIn((response) => response.writeHead(status, headers).end(text))
const verdict = (body: unknown) => saying(JSON.stringify(body))

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const BASE = { policy: 'open', proofOfWork: 'never' } as const

onEveryDatabase('hooks', (bench) => {
  const withHook = async (url: string, more: object = {}) => {
    const site = await newSite(bench)
    await choose(bench, site, { ...BASE, hook: { url, secret: SECRET, ...more } })
    return site
  }
  const withAkismet = async (url: string, more: object = {}) => {
    const site = await newSite(bench)
    await choose(bench, site, { ...BASE, akismet: { url, key: 'abc123', ...more } })
    return site
  }
  const whyOf = async (site: TestSite, body = 'Hello there') => {
    const kept = await keptOf(bench, site, (await commenter(bench, site).say(body)).id)
    return [kept.state, ...kept.why.map(({ reason, detail }) => `${reason} ${detail}`)]
  }

  test('the owner’s hook is told of the attempt, signed as Standard Webhooks says', async () => {
    const { url, calls } = await verdict({ verdict: 'visible' })
    const site = await withHook(url)
    const said = await commenter(bench, site, 'Ünï').say('Hello https://a.example/', {
      mail: 'u@post.example',
    })
    assert.equal(said.state, 'visible')
    const [call] = calls as [Call]
    const { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': signature } = call.headers
    const key = Buffer.from(SECRET.slice('whsec_'.length), 'base64')
    const expected = createHmac('sha256', key).update(`${id}.${at}.${call.body}`).digest('base64')
    assert.equal(signature, `v1,${expected}`)
    assert.match(`${id}`, /^msg_/)
    const { type, data } = JSON.parse(call.body) as { type: string; data: Record<string, unknown> }
    assert.equal(type, 'comment.check')
    assert.deepEqual(
      [data.body, data.links, data.name, data.mail, data.member, data.edited],
      ['Hello https://a.example/', ['https://a.example/'], 'Ünï', 'u@post.example', false, false],
    )
  })

  test('it may hold or refuse, and say why', async () => {
    const held = await withHook((await verdict({ verdict: 'held', reason: 'off topic' })).url)
    assert.deepEqual(await whyOf(held), ['held', 'hook off topic'])
    const refused = await withHook((await verdict({ verdict: 'refused', reason: 'no ads' })).url)
    const answer = await commenter(bench, refused).attempt('Hello')
    assert.equal(answer.status, 403)
    assert.match(await answer.clone().text(), /no ads/)
    assert.deepEqual(await refusal(answer), [403, 'body'])
    const { rows } = await bench.deps.read
      .selectFrom('comment')
      .select('id')
      .where('site_id', '=', refused.id)
      .execute()
      .then((rows) => ({ rows }))
    assert.deepEqual(rows, [])
  })

  test('a hook that fails is answered for by the settings', async () => {
    const broken = [
      await saying('no json'),
      await verdict({ verdict: 'maybe' }),
      await verdict(['visible']),
      await saying('{"verdict":"visible"}', 500),
      await saying('{"verdict":"visible"}', 302, { location: 'http://127.0.0.1:1/' }),
      await saying(`{"verdict":"visible","reason":"${'x'.repeat(100_000)}"}`),
      await standIn((response) => response.destroy()),
      await standIn((response) => response.writeHead(200, { 'content-length': '100' }).write('{')),
      await standIn(() => {}),
      { url: 'http://127.0.0.1:1/' },
    ]
    for (const { url } of broken) {
      const site = await withHook(url, { timeoutMs: 200 })
      const [state, why] = await whyOf(site)
      assert.equal(state, 'held', url)
      assert.match(`${why}`, /^hook_failed hook /)
      await choose(bench, site, { hook: { url, secret: '…', timeoutMs: 200, onFailure: 'visible' } })
      assert.deepEqual(await whyOf(site, 'Something else'), ['visible'])
    }
  })

  test('what is written goes on while a hook is slow', async () => {
    let release = () => {}
    const slow = await standIn((response) => {
      release = () => response.end('{"verdict":"visible"}')
    })
    const site = await withHook(slow.url, { timeoutMs: 5_000 })
    const waiting = commenter(bench, site).say('Hello')
    while (slow.calls.length === 0) await new Promise((turn) => setImmediate(turn))
    const other = await newSite(bench)
    await choose(bench, other, BASE)
    assert.equal((await commenter(bench, other).say('Hi')).state, 'visible')
    release()
    assert.equal((await waiting).state, 'visible')
  })

  test('Akismet is asked by a form, with the key and what it wants to know', async () => {
    const { url, calls } = await saying('false')
    const site = await withAkismet(url)
    assert.deepEqual(await whyOf(site), ['visible'])
    const form = new URLSearchParams(calls[0]?.body)
    assert.equal(calls[0]?.headers['content-type'], 'application/x-www-form-urlencoded')
    assert.deepEqual(
      ['api_key', 'blog', 'permalink', 'comment_author', 'comment_content', 'comment_type'].map((name) =>
        form.get(name),
      ),
      ['abc123', 'https://shop.example', 'https://shop.example/article', 'Carol', 'Hello there', 'comment'],
    )
    assert.match(`${form.get('user_agent')}`, /Mozilla/)
  })

  test('spam is held or refused as the owner says; what Akismet is sure of is refused', async () => {
    assert.deepEqual(await whyOf(await withAkismet((await saying('true')).url)), ['held', 'akismet spam'])
    const refusing = await withAkismet((await saying('true')).url, { onSpam: 'refused' })
    assert.deepEqual(await refusal(commenter(bench, refusing).attempt('Hello')), [403, 'body'])
    const sure = await withAkismet((await saying('true', 200, { 'x-akismet-pro-tip': 'discard' })).url)
    assert.deepEqual(await refusal(commenter(bench, sure).attempt('Hello')), [403, 'body'])
    const invalid = await withAkismet(
      (await saying('invalid', 200, { 'x-akismet-debug-help': 'bad key' })).url,
    )
    const [state, why] = await whyOf(invalid)
    assert.equal(state, 'held')
    assert.match(`${why}`, /hook_failed Akismet .*bad key/)
  })

  test('two hooks are asked at once, and each may hold', async () => {
    const calls: string[] = []
    const both: ServerResponse[] = []
    const meets = (name: string, text: string) =>
      standIn((response) => {
        calls.push(name)
        both.push(response)
        response.write('')
        // Each answers only once both were asked.
        if (calls.length === 2) for (const one of both) one.end(one === response ? text : otherText(text))
      })
    const otherText = (text: string) => (text === 'true' ? '{"verdict":"held","reason":"b"}' : 'true')
    const [akismet, hook] = [
      await meets('akismet', 'true'),
      await meets('hook', '{"verdict":"held","reason":"b"}'),
    ]
    const site = await newSite(bench)
    await choose(bench, site, {
      ...BASE,
      akismet: { url: akismet.url, key: 'k' },
      hook: { url: hook.url, secret: SECRET },
    })
    assert.deepEqual(await whyOf(site), ['held', 'akismet spam', 'hook b'])
  })

  test('secrets are kept sealed and never shown', async () => {
    const { url, calls } = await verdict({ verdict: 'visible' })
    const site = await withHook(url)
    await choose(bench, site, { akismet: { url: (await saying('false')).url, key: 'abc123' } })
    const shown = async () => {
      const response = await bench.request('/v1/moderation/settings', {
        headers: { authorization: `Bearer ${site.secretKey}` },
      })
      return (await response.json()) as CommentSettings
    }
    assert.deepEqual([(await shown()).hook?.secret, (await shown()).akismet?.key], ['…', '…'])
    // What was given for one address is not sent to another.
    const moved = bench.request('/v1/moderation/settings', {
      method: 'PATCH',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${site.secretKey}` },
      body: JSON.stringify({ akismet: { url: 'https://other.example/', key: '…' } }),
    })
    assert.deepEqual(await refusal(moved), [422, 'akismet.key'])
    const rows = await bench.deps.read
      .selectFrom('setting')
      .select('value')
      .where('site_id', '=', site.id)
      .execute()
    const acts = await bench.deps.read
      .selectFrom('moderation_act')
      .selectAll()
      .where('site_id', '=', site.id)
      .execute()
    assert.ok(acts.length === 2 && acts.every(({ act }) => act === 'settings'))
    for (const text of [JSON.stringify(rows), JSON.stringify(acts)])
      assert.ok(!text.includes('abc123') && !text.includes(SECRET))
    // What is shown may be sent back whole.
    await choose(bench, site, await shown())
    await commenter(bench, site).say('Hello')
    const {
      'webhook-signature': signature,
      'webhook-id': id,
      'webhook-timestamp': at,
    } = calls[0]?.headers ?? {}
    const key = Buffer.from(SECRET.slice('whsec_'.length), 'base64')
    assert.equal(
      signature,
      `v1,${createHmac('sha256', key).update(`${id}.${at}.${calls[0]?.body}`).digest('base64')}`,
    )
  })

  test('what was sealed with another secret fails as a hook that does not answer', async () => {
    const site = await withHook((await verdict({ verdict: 'visible' })).url)
    const kept = () =>
      bench.deps.read
        .selectFrom('setting')
        .select('value')
        .where('site_id', '=', site.id)
        .executeTakeFirstOrThrow()
    const settings = JSON.parse((await kept()).value) as CommentSettings
    const foreign = seal('another secret', 'comment hooks', SECRET)
    const hook = settings.hook && { ...settings.hook, secret: foreign }
    await bench.deps.write((work) => keepSettings(work, site.id, 'comments', { ...settings, hook }))
    const [state, why] = await whyOf(site)
    assert.equal(state, 'held')
    assert.match(`${why}`, /another SECRET/)
  })

  test('changes of different parts at once are all kept', async () => {
    const site = await newSite(bench)
    const parts = {
      maxLinks: 1,
      maxLength: 2,
      perMinute: 3,
      reportsToHold: 4,
      editMinutes: 5,
      closeAfterDays: 6,
    }
    await Promise.all(Object.entries(parts).map(([name, value]) => choose(bench, site, { [name]: value })))
    const { maxLinks, maxLength, perMinute, reportsToHold, editMinutes, closeAfterDays } = await choose(
      bench,
      site,
      {},
    )
    assert.deepEqual({ maxLinks, maxLength, perMinute, reportsToHold, editMinutes, closeAfterDays }, parts)
  })

  test('settings are refused whole, by the field', async () => {
    const site = await newSite(bench)
    const patch = (change: unknown) =>
      bench.request('/v1/moderation/settings', {
        method: 'PATCH',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${site.secretKey}` },
        body: JSON.stringify(change),
      })
    const wrong: [object, string][] = [
      [{ policy: 'closed' }, 'policy'],
      [{ maxLength: 10_001 }, 'maxLength'],
      [{ heldWords: ['x', ''] }, 'heldWords[1]'],
      [{ heldWords: Array.from({ length: 2_001 }, () => 'x') }, 'heldWords'],
      [{ rules: [{ verdict: 'held', colour: 'red' }] }, 'rules[0].colour'],
      [{ hook: { url: 'ftp://a.example/', secret: SECRET } }, 'hook.url'],
      [{ hook: { url: 'https://u:p@a.example/', secret: SECRET } }, 'hook.url'],
      [{ hook: { url: 'https://a.example/', secret: 'short' } }, 'hook.secret'],
      [{ hook: { url: 'https://a.example/', secret: '…' } }, 'hook.secret'],
      [{ hook: { url: 'https://a.example/' } }, 'hook.secret'],
      [{ akismet: { key: '…' } }, 'akismet.key'],
      [{ akismet: {} }, 'akismet.key'],
      [{ nothing: 1 }, 'nothing'],
    ]
    for (const [change, field] of wrong)
      assert.deepEqual(await refusal(patch(change)), [422, field], JSON.stringify(change).slice(0, 80))
    assert.equal((await choose(bench, site, {})).policy, 'first_held')
    assert.equal((await choose(bench, site, { policy: 'open' })).maxLinks, 5)
    assert.equal((await choose(bench, site, { maxLinks: 1 })).policy, 'open')
    assert.equal((await choose(bench, site, { hook: null })).hook, null)
  })

  test('moderators read the settings, owners change them, others neither', async () => {
    const site = await newSite(bench)
    const carol = commenter(bench, site)
    const { person } = await keptOf(bench, site, (await carol.say('Hello')).id)
    const asked = async (method: string, headers: Record<string, string>) => {
      const response = await bench.request('/v1/moderation/settings', {
        method,
        headers: { 'content-type': 'application/json', ...headers },
        ...(method === 'PATCH' ? { body: '{"policy":"open"}' } : {}),
      })
      return response.status
    }
    const page = { 'x-grapevine-site': site.publishableKey, authorization: `Bearer ${carol.token}` }
    const key = { authorization: `Bearer ${site.secretKey}` }
    const both = async (headers: Record<string, string>) => [
      await asked('GET', headers),
      await asked('PATCH', headers),
    ]
    assert.deepEqual(await both({}), [401, 401])
    assert.deepEqual(await both(page), [403, 401])
    await bench.deps.write(({ db }) =>
      db
        .updateTable('person')
        .set({ role: 'moderator' })
        .where('site_id', '=', site.id)
        .where('id', '=', person)
        .execute(),
    )
    assert.deepEqual(await both(page), [200, 401])
    assert.deepEqual(
      await both({ ...page, 'x-grapevine-site': (await newSite(bench)).publishableKey }),
      [403, 401],
    )
    assert.deepEqual(await both(key), [200, 200])
  })

  test('where calls to oneself are not allowed, such a hook cannot be set nor called', async () => {
    const { url, calls } = await verdict({ verdict: 'visible' })
    const config = { ...bench.deps.config, outboundPrivate: false }
    await assert.rejects(fetchOutbound({ config }, url), { fault: 'address' })
    assert.equal(calls.length, 0)
  })
})
