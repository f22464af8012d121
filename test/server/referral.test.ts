import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { RewardState } from '../../server/contract/models.ts'
import { Rule, type RuleInput } from '../../server/contract/programmes.ts'
import type { Invitation, Referral } from '../../server/contract/referral.ts'
import { earnedOf, invites, nextTier, offerOf } from '../../server/referral/rules.ts'
import { type Bench, newSite, onEveryDatabase, serverOf, type TestSite } from '../support/databases.ts'
import { ARTICLE, mintCode, refusal, SHOP, somebody } from '../support/somebody.ts'

const EUR = 'EUR'
const euros = (amount: number) => ({ currency: EUR, amount: amount * 100 })

/** A visitor of a site who recommends it. */
function person(bench: Bench, site: TestSite) {
  const self = somebody(bench, site)
  const ask = (method: string, path: string, body?: object) =>
    bench.request(path, {
      method,
      headers: {
        'content-type': 'application/json',
        'x-grapevine-site': site.publishableKey,
        authorization: `Bearer ${self.token}`,
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
  return {
    ...self,
    token: self.token as string,
    ask,
    referral: async (url = ARTICLE) => {
      const response = await ask('GET', `/v1/referral?url=${encodeURIComponent(url)}`)
      assert.equal(response.status, 200, await response.clone().text())
      return (await response.json()) as Referral
    },
    invitation: async (code: string) => ask('GET', `/v1/invitations/${code}`),
    called: async (name: string, listed = false) =>
      assert.equal((await ask('PATCH', '/v1/me', { name, listed })).status, 200),
  }
}

const GIVE_GET: RuleInput = {
  currency: EUR,
  pot: { fixed: 1000 },
  buyer: { fixed: 500 },
  proof: 'any',
  split: 'nearest',
}

async function programme(bench: Bench, site: TestSite, rule: Partial<RuleInput> = {}, name = 'Friends') {
  const body = { name, rule: { ...GIVE_GET, ...rule }, status: 'running' }
  const response = await serverOf(bench, site).post('/v1/programmes', body)
  assert.equal(response.status, 201, await response.clone().text())
  return ((await response.json()) as { id: string }).id
}

onEveryDatabase('how recommending goes', (bench) => {
  test('somebody who only looks sees the programme, and nothing is kept of them', async () => {
    const site = await newSite(bench)
    await programme(bench, site, {
      pot: { percent: 20, cap: 5000 },
      tiers: [{ from: 3, pot: { fixed: 3000 } }],
      endsAt: '2026-12-31T23:00:00Z',
    })
    const referral = await person(bench, site).referral()
    assert.deepEqual(referral, {
      programme: {
        name: 'Friends',
        give: { fixed: euros(5), percent: null, cap: null },
        get: { fixed: null, percent: 20, cap: euros(50) },
        tiers: [{ from: 3, get: { fixed: euros(30), percent: null, cap: null } }],
        endsAt: '2026-12-31T23:00:00.000Z',
      },
      person: null,
      code: null,
      arrived: 0,
      converted: 0,
      earned: { pending: [], approved: [], paid: [] },
      friends: 0,
      nextTier: { from: 3, left: 3, get: { fixed: euros(30), percent: null, cap: null } },
      tree: { nodes: [], more: 0 },
      leaderboard: [],
      rank: null,
      rewards: [],
      gifts: [],
    } satisfies Referral)
    const people = await bench.deps.read
      .selectFrom('person')
      .where('site_id', '=', site.id)
      .selectAll()
      .execute()
    assert.deepEqual(people, [])
  })

  test('without a programme everything but the offer is there', async () => {
    const site = await newSite(bench)
    const alice = person(bench, site)
    const { code } = await alice.share({ channel: 'referral' })
    await person(bench, site).visit(code)
    const { programme, arrived, code: own } = await alice.referral()
    assert.deepEqual([programme, arrived, own], [null, 1, code])
  })

  test('a chain of three is seen by each from where they stand, by the names they chose', async () => {
    const site = await newSite(bench)
    await programme(bench, site)
    const [alice, bob, carol] = [person(bench, site), person(bench, site), person(bench, site)]
    await alice.called('Alice')
    const a = await alice.share({ channel: 'referral' })
    await bob.visit(a.code)
    const b = await bob.share()
    await carol.visit(b.code)
    await carol.convert({ value: 4900, currency: EUR, orderId: 'one' })
    await bench.settle()

    const forAlice = await alice.referral()
    assert.deepEqual(forAlice.tree, {
      nodes: [
        { id: '0', parent: null, name: 'Alice', you: true, visits: 1, conversions: 0 },
        { id: '1', parent: '0', name: null, you: false, visits: 1, conversions: 1 },
      ],
      more: 0,
    })
    assert.deepEqual([forAlice.arrived, forAlice.converted, forAlice.friends, forAlice.rank], [1, 0, 0, null])
    const forBob = await bob.referral()
    assert.deepEqual([forBob.arrived, forBob.converted, forBob.friends, forBob.rank], [1, 1, 1, 1])
    assert.deepEqual(forBob.tree.nodes, [
      { id: '0', parent: null, name: null, you: true, visits: 1, conversions: 1 },
    ])
    assert.deepEqual(forBob.earned, { pending: [euros(10)], approved: [], paid: [] })
    assert.deepEqual(
      forBob.rewards.map(({ state, amount }) => [state, amount]),
      [['pending', euros(10)]],
    )
    assert.equal(forBob.code, null, 'copied, not minted by the widget')
    assert.deepEqual((await carol.referral()).earned.pending, [euros(5)])
  })

  test('what is in review is pending, and what was refused or given back is no accusation', async () => {
    const site = await newSite(bench)
    await programme(bench, site)
    const alice = person(bench, site)
    const { code } = await alice.share()
    for (const orderId of ['one', 'two', 'three', 'four']) {
      const buyer = person(bench, site)
      await buyer.visit(code)
      await buyer.convert({ value: 4900, currency: EUR, orderId })
    }
    await bench.settle()
    const mine = await bench.deps.read
      .selectFrom('reward')
      .select('id')
      .where('site_id', '=', site.id)
      .where('role', '=', 'sharer')
      .orderBy('id')
      .execute()
    const states: [RewardState, number][] = [
      ['review', 0],
      ['refused', 0],
      ['paid', 250],
      ['reversed', 1000],
    ]
    for (const [index, [state, reversed]] of states.entries())
      await bench.deps.write(({ db }) =>
        db
          .updateTable('reward')
          .set({ state, reversed, reasons: '["ring"]' })
          .where('site_id', '=', site.id)
          .where('id', '=', mine[index]?.id ?? '')
          .execute(),
      )
    const { earned, rewards } = await alice.referral()
    assert.deepEqual(earned, {
      pending: [euros(10)],
      approved: [],
      paid: [{ currency: EUR, amount: 750 }],
    })
    assert.deepEqual(rewards.map(({ state, amount }) => `${state} ${amount.amount}`).sort(), [
      'paid 750',
      'pending 1000',
      'reversed 1000',
      'reversed 1000',
    ])
    assert.doesNotMatch(JSON.stringify({ earned, rewards }), /ring|review|refused/)
  })

  test('the leaderboard has those who want to be seen; equals share a rank; the others are counted', async () => {
    const site = await newSite(bench)
    await programme(bench, site)
    const friends = { Ann: 3, Ben: 2, Cleo: 2, Dan: 1, Eve: 4 }
    const people = new Map<string, ReturnType<typeof person>>()
    for (const [name, count] of Object.entries(friends)) {
      const one = person(bench, site)
      people.set(name, one)
      // Eve has most, and does not want to be seen; Ann has a name and did not opt in.
      await one.called(name, name !== 'Eve' && name !== 'Ann')
      const { code } = await one.share()
      for (let i = 0; i < count; i++) {
        const buyer = person(bench, site)
        await buyer.visit(code)
        await buyer.convert({ value: 100, currency: EUR, orderId: `${name}-${i}` })
      }
    }
    await bench.settle()
    const ben = await people.get('Ben')?.referral()
    const shown = ben?.leaderboard.map(({ rank, name, friends, you }) => [rank, name, friends, you])
    assert.deepEqual(shown?.sort(), [
      [3, 'Ben', 2, true],
      [3, 'Cleo', 2, false],
      [5, 'Dan', 1, false],
    ])
    assert.equal(ben?.rank, 3)
    assert.equal((await people.get('Eve')?.referral())?.rank, 1)
    assert.equal((await person(bench, site).referral()).leaderboard.length, 3)
  })

  test('says how far the next tier is', async () => {
    const site = await newSite(bench)
    await programme(bench, site, { tiers: [{ from: 2, pot: { fixed: 2000 } }] })
    const alice = person(bench, site)
    const { code } = await alice.share()
    for (const left of [1, 0]) {
      const buyer = person(bench, site)
      await buyer.visit(code)
      await buyer.convert({ value: 100, currency: EUR, orderId: `order ${left}` })
      await bench.settle()
      const { nextTier } = await alice.referral()
      assert.deepEqual(nextTier && [nextTier.from, nextTier.left], left ? [2, 1] : null)
    }
    assert.deepEqual((await alice.referral()).earned.pending, [euros(30)])
  })

  test('shows a hundred of a large tree, whole from the top, and how many more there are', async () => {
    const site = await newSite(bench)
    const alice = person(bench, site)
    const top = await alice.share({ code: mintCode(site) })
    const other = await alice.share({ url: SHOP, code: mintCode(site) })
    let codes = [top.code]
    for (const [level, width] of [
      [1, 60],
      [2, 70],
    ] as const) {
      const next: string[] = []
      for (let i = 0; i < width; i++) {
        const one = person(bench, site)
        await one.visit(codes[i % codes.length] as string)
        next.push((await one.share({ code: mintCode(site) })).code)
      }
      assert.equal(next.length, width, `level ${level}`)
      codes = next
    }
    const { tree } = await alice.referral()
    assert.equal(tree.nodes.length, 100)
    assert.equal(tree.more, 2 + 60 + 70 - 100)
    const seen = new Set<string>()
    for (const { id, parent } of tree.nodes) {
      assert.ok(parent === null || seen.has(parent), 'parents come first')
      seen.add(id)
    }
    assert.equal(tree.nodes.filter(({ parent }) => parent === null).length, 2)
    assert.equal(tree.nodes.filter(({ you }) => you).length, 2)
    assert.doesNotMatch(JSON.stringify(tree), new RegExp(other.code))
  })

  test('a revoked link is not offered again', async () => {
    const site = await newSite(bench)
    const alice = person(bench, site)
    const { code } = await alice.share({ channel: 'referral' })
    assert.equal((await alice.referral(`${ARTICLE}?utm_source=x#top`)).code, code)
    assert.equal((await alice.referral(SHOP)).code, null)
    assert.equal((await alice.ask('DELETE', `/v1/shares/${code}`)).status, 204)
    assert.equal((await alice.referral()).code, null)
  })

  test('gifts are with whoever holds them, and passed once they are handed on', async () => {
    const site = await newSite(bench)
    const [alice, bob] = [person(bench, site), person(bench, site)]
    await alice.called('Alice')
    const { id } = (await (await alice.ask('GET', '/v1/me')).json()) as { id: string }
    const made = await serverOf(bench, site).post('/v1/coupons', {
      code: 'GIFT-1',
      person: id,
      label: 'A free issue',
      gift: true,
      url: ARTICLE,
    })
    assert.equal(made.status, 201, await made.clone().text())
    const held = async (one: typeof alice) =>
      (await one.referral()).gifts.map(({ code, label, state }) => [code, label, state])
    assert.deepEqual(await held(alice), [['GIFT-1', 'A free issue', 'works']])
    const passed = await alice.ask('POST', '/v1/coupons/GIFT-1/pass', {})
    const { code } = (await passed.json()) as { code: string }
    assert.deepEqual(await held(alice), [[code, 'A free issue', 'passed']])
    assert.deepEqual(await held(bob), [])
    const on = (await (await bob.ask('POST', `/v1/coupons/${code}/pass`, {})).json()) as { code: string }
    assert.deepEqual(await held(bob), [[on.code, 'A free issue', 'passed']])
  })

  test('an invitation names only who wants to be named, and nobody invites themselves', async () => {
    const site = await newSite(bench)
    await programme(bench, site)
    const [alice, bob] = [person(bench, site), person(bench, site)]
    const { code } = await alice.share()
    const read = async (): Promise<Invitation> => (await (await bob.invitation(code)).json()) as Invitation
    const offer = { name: 'Friends', give: { fixed: euros(5), percent: null, cap: null } }
    assert.deepEqual(await read(), { name: null, programme: offer })
    await alice.called('Alice')
    assert.deepEqual(await read(), { name: 'Alice', programme: offer })
    assert.equal((await alice.invitation(code)).status, 404)
    await alice.ask('DELETE', `/v1/shares/${code}`)
    assert.equal((await bob.invitation(code)).status, 404)
  })

  test('what belongs to another site does not exist, and what is no code is answered the same', async () => {
    const [one, other] = [await newSite(bench), await newSite(bench)]
    const alice = person(bench, one)
    const { code } = await alice.share({ channel: 'referral' })
    await programme(bench, one)
    const stranger = somebody(bench, other, alice.token)
    assert.ok(stranger.token)
    const elsewhere = (path: string) =>
      bench.request(path, {
        headers: { 'x-grapevine-site': other.publishableKey, authorization: `Bearer ${alice.token}` },
      })
    const empty = (await (await elsewhere(`/v1/referral?url=${ARTICLE}`)).json()) as Referral
    assert.deepEqual([empty.programme, empty.person, empty.code, empty.arrived], [null, null, null, 0])
    const bodies = await Promise.all(
      [code, mintCode(other), mintCode(one), 'x', '%00', encodeURIComponent("'; --")].map(async (each) => {
        const response = await elsewhere(`/v1/invitations/${each}`)
        const { error } = (await response.json()) as { error: object }
        return JSON.stringify([response.status, { ...error, requestId: '' }])
      }),
    )
    assert.equal(new Set(bodies.filter((body) => !body.includes('NUL'))).size, 1, bodies.join('\n'))
    assert.match(bodies[0] ?? '', /^\[404/)
  })

  test('refuses a page that is not the site’s own, and a token that is none', async () => {
    const site = await newSite(bench)
    const headers = { 'x-grapevine-site': site.publishableKey }
    const read = (url: string, more = {}) =>
      bench.request(`/v1/referral?url=${encodeURIComponent(url)}`, { headers: { ...headers, ...more } })
    assert.deepEqual(await refusal(read('https://elsewhere.example/')), [422, 'url'])
    assert.deepEqual(await refusal(read('')), [422, 'url'])
    assert.deepEqual(await refusal(read(ARTICLE, { authorization: 'Bearer pt_x' })), [401, undefined])
    assert.deepEqual(await refusal(bench.request('/v1/referral')), [401, undefined])
  })

  test('every figure is that of the raw rows, for everybody in a busy month', async () => {
    const site = await newSite(bench)
    const programmeId = await programme(bench, site, { split: 'leibniz' })
    const crowd = Array.from({ length: 8 }, () => person(bench, site))
    const codes: string[] = []
    let seed = 7
    const random = (below: number) => {
      seed = (seed * 48_271) % 2_147_483_647
      return seed % below
    }
    for (let step = 0; step < 120; step++) {
      const one = crowd[random(crowd.length)] as (typeof crowd)[number]
      const deed = random(6)
      if (deed < 2 || codes.length === 0)
        codes.push((await one.share({ url: random(2) ? ARTICLE : SHOP, code: mintCode(site) })).code)
      else if (deed < 5) await one.visit(codes[random(codes.length)] as string)
      else await one.convert({ value: 1000 + random(900), currency: EUR, orderId: `order ${step}` })
    }
    await bench.settle()
    const rows = await rawRows(bench, site)
    for (const one of crowd) {
      const seen = await one.referral()
      const me = seen.person && ((await (await one.ask('GET', '/v1/me')).json()) as { id: string }).id
      assert.deepEqual(
        {
          arrived: seen.arrived,
          converted: seen.converted,
          friends: seen.friends,
          rank: seen.rank,
          pending: seen.earned.pending.reduce((sum, { amount }) => sum + amount, 0),
          size: seen.tree.nodes.length + seen.tree.more,
        },
        counted(rows, programmeId, me),
      )
    }
  })
})

async function rawRows({ deps }: Bench, site: TestSite) {
  const all = <T extends 'share' | 'visit' | 'conversion' | 'earning' | 'reward'>(table: T) =>
    deps.read
      .selectFrom(table as 'share')
      .selectAll()
      .where('site_id', '=', site.id)
      .execute() as Promise<unknown[]>
  type Row = Record<string, string | number | null>
  return {
    shares: (await all('share')) as Row[],
    visits: (await all('visit')) as Row[],
    conversions: (await all('conversion')) as Row[],
    earnings: (await all('earning')) as Row[],
    rewards: (await all('reward')) as Row[],
  }
}

/** The same figures by walking the rows one by one. */
function counted(rows: Awaited<ReturnType<typeof rawRows>>, programme: string, me: string | null) {
  const mine = new Set(rows.shares.filter((share) => share.person_id === me).map(({ id }) => id))
  const below = new Set(mine)
  for (let before = -1; before !== below.size; ) {
    before = below.size
    for (const { id, parent_id } of rows.shares) if (below.has(parent_id as string)) below.add(id as string)
  }
  const buyers = new Map<string, Set<unknown>>()
  for (const { programme_id, nearest_id, conversion_id } of rows.earnings)
    if (programme_id === programme && typeof nearest_id === 'string') {
      const bought = rows.conversions.find(({ id }) => id === conversion_id)
      buyers.set(nearest_id, (buyers.get(nearest_id) ?? new Set()).add(bought?.visitor ?? bought?.id))
    }
  const friends = new Map([...buyers].map(([person, them]) => [person, them.size]))
  const own = friends.get(me ?? '') ?? 0
  return {
    arrived: rows.visits.filter(({ share_id }) => mine.has(share_id as string)).length,
    converted: rows.conversions.filter(({ share_id, voided }) => mine.has(share_id as string) && !voided)
      .length,
    friends: own,
    rank: own === 0 ? null : 1 + [...friends.values()].filter((other) => other > own).length,
    pending: rows.rewards
      .filter(({ person_id, state }) => person_id === me && (state === 'pending' || state === 'review'))
      .reduce((sum, { amount, reversed }) => sum + Number(amount) - Number(reversed), 0),
    size: below.size,
  }
}

describe('what a programme promises', () => {
  const rule = (input: Partial<RuleInput>) => Rule.parse({ ...GIVE_GET, ...input })
  const now = Date.UTC(2026, 10, 20)

  for (const [what, input, runs] of [
    ['one without an end', {}, true],
    ['one that pays no sharers', { sharers: false }, false],
    ['one that begins this moment', { startsAt: '2026-11-20T00:00:00Z' }, true],
    ['one that begins in a second', { startsAt: '2026-11-20T00:00:01Z' }, false],
    ['one that ends this moment', { endsAt: '2026-11-20T00:00:00Z' }, false],
    ['one that ends in a second', { endsAt: '2026-11-20T00:00:01Z' }, true],
  ] as const)
    test(`${what} ${runs ? 'invites' : 'does not invite'}`, () =>
      assert.equal(invites(rule(input), now), runs))

  for (const [friends, expected] of [
    [0, [3, 3]],
    [2, [3, 1]],
    [3, [10, 7]],
    [10, null],
    [99, null],
  ] as const)
    test(`after ${friends} friends the next tier is ${expected ? `the ${expected[0]}th` : 'none'}`, () => {
      const tiers = [
        { from: 3, pot: { fixed: 2 } },
        { from: 10, pot: { percent: 5 } },
      ]
      const tier = nextTier(rule({ tiers }), friends)
      assert.deepEqual(tier && [tier.from, tier.left], expected)
    })

  test('an offer is an amount, or a percentage with perhaps a cap', () => {
    assert.deepEqual(offerOf({ fixed: 500 }, EUR), { fixed: euros(5), percent: null, cap: null })
    assert.deepEqual(offerOf({ percent: 7.5 }, EUR), { fixed: null, percent: 7.5, cap: null })
    assert.deepEqual(offerOf({ percent: 20, cap: 5000 }, EUR), { fixed: null, percent: 20, cap: euros(50) })
  })

  test('sums keep currencies apart and leave out what is nothing', () => {
    const row = (state: RewardState, currency: string, amount: number) => ({ state, currency, amount })
    assert.deepEqual(
      earnedOf([
        row('pending', 'USD', 5),
        row('review', 'EUR', 2),
        row('pending', 'EUR', 1),
        row('approved', 'EUR', 0),
        row('refused', 'EUR', 9),
        row('reversed', 'EUR', 9),
      ]),
      {
        pending: [
          { currency: 'EUR', amount: 3 },
          { currency: 'USD', amount: 5 },
        ],
        approved: [],
        paid: [],
      },
    )
  })
})
