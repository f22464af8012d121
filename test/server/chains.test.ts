import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { CascadeTree } from '../../server/contract/reports.ts'
import type { Share } from '../../server/contract/shares.ts'
import { newSite, newToken, onEveryDatabase, ORIGIN, pageOf, serverOf } from '../support/databases.ts'

const article = `${ORIGIN}/article`

onEveryDatabase('chains', (bench) => {
  it('makes a visitor who shares on the next hop', async () => {
    const site = await newSite(bench)
    const page = pageOf(bench, site)
    const alice = newToken()
    const bob = newToken()
    const first = (await (await page('/v1/shares', { url: article, channel: 'copy' }, { token: alice })).json()) as Share
    assert.equal(first.parent, null)

    const arrived = await page('/v1/visits', { code: first.code, url: `${article}?gv=${first.code}` }, { token: bob })
    assert.deepEqual([arrived.status, await arrived.json()], [200, { outcome: 'counted' }])

    const second = (await (await page('/v1/shares', { url: article, channel: 'copy' }, { token: bob })).json()) as Share
    assert.deepEqual([second.parent, second.depth], [first.code, 1])

    const tree = await serverOf(bench, site).get<CascadeTree>(`/v1/reports/cascades/${second.code}`)
    assert.deepEqual(
      tree.shares.map(({ code, parent, below, visits }) => ({ code, parent, below, visits })),
      [
        { code: first.code, parent: null, below: 1, visits: 1 },
        { code: second.code, parent: first.code, below: 0, visits: 0 },
      ],
    )
  })
})
