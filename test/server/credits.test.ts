import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { Balances, Credit, LedgerLines } from '../../server/contract/rewards.ts'
import { newToken, onEveryDatabase, pageOf } from '../support/databases.ts'
import { aShop, type Shop } from '../support/shop.ts'
import { refusal } from '../support/somebody.ts'

onEveryDatabase('store credit', (bench) => {
  /** A shop where Alice has 980 of store credit for each of some orders. */
  async function credited(orders = 1): Promise<Shop> {
    const shop = await aShop(bench)
    await shop.programme({ holdDays: 0, pays: 'credit' })
    const code = await shop.chain('alice')
    for (let i = 0; i < orders; i++) await shop.buy(`buyer ${i}`, code, `A-${i}`)
    await bench.settle()
    const { id } = await shop.send<{ id: string }>('/v1/payouts', { method: 'credit' })
    await shop.send(`/v1/payouts/${id}/paid`, {})
    return shop
  }
  const creditOf = (shop: Shop, customerId = 'alice') =>
    shop.server.get<Credit>(`/v1/credits?customerId=${customerId}`)
  const spend = (shop: Shop, spending: object) =>
    shop.server.post('/v1/credits/spend', { customerId: 'alice', currency: 'EUR', ...spending })
  const euros = (amount: number) => [{ currency: 'EUR', amount }]

  it('is given by a payout and spent bit by bit, down to nothing', async () => {
    const shop = await credited()
    assert.deepEqual(await creditOf(shop), { customerId: 'alice', balance: euros(980) })
    assert.deepEqual(await creditOf(shop, 'stranger'), { customerId: 'stranger', balance: [] })
    const first = await spend(shop, { spendId: 's1', value: 600 })
    assert.deepEqual(await first.json(), { customerId: 'alice', balance: euros(380) })
    const tooMuch = await spend(shop, { spendId: 's2', value: 381 })
    assert.equal(tooMuch.status, 409)
    assert.match(await tooMuch.text(), /380 EUR/)
    // What was refused is not spent, and its id is free.
    assert.equal((await spend(shop, { spendId: 's2', value: 380 })).status, 200)
    assert.deepEqual(await creditOf(shop), { customerId: 'alice', balance: euros(0) })
    const alice = await shop.person('alice')
    assert.equal((await shop.balances())[`paid ${alice}`], 980)
    assert.deepEqual(await shop.unbalanced(), [])
  })

  it('is spent once a spend id, with the first answer again', async () => {
    const shop = await credited()
    const first = await (await spend(shop, { spendId: 's1', value: 100 })).json()
    await spend(shop, { spendId: 's2', value: 100 })
    assert.deepEqual(await (await spend(shop, { spendId: 's1', value: 100 })).json(), first)
    assert.deepEqual(await refusal(spend(shop, { spendId: 's1', value: 101 })), [422, 'spendId'])
    assert.deepEqual(await refusal(spend(shop, { spendId: 's1', value: 100, customerId: 'bob' })), [
      422,
      'spendId',
    ])
    assert.deepEqual((await creditOf(shop)).balance, euros(780))
    const other = await credited()
    assert.equal((await spend(other, { spendId: 's1', value: 5 })).status, 200)
  })

  it('never goes below nothing, however many spend at once', async () => {
    const shop = await credited(2)
    const answers = await Promise.all([
      ...Array.from({ length: 24 }, (_, i) => spend(shop, { spendId: `each ${i}`, value: 250 })),
      ...Array.from({ length: 8 }, () => spend(shop, { spendId: 'same', value: 10 })),
    ])
    const statuses = answers.map(({ status }) => status)
    assert.ok(statuses.every((status) => status === 200 || status === 409))
    const spent = statuses.slice(0, 24).filter((status) => status === 200).length
    const same = statuses.slice(24).filter((status) => status === 200).length
    assert.equal(spent, 7)
    assert.ok(same === 8)
    assert.deepEqual((await creditOf(shop)).balance, euros(1960 - 7 * 250 - 10))
  })

  it('is none for a currency or a customer that has none', async () => {
    const shop = await credited()
    assert.equal((await spend(shop, { spendId: 's', value: 1, currency: 'USD' })).status, 409)
    assert.equal((await spend(shop, { spendId: 's', value: 1, customerId: 'nobody' })).status, 409)
    assert.deepEqual(await refusal(spend(shop, { spendId: 's', value: 0 })), [422, 'value'])
    assert.deepEqual(await refusal(spend(shop, { spendId: 's', value: 1, currency: 'EURO' })), [
      422,
      'currency',
    ])
    const headers = { authorization: `Bearer ${shop.site.secretKey}` }
    assert.deepEqual(await refusal(bench.request('/v1/credits', { headers })), [422, 'customerId'])
  })

  it('is for the secret key alone', async () => {
    const shop = await credited()
    const body = { customerId: 'alice', spendId: 's', value: 1, currency: 'EUR' }
    const page = pageOf(bench, shop.site)
    assert.equal((await page('/v1/credits/spend', body)).status, 401)
    assert.equal((await page('/v1/credits/spend', body, { token: newToken() })).status, 403)
    assert.equal((await creditOf(shop)).balance[0]?.amount, 980)
  })

  it('stands in the books, which pages walk line by line and which sum to nothing', async () => {
    const shop = await credited(2)
    await spend(shop, { spendId: 's1', value: 300 })
    const all = await shop.server.get<LedgerLines>('/v1/ledger?limit=100')
    const walked: LedgerLines['data'] = []
    let cursor = ''
    do {
      const { data, next } = await shop.server.get<LedgerLines>(`/v1/ledger?limit=3${cursor}`)
      walked.push(...data)
      cursor = next === null ? '' : `&cursor=${next}`
    } while (cursor)
    assert.deepEqual(walked, all.data)
    assert.deepEqual(
      walked.slice(0, 2).map(({ account, amount, reason }) => [account, amount.amount, reason]),
      [
        ['credit', -300, 'spent'],
        ['paid', 300, 'spent'],
      ],
    )
    const [reward] = await shop.rewards()
    const ofReward = await shop.server.get<LedgerLines>(`/v1/ledger?limit=100&reward=${reward?.id}`)
    assert.deepEqual(ofReward.data.map(({ account, amount }) => [account, amount.amount]).reverse(), [
      ['person', 980],
      ['payable', 980],
      ['person', -980],
      ['credit', 980],
      ['payable', -980],
    ])
    const alice = await shop.person('alice')
    const ofAlice = await shop.server.get<LedgerLines>(`/v1/ledger?account=credit&holder=${alice}`)
    assert.deepEqual(
      ofAlice.data.map(({ amount }) => amount.amount),
      [-300, 980, 980],
    )
    const balances = await shop.server.get<Balances>('/v1/ledger/balances')
    assert.deepEqual(balances.sum, euros(0))
    const told = balances.data
      .filter(({ balance }) => balance.amount !== 0)
      .map(({ account, holder, balance }) => [`${account} ${holder}`.trim(), balance.amount])
    assert.deepEqual(Object.fromEntries(told), await shop.balances())
  })
})
