import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { Database } from '../../server/db/schema.ts'
import { newSite, newToken, onEveryDatabase, pageOf, serverOf, type TestSite } from '../support/databases.ts'
import { seeded } from '../support/random-life.ts'
import { ARTICLE, mintCode, refusal, SHOP, somebody } from '../support/somebody.ts'

type Conversion = Database['conversion']

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

onEveryDatabase('what led to a conversion', (bench) => {
  const rowsOf = (site: TestSite) =>
    bench.deps.read.selectFrom('conversion').selectAll().where('site_id', '=', site.id).execute()
  const onlyRow = async (site: TestSite): Promise<Conversion> => {
    const [row, ...more] = await rowsOf(site)
    assert.ok(row)
    assert.deepEqual(more, [])
    return row
  }
  const codesById = async (site: TestSite) => {
    const shares = await bench.deps.read
      .selectFrom('share')
      .selectAll()
      .where('site_id', '=', site.id)
      .execute()
    return new Map(shares.map(({ id, code }) => [id, code]))
  }
  /** The codes of a conversion's touches, oldest first. */
  const touched = async (site: TestSite, row: Conversion) => {
    const codes = await codesById(site)
    return (JSON.parse(row.touches ?? '[]') as [string, number][]).map(([share]) => codes.get(share))
  }
  const brought = ({ share_id, path, people, rung, touches, buyer_id }: Conversion) => ({
    ...{ share_id, path, people, rung, touches, buyer_id },
  })

  it('is all the visits of the 30 days before it, oldest first, as a log of them tells', async () => {
    const site = await newSite(bench)
    const server = serverOf(bench, site)
    const random = seeded(11)
    const codes: string[] = []
    for (let i = 0; i < 6; i++) codes.push((await somebody(bench, site).share()).code)
    const ids = new Map([...(await codesById(site))].map(([id, code]) => [code, id]))
    const log: { customerId: string; code: string; at: number }[] = []
    const begin = bench.clock.now - 80 * DAY
    for (let step = 0; step < 150; step++) {
      const [customerId, code] = [random.pick(['a', 'b', 'c']), random.pick(codes)]
      const at = begin + random.below(78 * DAY)
      if (random.next() < 0.75) {
        await server.post('/v1/visits', { code, url: ARTICLE, customerId, at: new Date(at).toISOString() })
        log.push({ customerId, code, at })
        continue
      }
      await server.post('/v1/conversions', {
        ...{ name: 'purchase', orderId: `order ${step}`, customerId, at: new Date(at).toISOString() },
      })
      const row = (await rowsOf(site)).find(({ order_id }) => order_id === `order ${step}`) as Conversion
      // Of several visits through one share on one day the last is known.
      const visits = new Map<string, (typeof log)[number]>()
      for (const visit of log.filter((one) => one.customerId === customerId)) {
        const key = `${visit.code} ${Math.floor(visit.at / DAY)}`
        if ((visits.get(key)?.at ?? 0) < visit.at) visits.set(key, visit)
      }
      const expected = [...visits.values()]
        .filter((visit) => visit.at >= at - 30 * DAY && visit.at <= at + MINUTE)
        .sort((a, b) => a.at - b.at)
      assert.deepEqual(
        row.touches === null ? [] : JSON.parse(row.touches),
        expected.map((visit) => [ids.get(visit.code), visit.at]),
      )
      assert.equal(row.share_id, ids.get(expected.at(-1)?.code ?? '') ?? null)
    }
  })

  it('names the people of the chain and the buyer', async () => {
    const site = await newSite(bench)
    const [alice, bob, carol] = [somebody(bench, site), somebody(bench, site), somebody(bench, site)]
    const a = await alice.share()
    await bob.visit(a.code)
    const b = await bob.share()
    await carol.visit(b.code)
    await carol.convert({ orderId: 'guest' })
    await carol.share()
    await carol.convert({ orderId: 'person' })
    const shares = await bench.deps.read
      .selectFrom('share')
      .selectAll()
      .where('site_id', '=', site.id)
      .execute()
    const person = (code: string) => shares.find((share) => share.code === code)?.person_id as string
    const rows = new Map((await rowsOf(site)).map((row) => [row.order_id, row]))
    const carols = shares.find(({ depth }) => depth === 2)?.person_id as string
    assert.equal(rows.get('guest')?.people, person(a.code) + person(b.code))
    assert.equal(rows.get('guest')?.buyer_id, null)
    assert.equal(rows.get('person')?.buyer_id, carols)
  })

  it('does not change, whatever happens or is told later', async () => {
    const site = await newSite(bench)
    const server = serverOf(bench, site)
    const [alice, bob, eve] = [somebody(bench, site), somebody(bench, site), somebody(bench, site)]
    const { code } = await alice.share()
    await bob.visit(code)
    await bob.share()
    bench.clock.now += DAY
    await bob.convert({ orderId: 'A-1', value: 100, currency: 'EUR' })
    const before = brought(await onlyRow(site))
    assert.ok(before.share_id && before.buyer_id)

    bench.clock.now += DAY
    const other = await eve.share({ url: SHOP })
    await bob.visit(other.code, { url: SHOP })
    await bob.visit(code)
    await server.post('/v1/visits', { code: other.code, url: SHOP, customerId: 'bob' })
    await bob.share({ url: SHOP })
    await bench.request('/v1/me', {
      method: 'PATCH',
      headers: {
        ...{ 'content-type': 'application/json', 'x-grapevine-site': site.publishableKey },
        authorization: `Bearer ${alice.token}`,
      },
      body: JSON.stringify({ name: 'Alice' }),
    })
    await bob.convert({ orderId: 'A-1' })
    await server.post('/v1/conversions', { name: 'purchase', orderId: 'A-1', value: 90, currency: 'EUR' })
    // The customer's visit came after the order: it did not lead to it.
    await server.post('/v1/conversions', { name: 'purchase', orderId: 'A-1', customerId: 'bob' })
    await server.post('/v1/refunds', { refundId: 'r', orderId: 'A-1', value: 1, currency: 'EUR' })
    await bench.request(`/v1/shares/${code}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${site.secretKey}` },
    })
    await bench.settle()
    assert.deepEqual(brought(await onlyRow(site)), before)
  })

  it('has no other buyer because somebody else tells of the order, too', async () => {
    const site = await newSite(bench)
    const [alice, bob, carol] = [somebody(bench, site), somebody(bench, site), somebody(bench, site)]
    await bob.visit((await alice.share()).code)
    await carol.visit((await bob.share()).code)
    await carol.convert({ orderId: 'A-1' })
    const before = brought(await onlyRow(site))
    await bob.convert({ orderId: 'A-1' })
    assert.deepEqual(brought(await onlyRow(site)), before)
    await carol.share()
    await carol.convert({ orderId: 'A-1' })
    assert.deepEqual(brought(await onlyRow(site)), before)
    assert.equal(before.buyer_id, null)
  })

  it('has the buyer of the report that tells who brought it', async () => {
    const site = await newSite(bench)
    const [alice, bob] = [somebody(bench, site), somebody(bench, site)]
    await bob.visit((await alice.share()).code)
    await bob.share()
    const order = { name: 'purchase', orderId: 'A-1' }
    await serverOf(bench, site).post('/v1/conversions', { ...order, customerId: 'bob' })
    assert.equal((await onlyRow(site)).buyer_id, null)
    await bob.convert(order)
    const { buyer_id, share_id } = await onlyRow(site)
    assert.ok(share_id && buyer_id)
  })

  it('is what a proof knows, where it knows what a claim did not or had from a page', async () => {
    for (const claimed of ['by nobody', 'by a code'] as const) {
      const site = await newSite(bench)
      const server = serverOf(bench, site)
      const [one, two] = [await somebody(bench, site).share(), await somebody(bench, site).share()]
      await server.post('/v1/visits', { code: two.code, url: ARTICLE, customerId: 'bob' })
      const claim = { name: 'purchase', orderId: 'A-1' }
      const arrival = claimed === 'by a code' ? { arrival: one.code } : {}
      await pageOf(bench, site)('/v1/conversions', { ...claim, ...arrival })
      await server.post('/v1/conversions', { ...claim, customerId: 'bob' })
      const row = await onlyRow(site)
      assert.deepEqual(await touched(site, row), [two.code], claimed)
      assert.equal(row.rung, 'customer')
    }
  })

  it('is known once the code that came last is, with the visits before it', async () => {
    const site = await newSite(bench)
    const [early, code] = [await somebody(bench, site).share(), mintCode(site)]
    const bob = somebody(bench, site)
    await bob.visit(early.code)
    bench.clock.now += DAY
    await bob.visit(code)
    await bob.convert({ orderId: 'A-1' })
    assert.deepEqual(await touched(site, await onlyRow(site)), [])
    bench.clock.now += DAY
    await somebody(bench, site).share({ code })
    await bench.settle()
    const row = await onlyRow(site)
    assert.deepEqual(await touched(site, row), [early.code, code])
    assert.equal(row.people?.length, 16)
  })

  it('is one share where only a code is known', async () => {
    const site = await newSite(bench)
    const { code } = await somebody(bench, site).share()
    await pageOf(bench, site)('/v1/conversions', { name: 'signup', arrival: code })
    const row = await onlyRow(site)
    assert.deepEqual(JSON.parse(row.touches ?? ''), [[row.share_id, row.at]])
    assert.equal(row.buyer_id, null)
  })

  it('makes work for rewards once a report that changes something', async () => {
    const site = await newSite(bench)
    const bob = somebody(bench, site)
    const queued = async () => {
      const rows = await bench.deps.read
        .selectFrom('outbox')
        .selectAll()
        .where('site_id', '=', site.id)
        .where('topic', '=', 'settle-conversion')
        .execute()
      await bench.settle()
      return rows.length
    }
    await bob.convert({ orderId: 'A-1', value: 1, currency: 'EUR' })
    assert.equal(await queued(), 1)
    await bob.convert({ orderId: 'A-1', value: 1, currency: 'EUR' })
    assert.equal(await queued(), 0)
    await serverOf(bench, site).post('/v1/conversions', { name: 'x', orderId: 'A-1' })
    assert.equal(await queued(), 1)
  })

  it('has its signs noted, and a proof takes none of them away', async () => {
    const bot = { 'user-agent': 'Googlebot/2.1 (+http://www.google.com/bot.html)' }
    const cases: [string, object, Record<string, string>, string[] | null][] = [
      ['a person', { gesture: true }, {}, null],
      ['nothing said', {}, {}, null],
      ['no gesture', { gesture: false }, {}, ['no_gesture']],
      ['a bot', {}, bot, ['bot']],
      ['a prefetch', { gesture: false }, { 'sec-purpose': 'prefetch' }, ['bot', 'no_gesture']],
    ]
    for (const [title, more, headers, signs] of cases) {
      const site = await newSite(bench)
      const claim = { name: 'purchase', orderId: 'A-1' }
      const told = async () => JSON.parse((await onlyRow(site)).signs ?? 'null')
      await pageOf(bench, site)('/v1/conversions', { ...claim, ...more }, { headers })
      assert.deepEqual(await told(), signs, title)
      const server = serverOf(bench, site)
      await server.post('/v1/conversions', claim, { 'user-agent': '' })
      assert.deepEqual(await told(), signs, title)
      await server.post('/v1/conversions', { ...claim, customerMail: 'bob@0-mail.com' })
      const both = [...(signs ?? []), 'disposable_mail'].sort()
      assert.deepEqual(await told(), both, title)
    }
  })

  it('knows a buyer by their mail address, however it is written, and keeps no address', async () => {
    const site = await newSite(bench)
    const server = serverOf(bench, site)
    const same = ['bob.smith+shop@gmail.com', 'BobSmith@GoogleMail.com', ' b.o.b.smith@gmail.com ']
    const others = ['bob@example.com', 'b.ob@example.com', 'bobsmith@example.com']
    const hashes: (string | null)[] = []
    for (const [index, customerMail] of [...same, ...others].entries()) {
      const orderId = `${index}`
      const response = await server.post('/v1/conversions', {
        name: 'x',
        orderId,
        customerMail,
        customerId: orderId,
      })
      assert.equal(response.status, 201, customerMail)
      const row = (await rowsOf(site)).find(({ order_id }) => order_id === orderId)
      hashes.push(row?.mail_hash ?? null)
      assert.ok(!JSON.stringify(row).toLowerCase().includes('smith'))
    }
    assert.equal(new Set(hashes.slice(0, same.length)).size, 1)
    assert.equal(new Set(hashes).size, 1 + others.length)
    assert.ok(hashes.every(Boolean))
    for (const customerMail of ['bob', 'bob@', '@example.com', 'b b@example.com'])
      assert.deepEqual(await refusal(server.post('/v1/conversions', { name: 'x', customerMail })), [
        422,
        'customerMail',
      ])
    const claim = pageOf(bench, site)('/v1/conversions', { name: 'x', customerMail: 'bob@example.com' })
    assert.deepEqual(await refusal(claim), [403, 'customerMail'])
  })

  it('marks the person of a proved mail address', async () => {
    const site = await newSite(bench)
    const token = newToken()
    await somebody(bench, site, token).share()
    await somebody(bench, site, token).convert({ orderId: 'A-1' })
    const proof = { name: 'x', orderId: 'A-1', customerMail: 'bob@example.com' }
    await serverOf(bench, site).post('/v1/conversions', proof)
    await serverOf(bench, site).post('/v1/conversions', proof)
    const marks = await bench.deps.read
      .selectFrom('person_mark')
      .selectAll()
      .where('site_id', '=', site.id)
      .execute()
    const row = await onlyRow(site)
    assert.deepEqual(
      marks.map(({ kind, hash, person_id }) => [kind, hash, person_id]),
      [['mail', row.mail_hash, row.buyer_id]],
    )
  })

  it('knows services for mailboxes to throw away, with their subdomains', async () => {
    const site = await newSite(bench)
    const cases: [string, boolean][] = [
      ['bob@0-mail.com', true],
      ['BOB@0-MAIL.COM', true],
      ['bob@33mail.com', true],
      ['bob@any.of.33mail.com', true],
      ['bob@any.0-mail.com', false],
      ['bob@not33mail.com', false],
      ['bob@gmail.com', false],
    ]
    for (const [customerMail, disposable] of cases) {
      const orderId = customerMail
      await serverOf(bench, site).post('/v1/conversions', { name: 'x', orderId, customerMail })
      const row = (await rowsOf(site)).find((one) => one.order_id === orderId)
      assert.equal(row?.signs, disposable ? '["disposable_mail"]' : null, customerMail)
    }
  })
})
