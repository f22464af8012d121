import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { choose, commenter, keptOf } from '../support/commenter.ts'
import { type Bench, newSite, onEveryDatabase, type TestSite } from '../support/databases.ts'
import { refusal } from '../support/somebody.ts'

const OPEN = { policy: 'open', proofOfWork: 'never', perMinute: 2 } as const

onEveryDatabase('pace', (bench) => {
  before(() => Object.assign(bench.deps.config, { rateLimit: true, trustProxy: 1 }))
  after(() => Object.assign(bench.deps.config, { rateLimit: false, trustProxy: 0 }))
  const from = (address: string) => ({ 'x-forwarded-for': address })

  test('a person says no more in a minute than the owner allows, wherever they are', async () => {
    const site = await newSite(bench)
    await choose(bench, site, OPEN)
    const carol = commenter(bench, site)
    await carol.say('Born before it is counted')
    const statuses: number[] = []
    for (const n of [1, 2, 3])
      statuses.push((await carol.attempt(`No. ${n}`, {}, from(`192.0.2.${n}`))).status)
    assert.deepEqual(statuses, [201, 201, 429])
    const late = await carol.attempt('No. 4', {}, from('192.0.2.4'))
    assert.ok(Number(late.headers.get('retry-after')) > 0)
    assert.deepEqual(await refusal(late), [429, undefined])
    bench.clock.now += 60_000
    assert.equal((await carol.attempt('No. 5', {}, from('192.0.2.4'))).status, 201)
  })

  test('a network says no more than three of its people', async () => {
    const site = await newSite(bench)
    await choose(bench, site, OPEN)
    const statuses: number[] = []
    for (let n = 0; n < 8; n++) {
      // One /64, however its addresses are written.
      const address = n % 2 ? `2001:db8:1:2::${n}` : `2001:0db8:0001:0002:0:0:0:${n}`
      statuses.push((await commenter(bench, site, `P${n}`).attempt(`No. ${n}`, {}, from(address))).status)
    }
    assert.deepEqual(statuses, [201, 201, 201, 201, 201, 201, 429, 429])
    const elsewhere = await commenter(bench, site, 'Q').attempt('Hello', {}, from('2001:db8:1:3::1'))
    assert.equal(elsewhere.status, 201)
    const other = await newSite(bench)
    await choose(bench, other, OPEN)
    const there = await commenter(bench, other, 'Q').attempt('Hello', {}, from('2001:db8:1:2::1'))
    assert.equal(there.status, 201)
  })

  test('what stands left of the trusted hops is not believed', async () => {
    const site = await newSite(bench)
    await choose(bench, site, OPEN)
    const statuses: number[] = []
    for (let n = 0; n < 7; n++) {
      const headers = from(`203.0.113.${n}, 198.51.100.7`)
      statuses.push((await commenter(bench, site, `P${n}`).attempt(`No. ${n}`, {}, headers)).status)
    }
    assert.equal(statuses.at(-1), 429)
  })

  test('newcomers of a fast network have to prove some work', async () => {
    const site = await newSite(bench)
    await choose(bench, site, { policy: 'open', perMinute: 2 })
    const statuses: number[] = []
    for (let n = 0; n < 5; n++)
      statuses.push(
        (await commenter(bench, site, `P${n}`).attempt(`No. ${n}`, {}, from('192.0.2.200'))).status,
      )
    assert.deepEqual(statuses, [201, 201, 201, 201, 428])
  })
})

onEveryDatabase('changes of what was said', (bench) => {
  const change = ({ request }: Bench, site: TestSite, token: string, id: string, body: string) =>
    request(`/v1/comments/${id}`, {
      method: 'PATCH',
      headers: {
        'content-type': 'application/json',
        'x-grapevine-site': site.publishableKey,
        authorization: `Bearer ${token}`,
      },
      body: JSON.stringify({ body }),
    })

  describe('are judged as what is said', () => {
    test('what was shown waits when its new text has to', async () => {
      const site = await newSite(bench)
      await choose(bench, site, {
        policy: 'open',
        proofOfWork: 'never',
        heldWords: ['casino'],
        refusedWords: ['viagra'],
      })
      const carol = commenter(bench, site)
      const { id, state } = await carol.say('I have been to Monaco, it was nice there')
      assert.equal(state, 'visible')
      assert.equal(
        (await change(bench, site, carol.token, id, 'I have been to Monaco, it was nicer there')).status,
        200,
      )
      assert.equal((await keptOf(bench, site, id)).state, 'visible')
      assert.deepEqual(await refusal(change(bench, site, carol.token, id, 'Vi4gra VІAGRА')), [403, 'body'])
      assert.equal((await change(bench, site, carol.token, id, 'I have been to a саsіnо')).status, 200)
      const kept = await keptOf(bench, site, id)
      assert.deepEqual([kept.state, kept.reasons], ['held', ['held_word', 'edited']])
    })

    test('a link that is put in later asks for the same work', async () => {
      const site = await newSite(bench)
      await choose(bench, site, { policy: 'open' })
      const carol = commenter(bench, site)
      const { id } = await carol.say('Nothing to see')
      const answer = await change(bench, site, carol.token, id, 'See https://pills.example/')
      assert.equal(answer.status, 428)
    })

    test('whoever is banned changes nothing; in the shadow, alone', async () => {
      const site = await newSite(bench)
      await choose(bench, site, { policy: 'open' })
      const carol = commenter(bench, site)
      const { id } = await carol.say('Nothing to see')
      const { person } = await keptOf(bench, site, id)
      const ban = (kind: string) =>
        bench.request('/v1/moderation/bans', {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${site.secretKey}` },
          body: JSON.stringify({ kind, person }),
        })
      assert.equal((await ban('shadow')).status, 201)
      assert.equal((await change(bench, site, carol.token, id, 'Something else')).status, 200)
      const { state, shadow } = await keptOf(bench, site, id)
      assert.deepEqual([state, shadow], ['visible', true])
      assert.equal((await ban('ban')).status, 201)
      assert.deepEqual(await refusal(change(bench, site, carol.token, id, 'Yet something else')), [
        403,
        undefined,
      ])
    })
  })
})
