import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { Overview } from '../../server/contract/reports.ts'
import { visitorKey } from '../../server/identity/find-person.ts'
import { newSite, onEveryDatabase, serverOf } from '../support/databases.ts'
import { ARTICLE, mintCode, somebody } from '../support/somebody.ts'

onEveryDatabase('consent that comes after the visit', (bench) => {
  it('makes a visit that was told before its visitor agreed to be known theirs, and counts it once', async () => {
    const site = await newSite(bench)
    const { code } = await somebody(bench, site).share()
    const nobody = somebody(bench, site, '')
    const told = { code, url: ARTICLE }
    assert.equal((await nobody.post('/v1/visits', told, { 'idempotency-key': 'first' })).status, 200)
    bench.clock.now += 3 * 60 * 60 * 1000
    const bob = somebody(bench, site)
    const claims = await Promise.all(
      ['a', 'b', 'c'].map((key) =>
        bob.post('/v1/visits', { ...told, was: 'first', gesture: true }, { 'idempotency-key': key }),
      ),
    )
    for (const claim of claims) assert.deepEqual(await claim.json(), { outcome: 'again' })
    // Whoever comes later with the same key finds nothing, and is a visitor of their own.
    const carol = await somebody(bench, site).post('/v1/visits', { ...told, was: 'first' })
    assert.deepEqual(await carol.json(), { outcome: 'counted' })
    const visits = await bench.deps.read
      .selectFrom('visit')
      .select(['visitor', 'gesture'])
      .where('site_id', '=', site.id)
      .orderBy('id')
      .execute()
    assert.deepEqual(
      visits.map(({ visitor, gesture }) => [visitor === visitorKey({ token: bob.token as string }), gesture]),
      [
        [true, 1],
        [false, 0],
      ],
    )
    const { totals } = await serverOf(bench, site).get<Overview>('/v1/reports/overview')
    assert.equal(totals.visits, 2)
    assert.equal((await bob.share()).parent, code)
  })

  it('leaves a visit with nobody where its visitor turns out to be the sharer, or keeps no token', async () => {
    const site = await newSite(bench)
    const alice = somebody(bench, site)
    const { code } = await alice.share()
    const nobody = somebody(bench, site, '')
    await nobody.post('/v1/visits', { code, url: ARTICLE }, { 'idempotency-key': 'mine' })
    const own = await alice.post('/v1/visits', { code, url: ARTICLE, was: 'mine' })
    assert.deepEqual(await own.json(), { outcome: 'own' })
    const again = await nobody.post('/v1/visits', { code, url: ARTICLE, was: 'mine' })
    assert.deepEqual(await again.json(), { outcome: 'again' })
    const { totals } = await serverOf(bench, site).get<Overview>('/v1/reports/overview')
    assert.equal(totals.visits, 1)
  })

  it('makes a visit that waits for its code its visitor’s, too', async () => {
    const site = await newSite(bench)
    const code = mintCode(site)
    const nobody = somebody(bench, site, '')
    await nobody.post('/v1/visits', { code, url: ARTICLE }, { 'idempotency-key': 'early' })
    const bob = somebody(bench, site)
    const claim = await bob.post('/v1/visits', { code, url: ARTICLE, was: 'early' })
    assert.deepEqual(await claim.json(), { outcome: 'waiting' })
    await somebody(bench, site).share({ code })
    await bench.settle()
    assert.equal((await bob.share()).parent, code)
    const { totals } = await serverOf(bench, site).get<Overview>('/v1/reports/overview')
    assert.equal(totals.visits, 1)
  })
})
