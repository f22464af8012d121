import assert from 'node:assert/strict'
import { before, it } from 'node:test'
import { sql } from 'kysely'
import type * as contract from '../../server/contract/reports.ts'
import { rebuildSite } from '../../server/reports/rebuild.ts'
import { newSite, onEveryDatabase, serverOf, type TestSite } from '../support/databases.ts'
import * as oracle from '../support/oracle.ts'
import { liveAtRandom, nameSome, seeded } from '../support/random-life.ts'
import { somebody } from '../support/somebody.ts'

const DAY = 24 * 60 * 60_000
const SORTS = ['visits', 'shares', 'conversions'] as const
const text = (at: number) => new Date(at).toISOString()

onEveryDatabase('reports', (bench) => {
  let site: TestSite
  let facts: oracle.Facts
  let ranges: oracle.Span[]
  before(async () => {
    const [one, other] = [await newSite(bench), await newSite(bench)]
    await Promise.all([liveAtRandom(bench, one, 1, 260), liveAtRandom(bench, other, 2, 60)])
    site = one
    await nameSome(bench, site)
    facts = await oracle.factsOf(bench, site.id)
    const random = seeded(3)
    const ends = Array.from({ length: 24 }, () => bench.clock.now - random.below(70 * DAY))
    ranges = ends.map((from) => ({ from, to: from + 1 + random.below(random.pick([2, 30, 60]) * DAY) }))
    ranges.push({ from: bench.clock.now - 400 * DAY, to: bench.clock.now + DAY })
  })
  const get = <T>(path: string) => serverOf(bench, site).get<T>(`/v1/reports/${path}`)
  const query = ({ from, to }: oracle.Span) => `from=${text(from)}&to=${text(to)}`

  /** All pages of a list, and what it says on each. */
  async function paged<T>(path: string, limit: number): Promise<T[]> {
    const rows: T[] = []
    let cursor = ''
    do {
      const page = await get<{ data: T[]; next: string | null }>(`${path}&limit=${limit}${cursor}`)
      assert.ok(page.data.length === limit || page.next === null)
      rows.push(...page.data)
      cursor = page.next === null ? '' : `&cursor=${encodeURIComponent(page.next)}`
    } while (cursor)
    return rows
  }

  it('has something to count', () => {
    const { cascades } = oracle.cascadesOf(facts)
    assert.ok(facts.shares.length > 80 && facts.visits.length > 80 && facts.conversions.length > 50)
    assert.ok(cascades.length > 5 && cascades.some(({ depth }) => depth > 3))
  })

  it('tell the totals of a range, and of the range before it', async () => {
    for (const range of ranges) {
      const { totals, previous, range: told } = await get<contract.Overview>(`overview?${query(range)}`)
      const { from, to } = oracle.widened(range)
      assert.deepEqual(told, { from: text(from), to: text(to) })
      assert.deepEqual(totals, oracle.totalsOf(facts, { from, to }))
      assert.deepEqual(previous, oracle.totalsOf(facts, { from: from - (to - from), to: from }))
    }
  })

  it('tell a range bucket by bucket', async () => {
    for (const range of ranges) {
      for (const interval of ['hour', 'day', 'month'] as const) {
        const { from, to } = oracle.widened(range)
        if (interval === 'hour' && to - from > 100 * DAY) continue
        const { data } = await get<contract.Timeseries>(`timeseries?${query(range)}&interval=${interval}`)
        const starts = data.map(({ at }) => Date.parse(at))
        data.forEach(({ at, ...counts }, index) => {
          const bucket = { from: Math.max(from, Date.parse(at)), to: Math.min(to, starts[index + 1] ?? to) }
          const { attributed, proved, earned, ...expected } = oracle.totalsOf(facts, bucket)
          assert.deepEqual(counts, expected, `${interval} ${at}`)
        })
        assert.ok((starts[0] ?? 0) <= from && (starts.at(-1) ?? 0) < to)
        const { totals } = await get<contract.Overview>(`overview?${query(range)}`)
        for (const count of SORTS) {
          const sum = data.reduce((total, point) => total + point[count], 0)
          assert.equal(sum, totals[count])
        }
      }
    }
  })

  it('tell people, pages and channels in order, each once whatever the length of a page', async () => {
    for (const [index, range] of ranges.entries()) {
      const sort = SORTS[index % 3] as (typeof SORTS)[number]
      const path = (kind: string) => `${kind}?${query(range)}&sort=${sort}`
      const expected = (by: oracle.By) => oracle.topOf(facts, oracle.widened(range), by, sort)
      const limit = [1, 3, 100][index % 3] as number
      const people = await paged<contract.PeopleReport['data'][number]>(path('people'), limit)
      assert.deepEqual(
        people,
        expected('person').map(({ subject, ...counts }) => ({ person: named(subject), ...counts })),
      )
      const channels = await paged<contract.ChannelsReport['data'][number]>(path('channels'), limit)
      assert.deepEqual(
        channels.map(({ channel, ...counts }) => ({ subject: channel, ...counts })),
        expected('channel'),
      )
      assert.deepEqual(
        await paged<contract.PagesReport['data'][number]>(path('pages'), limit),
        expected('page').map(({ subject, ...counts }) => ({ url: facts.urls.get(subject), ...counts })),
      )
    }
  })

  const named = (id: string) => ({ id, name: facts.nameOf.get(id) ?? null })
  const buyerOf = (row: oracle.Facts['conversions'][number]) =>
    row.buyer_id ?? facts.personOf.get(row.visitor ?? '')
  const conversionsIn = (range: oracle.Span) =>
    oracle
      .within(facts.conversions, oracle.widened(range))
      .sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1))

  it('tell conversions latest first, each with its chain', async () => {
    for (const [index, range] of ranges.entries()) {
      const rows = conversionsIn(range)
      const limit = [2, 7, 100][index % 3] as number
      assert.deepEqual(
        await paged<contract.ConversionsReport['data'][number]>(`conversions?${query(range)}`, limit),
        rows.map((row) => ({
          id: row.id,
          at: text(row.at),
          name: row.name,
          orderId: row.order_id,
          value: row.value === null ? null : { currency: row.currency, amount: row.value },
          refunded: row.refunded === 0 ? null : { currency: row.currency, amount: row.refunded },
          voided: row.voided === 1,
          touches: (JSON.parse(row.touches ?? '[]') as unknown[]).length,
          proved: row.proved === 1,
          rung: row.rung,
          person: buyerOf(row) === undefined ? null : named(buyerOf(row) as string),
          chain: oracle
            .chainOf(facts, row.share_id)
            .map(({ code, person_id }) => ({ code, person: named(person_id) })),
        })),
      )
    }
  })

  it('narrow conversions to a person anywhere on the chain, a buyer, and the nearest share', async () => {
    const nearest = (id: string | null) => facts.shares.find((share) => share.id === id)
    type Row = oracle.Facts['conversions'][number]
    const random = seeded(5)
    const filters: Record<
      string,
      { values: (string | undefined)[]; of: (row: Row, value: string) => boolean }
    > = {
      person: {
        values: facts.people.map(({ id }) => id),
        of: (row, id) => oracle.chainOf(facts, row.share_id).some(({ person_id }) => person_id === id),
      },
      nearest: {
        values: facts.people.map(({ id }) => id),
        of: (row, id) => nearest(row.share_id)?.person_id === id,
      },
      buyer: { values: facts.conversions.map(buyerOf), of: (row, id) => buyerOf(row) === id },
      share: {
        values: facts.shares.map(({ code }) => code),
        of: (row, code) => nearest(row.share_id)?.code === code,
      },
      channel: {
        values: facts.shares.map(({ channel }) => channel),
        of: (row, channel) => nearest(row.share_id)?.channel === channel,
      },
      url: {
        values: [...facts.urls.values()],
        of: (row, url) => facts.urls.get(nearest(row.share_id)?.page_id ?? '') === url,
      },
    }
    let found = 0
    for (const range of ranges.flatMap((range) => [range, range, range])) {
      const names = Object.keys(filters).filter(() => random.next() < 0.35)
      const asked = names.map((name) => [name, random.pick(filters[name]?.values ?? []) ?? 'nobody'] as const)
      const expected = conversionsIn(range).filter((row) =>
        asked.every(([name, value]) => filters[name]?.of(row, value)),
      )
      const more = asked.map(([name, value]) => `&${name}=${encodeURIComponent(value)}`).join('')
      const rows = await paged<{ id: string }>(`conversions?${query(range)}${more}`, 3)
      assert.deepEqual(
        rows.map(({ id }) => id),
        expected.map(({ id }) => id),
        more,
      )
      found += names.length > 0 ? rows.length : 0
    }
    assert.ok(found > 0)
  })

  it('measure cascades as looking at every pair of shares does', async () => {
    const { cascades, alone } = oracle.cascadesOf(facts)
    const { summary } = await get<contract.CascadesReport>('cascades')
    const mean = (of: 'size' | 'virality') => cascades.reduce((sum, c) => sum + c[of], 0) / cascades.length
    const most = (of: 'size' | 'depth' | 'breadth' | 'virality') => Math.max(...cascades.map((c) => c[of]))
    const { meanSize, meanVirality, maxVirality, ...counts } = summary
    close(meanSize, mean('size'))
    close(meanVirality, mean('virality'))
    close(maxVirality, most('virality'))
    const depths: Record<string, number> = {}
    for (const { depth } of cascades) depths[depth] = (depths[depth] ?? 0) + 1
    assert.deepEqual(counts, {
      cascades: cascades.length,
      shares: cascades.reduce((sum, { size }) => sum + size, 0),
      alone,
      maxSize: most('size'),
      maxDepth: most('depth'),
      maxBreadth: most('breadth'),
      depths,
    })
  })

  it('list cascades in any order, each once', async () => {
    const { cascades } = oracle.cascadesOf(facts)
    const by = {
      recent: 'lastAt',
      size: 'size',
      depth: 'depth',
      visits: 'visits',
      conversions: 'conversions',
    } as const
    for (const [sort, key] of Object.entries(by)) {
      const expected = cascades.toSorted((a, b) => b[key] - a[key] || (a.rootId < b.rootId ? 1 : -1))
      for (const limit of [1, 4, 100]) {
        const listed = await paged<contract.Cascade>(`cascades?sort=${sort}`, limit)
        assert.deepEqual(
          listed.map(({ virality, url, channel, ...counts }) => counts),
          expected.map(({ virality, rootId, startedAt, lastAt, ...counts }) => ({
            ...counts,
            person: named(facts.shares.find(({ id }) => id === rootId)?.person_id ?? ''),
            startedAt: text(startedAt),
            lastAt: text(lastAt),
          })),
        )
        for (const [index, { virality }] of listed.entries()) close(virality, expected[index]?.virality ?? -1)
      }
    }
  })

  it('show every tree whole, by any code of it', async () => {
    for (const share of facts.shares) {
      if (share.parent_id !== null && share.depth < 3) continue
      const tree = await get<contract.CascadeTree>(`cascades/${share.code}`)
      const root = oracle.chainOf(facts, share.id).at(-1)
      const nodes = facts.shares.filter(({ id }) => oracle.chainOf(facts, id).at(-1) === root)
      assert.deepEqual([tree.root, tree.size, tree.truncated], [root?.code, nodes.length, false])
      for (const node of nodes) {
        const shown = tree.shares.find(({ code }) => code === node.code)
        const chain = oracle.chainOf(facts, node.id)
        const ofNode = ({ share_id }: { share_id: string | null }) => share_id === node.id
        assert.deepEqual(shown, {
          code: node.code,
          parent: chain[1]?.code ?? null,
          depth: chain.length - 1,
          person: named(node.person_id),
          channel: node.channel,
          at: text(node.at),
          below: nodes.filter(({ id }) => oracle.chainOf(facts, id).includes(node)).length - 1,
          visits: facts.visits.filter(ofNode).length,
          conversions: facts.conversions.filter(ofNode).length,
        })
      }
      const ids = new Set(nodes.map(({ id }) => id))
      const buyers = facts.conversions.filter(({ share_id }) => ids.has(share_id ?? ''))
      assert.deepEqual(tree.buyers.map(({ id }) => id).sort(), buyers.map(({ id }) => id).sort())
    }
  })

  it('are changed by no rebuild', async () => {
    const mended = await bench.deps.write((work) => rebuildSite(work, site.id))
    assert.deepEqual(mended, { rollup: 0, share_total: 0, cascade: 0, cascade_level: 0 })
  })

  it('are mended by a rebuild where somebody spoilt them, and nowhere else', async () => {
    const spoil = [
      ['rollup', sql`update rollup set amount = amount + 1 where site_id = ${site.id} and currency = 'EUR'`],
      ['rollup', sql`delete from rollup where site_id = ${site.id} and kind = 'channel'`],
      ['rollup', sql`update rollup set interacted = 0 where site_id = ${site.id} and interacted > 0`],
      ['rollup', sql`update rollup set joined = joined + 1 where site_id = ${site.id} and kind = 'site'`],
      ['rollup', sql`update rollup set passed_on = 9 where site_id = ${site.id} and passed_on = 1`],
      ['share_total', sql`update share_total set below = 7 where site_id = ${site.id} and below = 1`],
      ['cascade', sql`update cascade set distances = distances + 1, breadth = 0 where site_id = ${site.id}`],
      ['cascade_level', sql`delete from cascade_level where site_id = ${site.id} and depth = 2`],
      [
        'cascade_level',
        sql`insert into cascade_level (site_id, root_id, depth, shares) values (${site.id}, 'none', 1, 1)`,
      ],
    ] as const
    const whole = await everything()
    for (const [table, statement] of spoil) {
      const spoilt = await bench.deps.write(async ({ db }) =>
        Number((await statement.execute(db)).numAffectedRows),
      )
      assert.ok(spoilt > 0)
      const mended = await bench.deps.write((work) => rebuildSite(work, site.id))
      assert.deepEqual(mended, { rollup: 0, share_total: 0, cascade: 0, cascade_level: 0, [table]: spoilt })
      const now = await everything()
      assert.deepEqual(
        [...now].filter((row) => !whole.has(row)),
        [],
      )
      assert.deepEqual(
        [...whole].filter((row) => !now.has(row)),
        [],
      )
    }

    async function everything() {
      const tables = ['rollup', 'share_total', 'cascade', 'cascade_level'] as const
      const rows = await Promise.all(
        tables.map((table) => bench.deps.read.selectFrom(table).selectAll().execute()),
      )
      // A rollup row that counts nothing is as good as absent.
      const counting = rows
        .flat()
        .filter(
          (row) =>
            !('grain' in row) ||
            row.shares + row.visits + row.conversions + row.interacted + row.joined + row.passed_on > 0,
        )
      return new Set(counting.map((row) => JSON.stringify(row)))
    }
  })

  it('count right while all comes at once, and a rebuild meanwhile changes nothing', async () => {
    const busy = await newSite(bench)
    const rebuild = () => bench.deps.write((work) => rebuildSite(work, busy.id))
    for (let round = 0; round < 10; round++) {
      const { code } = await somebody(bench, busy).share()
      const hop = async () => {
        const bob = somebody(bench, busy)
        await bob.visit(code)
        await bob.share()
      }
      const visit = () => somebody(bench, busy).visit(code)
      const [mended] = await Promise.all([rebuild(), hop(), visit(), hop(), visit(), visit(), hop(), visit()])
      assert.deepEqual(mended, { rollup: 0, share_total: 0, cascade: 0, cascade_level: 0 })
    }
    assert.deepEqual(await rebuild(), { rollup: 0, share_total: 0, cascade: 0, cascade_level: 0 })
  })

  it('tell nothing, and no fault, of a site where nothing happened', async () => {
    const quiet = serverOf(bench, await newSite(bench))
    const { totals } = await quiet.get<contract.Overview>('/v1/reports/overview')
    assert.deepEqual(totals, {
      shares: 0,
      visits: 0,
      conversions: 0,
      attributed: 0,
      proved: 0,
      value: [],
      earned: [],
    })
    const { summary, data, next } = await quiet.get<contract.CascadesReport>('/v1/reports/cascades')
    assert.deepEqual(
      [summary.cascades, summary.meanVirality, summary.depths, data, next],
      [0, 0, {}, [], null],
    )
    for (const path of ['people', 'pages', 'channels', 'conversions', 'attribution', 'funnel'])
      assert.deepEqual((await quiet.get<{ data: unknown[] }>(`/v1/reports/${path}`)).data, [])
  })

  function close(actual: number, expected: number) {
    assert.ok(Math.abs(actual - expected) < 1e-9, `${actual} is not ${expected}`)
  }
})
