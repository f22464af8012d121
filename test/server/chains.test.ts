import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { CascadeTree, ConversionsReport } from '../../server/contract/reports.ts'
import type { Share } from '../../server/contract/shares.ts'
import { corpusText, withoutCorpora } from '../support/corpora.ts'
import { BROWSER, newSite, onEveryDatabase, pageOf, serverOf, type TestSite } from '../support/databases.ts'
import { ARTICLE, mintCode, refusal, SHOP, somebody } from '../support/somebody.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

onEveryDatabase('chains', (bench) => {
  const treeOf = (site: TestSite, code: string) =>
    serverOf(bench, site).get<CascadeTree>(`/v1/reports/cascades/${code}`)
  const hops = async (site: TestSite, code: string) =>
    (await treeOf(site, code)).shares.map((share) => [share.code, share.parent, share.visits])

  it('makes a visitor who shares on the next hop', async () => {
    const site = await newSite(bench)
    const [alice, bob] = [somebody(bench, site), somebody(bench, site)]
    const first = await alice.share()
    assert.deepEqual([first.parent, first.depth], [null, 0])
    assert.equal(await bob.visit(first.code, { url: `${ARTICLE}?gv=${first.code}` }), 'counted')
    const second = await bob.share()
    assert.deepEqual([second.parent, second.depth], [first.code, 1])
    const tree = await treeOf(site, second.code)
    assert.deepEqual(
      tree.shares.map(({ code, parent, below, visits }) => ({ code, parent, below, visits })),
      [
        { code: first.code, parent: null, below: 1, visits: 1 },
        { code: second.code, parent: first.code, below: 0, visits: 0 },
      ],
    )
  })

  it('takes the same person, page, channel and parent for the same share', async () => {
    const site = await newSite(bench)
    const alice = somebody(bench, site)
    const first = await alice.share()
    const again = await alice.post('/v1/shares', { url: `${ARTICLE}?utm_source=x#part`, channel: 'copy' })
    assert.equal(again.status, 200)
    assert.equal(((await again.json()) as Share).code, first.code)
    assert.notEqual((await alice.share({ channel: 'email' })).code, first.code)
    assert.notEqual((await alice.share({ url: SHOP })).code, first.code)
    assert.notEqual((await somebody(bench, site).share()).code, first.code)
  })

  it('makes every further code of a share an alias that works', async () => {
    const site = await newSite(bench)
    const alice = somebody(bench, site)
    const codes = [mintCode(site), mintCode(site), mintCode(site)] as const
    for (const code of codes) assert.equal((await alice.share({ code })).code, codes[0])
    for (const code of codes) assert.equal(await somebody(bench, site).visit(code), 'counted')
    assert.deepEqual(await hops(site, codes[2]), [[codes[0], null, 3]])
    const response = await bench.request(`/r/${codes[1]}`)
    assert.equal(response.headers.get('location'), `${ARTICLE}?gv=${codes[1]}`)
  })

  it('makes one share of twenty concurrent requests for it', async () => {
    const site = await newSite(bench)
    const alice = somebody(bench, site)
    const codes = Array.from({ length: 20 }, () => mintCode(site))
    const shares = await Promise.all(codes.map((code) => alice.share({ code })))
    assert.equal(new Set(shares.map(({ code }) => code)).size, 1)
    for (const code of codes) assert.equal((await treeOf(site, code)).shares.length, 1)
  })

  it('hangs a share under the latest visit on its page, else on the site, within 30 days', async () => {
    const site = await newSite(bench)
    const [alice, ann] = [somebody(bench, site), somebody(bench, site)]
    const article = await alice.share()
    const shop = await ann.share({ url: SHOP })
    const arrivals = (...order: [Share, string][]) => order
    const cases: [string, [Share, string][], number, string, string | null][] = [
      ['the same page', arrivals([article, ARTICLE], [shop, SHOP]), 0, ARTICLE, article.code],
      ['the latest on the site', arrivals([article, ARTICLE], [shop, SHOP]), 0, `${ARTICLE}/2`, shop.code],
      ['just within the window', arrivals([article, ARTICLE]), 30 * DAY - MINUTE, ARTICLE, article.code],
      ['past the window', arrivals([article, ARTICLE]), 30 * DAY + MINUTE, ARTICLE, null],
    ]
    for (const [title, visits, later, url, parent] of cases) {
      const bob = somebody(bench, site)
      for (const [share, page] of visits) {
        await bob.visit(share.code, { url: page })
        bench.clock.now += MINUTE
      }
      bench.clock.now += later - MINUTE
      assert.equal((await bob.share({ url })).parent, parent, title)
    }
  })

  it('counts a person once a share and day, and renews which arrival is the latest', async () => {
    const site = await newSite(bench)
    bench.clock.now = Date.UTC(2027, 0, 1, 12)
    const [one, other] = [await somebody(bench, site).share(), await somebody(bench, site).share()]
    const bob = somebody(bench, site)
    assert.equal(await bob.visit(one.code), 'counted')
    bench.clock.now += MINUTE
    assert.equal(await bob.visit(other.code), 'counted')
    bench.clock.now += MINUTE
    assert.equal(await bob.visit(one.code), 'again')
    assert.equal((await bob.share()).parent, one.code)
    bench.clock.now = Date.UTC(2027, 0, 2, 0, 1)
    assert.equal(await bob.visit(one.code), 'counted')
    assert.deepEqual((await hops(site, one.code))[0], [one.code, null, 2])
  })

  it('does not let a late delivery make an older arrival the latest', async () => {
    const site = await newSite(bench)
    const [one, other] = [await somebody(bench, site).share(), await somebody(bench, site).share()]
    const bob = somebody(bench, site)
    await bob.visit(one.code)
    bench.clock.now += 2 * MINUTE
    await bob.visit(other.code)
    await bob.visit(one.code, { age: 60 * MINUTE })
    assert.equal((await bob.share()).parent, other.code)
  })

  it('counts nobody for a visit by one’s own code', async () => {
    const site = await newSite(bench)
    const alice = somebody(bench, site)
    const mine = await alice.share()
    assert.equal(await alice.visit(mine.code), 'own')
    assert.deepEqual(await hops(site, mine.code), [[mine.code, null, 0]])
    assert.equal((await alice.share({ channel: 'email', arrival: mine.code })).parent, null)
  })

  it('takes two people behind one address with one user agent for two, with and without tokens', async () => {
    const site = await newSite(bench)
    const { code } = await somebody(bench, site).share()
    const nobody = pageOf(bench, site)
    for (const outcome of ['counted', 'counted'])
      assert.deepEqual(await (await nobody('/v1/visits', { code, url: ARTICLE })).json(), { outcome })
    assert.equal(await somebody(bench, site).visit(code), 'counted')
    assert.equal(await somebody(bench, site).visit(code), 'counted')
    assert.deepEqual(await hops(site, code), [[code, null, 4]])
  })

  it('counts one visit for twenty concurrent reports of it', async () => {
    const site = await newSite(bench)
    const { code } = await somebody(bench, site).share()
    const bob = somebody(bench, site)
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => bob.visit(code)))
    assert.equal(outcomes.filter((outcome) => outcome === 'counted').length, 1)
    assert.deepEqual(await hops(site, code), [[code, null, 1]])
  })

  it('counts no bot and no prefetch', async () => {
    const site = await newSite(bench)
    const { code } = await somebody(bench, site).share()
    const cases: Record<string, string>[] = [
      { 'user-agent': '' },
      { 'user-agent': '   ' },
      { 'user-agent': 'Googlebot/2.1 (+http://www.google.com/bot.html)' },
      { 'user-agent': 'curl/8.5.0' },
      { 'user-agent': 'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)' },
      { 'user-agent': BROWSER, 'sec-purpose': 'prefetch' },
      { 'user-agent': BROWSER, 'sec-purpose': 'prefetch;prerender' },
      { 'user-agent': BROWSER, purpose: 'prefetch' },
    ]
    for (const headers of cases) {
      const response = await somebody(bench, site).post('/v1/visits', { code, url: ARTICLE }, headers)
      assert.deepEqual(
        [response.status, await response.json()],
        [200, { outcome: 'bot' }],
        JSON.stringify(headers),
      )
    }
    assert.deepEqual(await hops(site, code), [[code, null, 0]])
  })

  it('counts none of the crawlers that are known by name', { skip: withoutCorpora }, async () => {
    const site = await newSite(bench)
    const { code } = await somebody(bench, site).share()
    const nobody = pageOf(bench, site)
    // In-app browsers, which people use: the list names them, and a visit by one is a visit.
    const people = /Instagram|MetaIAB Facebook|Code\/1\.|Trae\/|Fluid\//
    const crawlers = (JSON.parse(corpusText('bots/crawler-user-agents.json')) as { instances: string[] }[])
      .flatMap(({ instances }) => instances)
      .filter((agent) => !people.test(agent))
    assert.ok(crawlers.length > 2000)
    const counted = await Promise.all(
      crawlers.map(async (agent) => {
        const response = await nobody(
          '/v1/visits',
          { code, url: ARTICLE },
          { headers: { 'user-agent': agent } },
        )
        return ((await response.json()) as { outcome: string }).outcome === 'bot' ? [] : [agent]
      }),
    )
    assert.deepEqual(counted.flat(), [])
    assert.deepEqual(await hops(site, code), [[code, null, 0]])
  })

  it('keeps a visit to an unregistered code and joins what came of it', async () => {
    const site = await newSite(bench)
    const code = mintCode(site)
    const [alice, bob, carol] = [somebody(bench, site), somebody(bench, site), somebody(bench, site)]
    assert.equal(await bob.visit(code), 'waiting')
    const kept = await bob.post('/v1/shares', { url: ARTICLE, channel: 'copy' })
    assert.equal(kept.status, 202)
    const second = (await kept.json()) as Share
    assert.deepEqual([second.parent, second.waiting], [code, true])
    assert.equal(await carol.visit(second.code), 'waiting')
    await carol.convert({ value: 4900, currency: 'EUR' })
    const { data: before } = await serverOf(bench, site).get<ConversionsReport>('/v1/reports/conversions')
    assert.deepEqual(before[0]?.chain, [])

    bench.clock.now += MINUTE
    assert.equal((await alice.share({ code, age: MINUTE })).code, code)
    await bench.settle()
    assert.deepEqual(await hops(site, code), [
      [code, null, 1],
      [second.code, code, 1],
    ])
    const { data } = await serverOf(bench, site).get<ConversionsReport>('/v1/reports/conversions')
    assert.deepEqual(
      data[0]?.chain.map((hop) => hop.code),
      [second.code, code],
    )
  })

  it('joins three generations that were registered youngest first', async () => {
    const site = await newSite(bench)
    const codes = [mintCode(site), mintCode(site), mintCode(site)] as const
    const people = [somebody(bench, site), somebody(bench, site), somebody(bench, site)] as const
    const buyer = somebody(bench, site)
    assert.equal(await people[1].visit(codes[0]), 'waiting')
    assert.equal(await people[2].visit(codes[1]), 'waiting')
    assert.equal(await buyer.visit(codes[2]), 'waiting')
    await buyer.convert()
    for (const hop of [2, 1, 0] as const) await people[hop].share({ code: codes[hop] })
    await bench.settle()
    assert.deepEqual(await hops(site, codes[2]), [
      [codes[0], null, 1],
      [codes[1], codes[0], 1],
      [codes[2], codes[1], 1],
    ])
    const { data } = await serverOf(bench, site).get<ConversionsReport>('/v1/reports/conversions')
    assert.deepEqual(
      data[0]?.chain.map((hop) => hop.code),
      codes.toReversed(),
    )
  })

  it('lets `arrival` decide only for whom the server knows no visit of', async () => {
    const site = await newSite(bench)
    const [one, other] = [await somebody(bench, site).share(), await somebody(bench, site).share()]
    const bob = somebody(bench, site)
    await bob.visit(one.code)
    assert.equal((await bob.share({ arrival: other.code })).parent, one.code)
    assert.equal((await somebody(bench, site).share({ arrival: other.code })).parent, other.code)
    const stranger = await pageOf(bench, site)('/v1/shares', {
      url: ARTICLE,
      channel: 'qr',
      arrival: one.code,
    })
    assert.equal(((await stranger.json()) as Share).parent, one.code)
  })

  it('never moves a share to another parent', async () => {
    const site = await newSite(bench)
    const [one, other] = [await somebody(bench, site).share(), await somebody(bench, site).share()]
    const bob = somebody(bench, site)
    await bob.visit(one.code)
    const mine = await bob.share()
    bench.clock.now += 2 * MINUTE
    await bob.visit(other.code)
    assert.equal((await bob.share({ code: mine.code })).parent, one.code)
    assert.notEqual((await bob.share()).code, mine.code)
    assert.equal((await hops(site, mine.code)).find(([code]) => code === mine.code)?.[1], one.code)
  })

  it('refuses a code that is malformed, of another site, revoked or taken, and stores nothing', async () => {
    const [site, otherSite] = [await newSite(bench), await newSite(bench)]
    const alice = somebody(bench, site)
    const taken = await alice.share()
    const revoked = await alice.share({ channel: 'email' })
    await bench.request(`/v1/shares/${revoked.code}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${alice.token}`, 'x-grapevine-site': site.publishableKey },
    })
    const before = await rows()
    const bob = somebody(bench, site)
    const visits: [string, number][] = [
      ['', 422],
      ['short', 422],
      [`${taken.code}x`, 422],
      [mintCode(otherSite), 404],
      [revoked.code, 404],
    ]
    for (const [code, status] of visits)
      assert.deepEqual(await refusal(bob.post('/v1/visits', { code, url: ARTICLE })), [status, 'code'], code)
    const shares: [string, string, number][] = [
      ['short', ARTICLE, 422],
      [mintCode(otherSite), ARTICLE, 422],
      [revoked.code, ARTICLE, 409],
      [taken.code, ARTICLE, 409],
      [taken.code, SHOP, 409],
    ]
    for (const [code, url, status] of shares) {
      assert.deepEqual(
        await refusal(bob.post('/v1/shares', { url, channel: 'copy', code })),
        [status, 'code'],
        code,
      )
    }
    const arrivals: [string, string | null][] = [
      [mintCode(otherSite), null],
      [revoked.code, null],
    ]
    assert.deepEqual(await rows(), before)
    for (const [arrival, parent] of arrivals)
      assert.equal((await somebody(bench, site).share({ arrival })).parent, parent)

    async function rows() {
      const counts = []
      for (const table of ['person', 'page', 'share', 'share_code', 'visit', 'waiting'] as const) {
        const found = await bench.deps.read.selectFrom(table).select('site_id').execute()
        counts.push([table, found.length])
      }
      return counts
    }
  })

  it('lets the sharer and the site revoke a share, and nobody else', async () => {
    const [site, otherSite] = [await newSite(bench), await newSite(bench)]
    const alice = somebody(bench, site)
    const revoke = (code: string, headers: Record<string, string>) =>
      bench.request(`/v1/shares/${code}`, { method: 'DELETE', headers })
    const asPage = (token = '') => ({
      'x-grapevine-site': site.publishableKey,
      ...(token && { authorization: `Bearer ${token}` }),
    })
    const [mine, yours] = [await alice.share(), await alice.share({ channel: 'email' })]
    for (const headers of [
      asPage(),
      asPage(somebody(bench, site).token),
      { authorization: `Bearer ${otherSite.secretKey}` },
    ])
      assert.equal((await revoke(mine.code, headers)).status, 404)
    assert.equal((await revoke(mine.code, asPage(alice.token))).status, 204)
    assert.equal((await revoke(yours.code, { authorization: `Bearer ${site.secretKey}` })).status, 204)
    for (const { code } of [mine, yours])
      assert.equal((await bench.request(`/r/${code}`)).headers.get('location'), ARTICLE)
  })

  it('leads a short link to its page, query and fragment kept, with the code once', async () => {
    const site = await newSite(bench)
    const { code } = await somebody(bench, site).share({ url: `${ARTICLE}?a=1&utm_source=x&b=%20#part` })
    const page = `${ARTICLE}?a=1&b=%20`
    const cases: [string, string][] = [
      [`/r/${code}`, `${page}&gv=${code}#part`],
      [`/r/${code}?utm_medium=mail`, `${page}&utm_medium=mail&gv=${code}#part`],
      [`/r/${code}?gv=x&g%76=y&c=2`, `${page}&c=2&gv=${code}#part`],
      [`/r/${code}?`, `${page}&gv=${code}#part`],
    ]
    for (const [path, location] of cases) {
      for (const method of ['GET', 'HEAD']) {
        const response = await bench.request(path, { method })
        assert.deepEqual([response.status, response.headers.get('location')], [302, location], path)
      }
    }
    assert.deepEqual(await hops(site, code), [[code, null, 0]], 'a redirect is no visit')
  })

  it('answers 404 for a short link that leads nowhere', async () => {
    const site = await newSite(bench)
    const { code } = await somebody(bench, site).share()
    for (const unknown of [mintCode(site), 'x', '%00', '%ff', '..%2f..', `${code}%00`])
      assert.equal((await bench.request(`/r/${unknown}`)).status, 404, unknown)
    await bench.deps.write(({ db }) =>
      db
        .updateTable('site')
        .set({ origins: '["https://elsewhere.example"]' })
        .where('site_id', '=', site.id)
        .execute(),
    )
    assert.equal((await bench.request(`/r/${code}`)).status, 404)
  })

  it('leads a short link nowhere but to the site’s own origins', { skip: withoutCorpora }, async () => {
    const site = await newSite(bench)
    const texts = corpusText('url/open-redirect.txt').split('\n').filter(Boolean)
    const urls = texts.flatMap((text) => [text, `${ARTICLE}${text}`, `${ARTICLE}?next=${text}#${text}`])
    const nobody = pageOf(bench, site)
    const share = async (url: string) => {
      const response = await nobody('/v1/shares', { url, channel: 'copy' })
      if (response.status === 422) return 0
      assert.equal(response.status, 201, url)
      const { code, link } = (await response.json()) as Share
      const redirect = await bench.request(`/r/${code}?next=${encodeURIComponent(url)}`)
      for (const place of [link, redirect.headers.get('location')])
        assert.equal(new URL(place ?? '').origin, new URL(ARTICLE).origin, url)
      return 1
    }
    const kept = (await Promise.all(urls.map(share))).reduce<number>((sum, one) => sum + one, 0)
    assert.ok(kept > texts.length, 'most are harmless behind a path, in a query or a fragment')
  })
})
