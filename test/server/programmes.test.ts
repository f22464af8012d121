import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { PageAuthor } from '../../server/contract/pages.ts'
import type { Programme, Programmes, ProgrammeVersions } from '../../server/contract/programmes.ts'
import { newSite, onEveryDatabase, serverOf, type TestSite } from '../support/databases.ts'
import { ARTICLE, refusal, somebody } from '../support/somebody.ts'

const RULE = { currency: 'EUR', pot: { percent: 20 } }

onEveryDatabase('programmes', (bench) => {
  const ownerOf = (site: TestSite) => {
    const server = serverOf(bench, site)
    const send =
      (method: string) =>
      (path: string, body: unknown, more: Record<string, string> = {}) =>
        bench.request(path, {
          method,
          headers: { 'content-type': 'application/json', authorization: `Bearer ${site.secretKey}`, ...more },
          body: JSON.stringify(body),
        })
    return { ...server, key: site.secretKey, patch: send('PATCH'), put: send('PUT') }
  }
  const read = async <T>(response: Response | Promise<Response>) => (await (await response).json()) as T

  async function aProgramme(more: object = {}) {
    const site = await newSite(bench)
    const owner = ownerOf(site)
    const response = await owner.post('/v1/programmes', { name: 'Friends', rule: RULE, ...more })
    assert.equal(response.status, 201, await response.clone().text())
    return { site, owner, programme: await read<Programme>(response) }
  }

  it('begins as a draft with every default told', async () => {
    const { owner, programme } = await aProgramme()
    const { rule, ...rest } = programme
    assert.deepEqual([rest.name, rest.status, rest.version], ['Friends', 'draft', 1])
    assert.deepEqual(rest.totals, { conversions: 0, people: 0, owed: [], paid: [], left: [] })
    assert.deepEqual(
      [rule.split, rule.touch, rule.holdDays, rule.proof, rule.sharers, rule.limits.budget, rule.pays],
      ['leibniz', 'last', 14, 'proved', true, null, 'money'],
    )
    assert.deepEqual((await owner.get<Programmes>('/v1/programmes')).data, [programme])
    assert.deepEqual(await owner.get(`/v1/programmes/${programme.id}`), programme)
  })

  it('is made once under one idempotency key', async () => {
    const { owner } = await aProgramme()
    const body = { name: 'Once', rule: RULE }
    const all = await Promise.all(
      Array.from({ length: 8 }, () => owner.post('/v1/programmes', body, { 'idempotency-key': 'k' })),
    )
    const ids = new Set(await Promise.all(all.map(async (one) => (await read<Programme>(one)).id)))
    assert.equal(ids.size, 1)
    const other = owner.post('/v1/programmes', { ...body, name: 'Other' }, { 'idempotency-key': 'k' })
    assert.deepEqual(await refusal(other), [422, 'Idempotency-Key'])
  })

  it('is changed once under one idempotency key, and a page’s author is set once', async () => {
    const { owner, programme } = await aProgramme()
    const headers = { 'idempotency-key': 'k' }
    const patch = (name: string, more = {}) => owner.patch(`/v1/programmes/${programme.id}`, { name }, more)
    const first = await read<Programme>(patch('First', headers))
    await patch('Second')
    assert.deepEqual(await read<Programme>(patch('First', headers)), first)
    assert.equal((await owner.get<Programme>(`/v1/programmes/${programme.id}`)).name, 'Second')
    assert.deepEqual(await refusal(patch('Third', headers)), [422, 'Idempotency-Key'])
    const put = (customerId: string) =>
      owner.put('/v1/pages/author', { url: ARTICLE, customerId }, { 'idempotency-key': 'author' })
    assert.equal((await put('ann')).status, 200)
    assert.deepEqual(await refusal(put('ben')), [422, 'Idempotency-Key'])
  })

  it('keeps each rule as a version; the same rule again, a name or a status make none', async () => {
    const { owner, programme } = await aProgramme()
    const path = `/v1/programmes/${programme.id}`
    const patch = (change: object) => read<Programme>(owner.patch(path, change))
    assert.equal((await patch({ rule: RULE })).version, 1)
    // The same rule, its defaults told and its fields in another order.
    assert.equal((await patch({ rule: { holdDays: 14, split: 'leibniz', ...RULE } })).version, 1)
    assert.equal((await patch({ name: 'Renamed' })).version, 1)
    const changed = await patch({ rule: { ...RULE, holdDays: 7 } })
    assert.deepEqual([changed.version, changed.name, changed.rule.holdDays], [2, 'Renamed', 7])
    assert.equal((await patch({ status: 'running' })).version, 2)
    const { data } = await owner.get<ProgrammeVersions>(`${path}/versions`)
    assert.deepEqual(
      data.map(({ version, rule }) => [version, rule.holdDays]),
      [
        [2, 7],
        [1, 14],
      ],
    )
  })

  it('loses no version of edits that come at once', async () => {
    const { owner, programme } = await aProgramme()
    const path = `/v1/programmes/${programme.id}`
    const holds = Array.from({ length: 20 }, (_, i) => 100 + i)
    const answers = await Promise.all(
      holds.map((holdDays) => owner.patch(path, { rule: { ...RULE, holdDays } })),
    )
    assert.ok(answers.every(({ status }) => status === 200))
    const { data } = await owner.get<ProgrammeVersions>(`${path}/versions`)
    assert.deepEqual(
      data.map(({ version }) => version),
      Array.from({ length: 21 }, (_, i) => 21 - i),
    )
    assert.deepEqual(
      data
        .slice(0, 20)
        .map(({ rule }) => rule.holdDays)
        .sort(),
      holds,
    )
    assert.equal((await owner.get<Programme>(path)).version, 21)
  })

  it('goes from draft to running, to and fro to paused, and ends for good', async () => {
    const steps: [string, number][] = [
      ['paused', 409],
      ['draft', 200],
      ['running', 200],
      ['draft', 409],
      ['paused', 200],
      ['paused', 200],
      ['running', 200],
      ['ended', 200],
      ['ended', 200],
      ['running', 409],
      ['paused', 409],
      ['draft', 409],
    ]
    const { owner, programme } = await aProgramme()
    const path = `/v1/programmes/${programme.id}`
    for (const [status, expected] of steps)
      assert.equal((await owner.patch(path, { status })).status, expected, status)
    assert.equal((await owner.patch(path, { name: 'Late' })).status, 409)
    assert.equal((await owner.patch(path, { rule: { ...RULE, holdDays: 1 } })).status, 409)
    assert.equal((await owner.get<Programme>(path)).status, 'ended')
  })

  it('writes down who did what', async () => {
    const { site, owner, programme } = await aProgramme({ status: 'running' })
    const path = `/v1/programmes/${programme.id}`
    await owner.patch(path, { rule: { ...RULE, holdDays: 3 }, status: 'paused' })
    await owner.patch(path, {})
    await owner.patch(path, { status: 'running' })
    await owner.patch(path, { status: 'ended' })
    const rows = await bench.deps.read
      .selectFrom('decision')
      .select(['act', 'who'])
      .where('site_id', '=', site.id)
      .where('subject', '=', programme.id)
      .orderBy('id')
      .execute()
    assert.deepEqual(
      rows.map(({ act }) => act),
      ['create', 'run', 'change', 'pause', 'run', 'end'],
    )
    assert.deepEqual([...new Set(rows.map(({ who }) => who))], [`secret key …${site.secretKey.slice(-4)}`])
  })

  it('refuses a rule that makes no sense, and names the field', async () => {
    const { owner } = await aProgramme()
    const bad: [object, string][] = [
      [{ currency: 'EURO' }, 'rule.currency'],
      [{ currency: undefined }, 'rule.currency'],
      [{ pot: { fixed: 0 } }, 'rule.pot.fixed'],
      [{ pot: { fixed: 1.5 } }, 'rule.pot.fixed'],
      [{ pot: { percent: 0 } }, 'rule.pot.percent'],
      [{ pot: { percent: 101 } }, 'rule.pot.percent'],
      [{ pot: { percent: 1.234 } }, 'rule.pot.percent'],
      [{ pot: {} }, 'rule.pot'],
      [{ pot: { fixed: 1, percent: 1 } }, 'rule.pot'],
      [{ buyer: { fixed: -1 } }, 'rule.buyer.fixed'],
      [{ tiers: [{ from: 1, pot: { fixed: 1 } }] }, 'rule.tiers[0].from'],
      [{ tiers: [3, 2].map((from) => ({ from, pot: { fixed: 1 } })) }, 'rule.tiers'],
      [{ author: 60, site: 50 }, 'rule.site'],
      [{ touch: 'markov' }, 'rule.touch'],
      [{ split: 'all' }, 'rule.split'],
      [{ alpha: 2 }, 'rule.alpha'],
      [{ limits: { budget: 0 } }, 'rule.limits.budget'],
      [{ limits: { most: 1 } }, 'rule.limits.most'],
      [{ holdDays: -1 }, 'rule.holdDays'],
      [{ startsAt: 'soon' }, 'rule.startsAt'],
      [{ startsAt: '2026-02-01T00:00:00Z', endsAt: '2026-01-01T00:00:00Z' }, 'rule.endsAt'],
      [{ bonus: 1 }, 'rule.bonus'],
    ]
    for (const [fault, field] of bad) {
      const rule = { ...RULE, ...fault }
      for (const path of ['/v1/programmes', '/v1/programmes/preview']) {
        const body = path.endsWith('preview') ? { rule } : { name: 'x', rule }
        assert.deepEqual(await refusal(owner.post(path, body)), [422, field], JSON.stringify(fault))
      }
    }
    assert.deepEqual(await refusal(owner.post('/v1/programmes', { name: ' ', rule: RULE })), [422, 'name'])
    const ended = { name: 'x', rule: RULE, status: 'ended' }
    assert.deepEqual(await refusal(owner.post('/v1/programmes', ended)), [422, 'status'])
    const range = { from: '2026-02-01T00:00:00Z', to: '2026-01-01T00:00:00Z' }
    assert.deepEqual(await refusal(owner.post('/v1/programmes/preview', { rule: RULE, ...range })), [
      422,
      'to',
    ])
  })

  it('is nobody else’s: another site’s programme is as unknown as none', async () => {
    const { programme } = await aProgramme()
    const stranger = ownerOf(await newSite(bench))
    const bytes = async (response: Promise<Response>) => {
      const answer = await response
      return [answer.status, (await answer.text()).replace(/"requestId":"[^"]*"/, '')]
    }
    const headers = { authorization: `Bearer ${stranger.key}` }
    for (const path of ['', '/versions']) {
      const theirs = await bytes(bench.request(`/v1/programmes/${programme.id}${path}`, { headers }))
      assert.equal(theirs[0], 404)
      assert.deepEqual(theirs, await bytes(bench.request(`/v1/programmes/none${path}`, { headers })))
    }
    const patched = await bytes(stranger.patch(`/v1/programmes/${programme.id}`, { status: 'running' }))
    assert.deepEqual(patched, await bytes(stranger.patch('/v1/programmes/none', { status: 'running' })))
    assert.equal(patched[0], 404)
    for (const path of ['', '/versions']) {
      const nul = bench.request(`/v1/programmes/%00${path}`, { headers })
      assert.deepEqual(await refusal(nul), [422, 'id'])
    }
    assert.deepEqual((await stranger.get<Programmes>('/v1/programmes')).data, [])
    assert.equal((await bench.request('/v1/programmes')).status, 401)
  })

  it('knows the author of a page, by the site’s id or by ours', async () => {
    const site = await newSite(bench)
    const owner = ownerOf(site)
    const put = (body: object) => owner.put('/v1/pages/author', body)
    const first = await read<PageAuthor>(put({ url: `${ARTICLE}?utm_source=x`, customerId: 'writer' }))
    assert.deepEqual([first.url, first.author?.name], [ARTICLE, null])
    const again = await read<PageAuthor>(put({ url: `${ARTICLE}#top`, customerId: 'writer' }))
    assert.deepEqual(again, first)
    const ann = await somebody(bench, site).share()
    assert.ok(ann.code)
    const person = first.author?.id
    assert.deepEqual(await read(put({ url: ARTICLE, person: null })), { ...first, author: null })
    assert.deepEqual(await read(put({ url: ARTICLE, person })), first)

    const elsewhere = ownerOf(await newSite(bench))
    const unknown = elsewhere.put('/v1/pages/author', { url: ARTICLE, person })
    assert.deepEqual(await refusal(unknown), [404, 'person'])
    const bad: [object, string][] = [
      [{ url: ARTICLE }, 'person'],
      [{ url: ARTICLE, person, customerId: 'x' }, 'person'],
      [{ url: ARTICLE, person: '' }, 'person'],
      [{ url: ARTICLE, customerId: '' }, 'customerId'],
      [{ url: 'https://elsewhere.example/', person }, 'url'],
      [{ url: '/article', person }, 'url'],
      [{ person }, 'url'],
    ]
    for (const [body, field] of bad) assert.deepEqual(await refusal(put(body)), [422, field], field)
  })
})
