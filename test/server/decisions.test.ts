import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { Reward, Rewards } from '../../server/contract/rewards.ts'
import { onEveryDatabase } from '../support/databases.ts'
import { aShop, DAY, type Shop } from '../support/shop.ts'
import { refusal } from '../support/somebody.ts'

onEveryDatabase('decisions', (bench) => {
  /** A shop with rewards of 980 each that are held, and flagged where the page saw no gesture. */
  async function queue(flagged: readonly boolean[]): Promise<{ shop: Shop; ids: string[] }> {
    const shop = await aShop(bench)
    await shop.programme()
    const code = await shop.chain('alice')
    for (const [i, suspicious] of flagged.entries())
      await shop.buy(`buyer ${i}`, code, `A-${i}`, suspicious ? { gesture: false } : {})
    await bench.settle()
    return { shop, ids: (await shop.rewards()).map(({ id }) => id) }
  }
  const decide = (shop: Shop, act: string, rewards: readonly (string | undefined)[], note?: string) =>
    shop.send<Pick<Rewards, 'data'>>('/v1/rewards/decisions', { act, rewards, ...(note ? { note } : {}) })
  const tryTo = (shop: Shop, body: object) => shop.server.post('/v1/rewards/decisions', body)
  const balancesOf = async (shop: Shop) => {
    const alice = await shop.person('alice')
    const balances = await shop.balances()
    return ['person', 'payable', 'paid'].map((account) => balances[`${account} ${alice}`] ?? 0)
  }

  it('approve at once what is held or flagged, and are written down with who and why', async () => {
    const { shop, ids } = await queue([false, true])
    assert.deepEqual(
      (await shop.rewards()).map(({ state, reasons }) => [state, reasons]),
      [
        ['pending', []],
        ['review', ['no_gesture']],
      ],
    )
    const { data } = await decide(shop, 'approve', ids, 'I know her')
    assert.deepEqual(
      data.map(({ id, state, reasons, decisions }) => [
        id,
        state,
        reasons,
        decisions.map(({ act, note }) => [act, note]),
      ]),
      [
        [ids[0], 'approved', [], [['approve', 'I know her']]],
        [ids[1], 'approved', ['no_gesture'], [['approve', 'I know her']]],
      ],
    )
    assert.match(
      data[0]?.decisions[0]?.who ?? '',
      new RegExp(`^secret key …${shop.site.secretKey.slice(-4)}$`),
    )
    assert.deepEqual(await balancesOf(shop), [0, 1960, 0])
    // The hold that ends later changes nothing.
    bench.clock.now += 15 * DAY
    await bench.settle()
    assert.deepEqual(await balancesOf(shop), [0, 1960, 0])
  })

  it('leave what is flagged waiting, however long', async () => {
    const { shop } = await queue([true])
    bench.clock.now += 400 * DAY
    await bench.settle()
    assert.equal((await shop.rewards())[0]?.state, 'review')
  })

  it('are overturned either way, and each is kept', async () => {
    const { shop, ids } = await queue([true])
    await decide(shop, 'refuse', ids, 'one and the same')
    assert.deepEqual(await balancesOf(shop), [0, 0, 0])
    await decide(shop, 'approve', ids, 'twins')
    assert.deepEqual(await balancesOf(shop), [0, 980, 0])
    await decide(shop, 'refuse', ids)
    const { data } = await decide(shop, 'refuse', ids)
    assert.deepEqual(
      data[0]?.decisions.map(({ act, note }) => [act, note]),
      [
        ['refuse', 'one and the same'],
        ['approve', 'twins'],
        ['refuse', ''],
      ],
    )
    assert.deepEqual(await balancesOf(shop), [0, 0, 0])
    assert.deepEqual(await shop.unbalanced(), [])
  })

  it('are all taken, or none', async () => {
    const { shop, ids } = await queue([false, false, true])
    await decide(shop, 'approve', [ids[2]])
    const { id } = await shop.send<{ id: string }>('/v1/payouts', { method: 'money' })
    await shop.send(`/v1/payouts/${id}/paid`, {})
    const answer = await tryTo(shop, { act: 'refuse', rewards: ids })
    assert.equal(answer.status, 409)
    assert.ok(((await answer.json()) as { error: { message: string } }).error.message.includes(ids[2] ?? '-'))
    assert.deepEqual(await refusal(tryTo(shop, { act: 'refuse', rewards: [ids[0], 'unknown'] })), [
      404,
      undefined,
    ])
    assert.deepEqual(
      (await shop.rewards()).map(({ state }) => state),
      ['pending', 'pending', 'paid'],
    )
    assert.deepEqual(await refusal(tryTo(shop, { act: 'approve', rewards: ids })), [409, undefined])
  })

  it('cannot bring back what was refunded, nor more than a refund has left', async () => {
    const { shop, ids } = await queue([false, false, false])
    await decide(shop, 'refuse', ids.slice(0, 2))
    await shop.refund('A-0', 'r0')
    await shop.refund('A-1', 'r1', 2450)
    await shop.refund('A-2', 'r2')
    await bench.settle()
    assert.deepEqual(await refusal(tryTo(shop, { act: 'approve', rewards: [ids[0]] })), [409, undefined])
    assert.deepEqual(await refusal(tryTo(shop, { act: 'approve', rewards: [ids[2]] })), [409, undefined])
    await decide(shop, 'approve', [ids[1]])
    assert.deepEqual(await balancesOf(shop), [0, 490, 0])
  })

  it('cannot bring back what the budget has paid to others since', async () => {
    const shop = await aShop(bench)
    const { id, rule } = await shop.programme({ limits: { budget: 1500 } })
    const code = await shop.chain('alice')
    await shop.buy('first', code, 'A-0')
    await bench.settle()
    const [refused] = await shop.rewards()
    await decide(shop, 'refuse', [refused?.id])
    await shop.buy('second', code, 'A-1')
    await bench.settle()
    const again = { act: 'approve', rewards: [refused?.id] }
    assert.deepEqual(await refusal(tryTo(shop, again)), [409, undefined])
    assert.deepEqual((await shop.read(id)).totals.left, [{ currency: 'EUR', amount: 520 }])
    await shop.change(id, { rule: { ...rule, limits: { budget: 1960 } } })
    await decide(shop, 'approve', [refused?.id])
    assert.deepEqual((await shop.read(id)).totals.left, [{ currency: 'EUR', amount: 0 }])
    assert.deepEqual(await shop.unbalanced(), [])
  })

  it('made at once have one effect', async () => {
    const { shop, ids } = await queue([false, true])
    const answers = await Promise.all(
      Array.from({ length: 16 }, (_, i) =>
        tryTo(shop, { act: 'approve', rewards: i % 2 ? ids : ids.toReversed() }),
      ),
    )
    assert.deepEqual([...new Set(answers.map(({ status }) => status))], [200])
    assert.deepEqual(await balancesOf(shop), [0, 1960, 0])
    assert.deepEqual(
      (await shop.rewards()).map(({ decisions }) => decisions.length),
      [1, 1],
    )
  })

  it('are about rewards of this site, in a body that makes sense', async () => {
    const { ids } = await queue([false])
    const { shop: other } = await queue([])
    const told = async (id: string | undefined) => {
      const answer = await tryTo(other, { act: 'approve', rewards: [id] })
      const { error } = (await answer.json()) as { error: { message: string } }
      return [answer.status, error.message.replaceAll(id ?? '', 'ID')]
    }
    assert.deepEqual(await told(ids[0]), await told('-'.repeat(16)))
    const bad: [object, string][] = [
      [{ rewards: [] }, 'rewards'],
      [{ rewards: ['a b'] }, 'rewards[0]'],
      [{ act: 'pay' }, 'act'],
      [{ note: 'x'.repeat(501) }, 'note'],
      [{ why: 'x' }, 'why'],
    ]
    for (const [change, field] of bad)
      assert.deepEqual(await refusal(tryTo(other, { act: 'approve', rewards: ids, ...change })), [422, field])
  })

  it('are made from a list that pages, filtered by what is asked', async () => {
    const { shop, ids } = await queue([false, true, false, true, false])
    const walked: Reward[] = []
    let cursor = ''
    do {
      const { data, next } = await shop.server.get<Rewards>(`/v1/rewards?limit=2${cursor}`)
      assert.ok(data.length <= 2)
      walked.push(...data)
      cursor = next === null ? '' : `&cursor=${next}`
    } while (cursor)
    assert.deepEqual(
      walked.map(({ id }) => id),
      ids.toReversed(),
    )
    const count = async (query: string) => (await shop.rewards(query)).length
    const [first] = walked
    assert.equal(await count('&state=review'), 2)
    assert.equal(await count(`&conversion=${first?.conversion.id}`), 1)
    assert.equal(await count(`&programme=${first?.programme.id}`), 5)
    assert.equal(await count(`&person=${first?.person.id}&state=pending`), 3)
    assert.equal(await count('&person=nobody'), 0)
    assert.equal(await count('&payout=nothing'), 0)
    const get = (query: string) =>
      bench.request(`/v1/rewards?${query}`, { headers: { authorization: `Bearer ${shop.site.secretKey}` } })
    assert.deepEqual(await refusal(get('cursor=x')), [422, 'cursor'])
    assert.deepEqual(await refusal(get('state=lost')), [422, 'state'])
  })
})
