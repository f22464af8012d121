import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { Coupons } from '../../server/contract/coupons.ts'
import type { LedgerLines, NewPayout, Payout, Payouts } from '../../server/contract/rewards.ts'
import { onEveryDatabase } from '../support/databases.ts'
import { parseCsv } from '../support/parse-csv.ts'
import { aShop, type Shop, settleAtOnce } from '../support/shop.ts'
import { refusal } from '../support/somebody.ts'

onEveryDatabase('payouts', (bench) => {
  /** A shop whose rewards are approved as soon as they are earned: 980 each. */
  async function paying(rule: object = {}): Promise<Shop> {
    const shop = await aShop(bench)
    await shop.programme({ holdDays: 0, ...rule })
    return shop
  }
  async function earned(shop: Shop, sharer: string, ...orders: string[]) {
    for (const order of orders) await shop.buy(`buyer of ${order}`, await shop.chain(sharer), order)
    await bench.settle()
  }
  const batch = (shop: Shop, wanted: Partial<NewPayout> = {}) =>
    shop.send<Payout>('/v1/payouts', { method: 'money', ...wanted })
  const tryBatch = (shop: Shop, wanted: object = {}) =>
    shop.server.post('/v1/payouts', { method: 'money', ...wanted })
  const pay = (shop: Shop, { id }: { id: string }) => shop.send<Payout>(`/v1/payouts/${id}/paid`, {})
  const remove = (shop: Shop, id: string) =>
    bench.request(`/v1/payouts/${id}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${shop.site.secretKey}` },
    })
  const states = async (shop: Shop) => (await shop.rewards()).map(({ state }) => state)
  const amounts = ({ data }: Payout) => data.map(({ amount }) => amount.amount).sort((a, b) => a - b)

  it('gather what is approved, a line a person, and are paid once', async () => {
    const shop = await paying()
    await earned(shop, 'alice', 'A-1', 'A-2')
    await earned(shop, 'bob', 'B-1')
    const total = { currency: 'EUR', amount: 2940 }
    assert.deepEqual((await shop.server.get<Payouts>('/v1/payouts')).ready, [
      { method: 'money', total, people: 2, rewards: 3, unaddressed: 2 },
    ])
    const open = await batch(shop)
    assert.deepEqual([open.state, open.rewards, open.paidAt], ['open', 3, null])
    assert.deepEqual(open.total, [total])
    assert.deepEqual(amounts(open), [980, 1960])
    assert.match(open.createdBy, /^secret key …/)
    assert.deepEqual(await shop.server.get<Payout>(`/v1/payouts/${open.id}`), open)
    assert.deepEqual(await refusal(tryBatch(shop)), [409, undefined])

    const paid = await pay(shop, open)
    assert.deepEqual({ ...paid, paidAt: null, state: 'open' }, open)
    assert.deepEqual(await states(shop), ['paid', 'paid', 'paid'])
    const [alice, bob] = await Promise.all(['alice', 'bob'].map(shop.person))
    const balances = await shop.balances()
    assert.deepEqual([balances[`paid ${alice}`], balances[`paid ${bob}`]], [1960, 980])
    assert.ok(Object.keys(balances).every((account) => !account.startsWith('payable')))
    assert.deepEqual(await pay(shop, open), paid)
    assert.deepEqual(await shop.balances(), balances)
    assert.deepEqual(await shop.server.get<Payouts>('/v1/payouts'), { ready: [], data: [paid] })
    assert.deepEqual(await shop.unbalanced(), [])
  })

  it('have one effect however often they are marked paid at once', async () => {
    const shop = await paying()
    await earned(shop, 'alice', 'A-1', 'A-2', 'A-3')
    const { id } = await batch(shop)
    const answers = await Promise.all(
      Array.from({ length: 32 }, () => shop.server.post(`/v1/payouts/${id}/paid`, {})),
    )
    assert.deepEqual([...new Set(answers.map(({ status }) => status))], [200])
    const bodies = new Set(await Promise.all(answers.map((answer) => answer.text())))
    assert.equal(bodies.size, 1)
    const lines = await shop.server.get<LedgerLines>('/v1/ledger?limit=100&account=paid')
    assert.deepEqual(
      lines.data.map(({ amount }) => amount.amount),
      [980, 980, 980],
    )
  })

  it('never share a reward, however many are made at once', async () => {
    const shop = await paying()
    for (const name of ['alice', 'bob', 'carol']) await earned(shop, name, `${name}-1`, `${name}-2`)
    const ids = (await shop.rewards()).map(({ id }) => id)
    const answers = await Promise.all([
      ...Array.from({ length: 6 }, () => tryBatch(shop)),
      ...ids.map((id) => tryBatch(shop, { rewards: [id] })),
    ])
    const made = answers.filter(({ status }) => status === 201)
    assert.ok(answers.every(({ status }) => status === 201 || status === 409))
    const payouts = (await Promise.all(made.map((answer) => answer.json()))) as Payout[]
    assert.equal(
      payouts.reduce((sum, { rewards }) => sum + rewards, 0),
      6,
    )
    await Promise.all(payouts.map((payout) => pay(shop, payout)))
    const { data } = await shop.server.get<LedgerLines>('/v1/ledger?limit=100&account=paid')
    assert.equal(new Set(data.map(({ reward }) => reward)).size, 6)
    assert.equal(data.length, 6)
  })

  it('are of the method that the programme pays by, unless rewards are named', async () => {
    const shop = await paying({ pays: 'credit' })
    const other = await shop.programme({ holdDays: 0, pot: { fixed: 100 } })
    await earned(shop, 'alice', 'A-1')
    assert.deepEqual(amounts(await batch(shop, { method: 'credit' })), [980])
    assert.deepEqual(await refusal(tryBatch(shop, { method: 'credit' })), [409, undefined])
    assert.deepEqual(await refusal(tryBatch(shop, { programme: 'nobody-s' })), [404, undefined])
    assert.deepEqual(amounts(await batch(shop, { programme: other.id })), [100])
    await earned(shop, 'alice', 'A-2')
    const named = (await shop.rewards('&state=approved')).filter(({ payout }) => payout === null)
    const both = await batch(shop, { method: 'money', rewards: named.map(({ id }) => id) })
    assert.deepEqual(amounts(both), [1080])
  })

  it('say which reward cannot be paid', async () => {
    const shop = await paying()
    await earned(shop, 'alice', 'A-1')
    const [reward] = await shop.rewards()
    const id = reward?.id ?? ''
    const told = async (wanted: object) => {
      const answer = await tryBatch(shop, wanted)
      const { error } = (await answer.json()) as { error: { message: string } }
      assert.ok(error.message.includes(id), error.message)
      return answer.status
    }
    const other = await shop.programme()
    assert.equal(await told({ rewards: [id], programme: other.id }), 409)
    await batch(shop, { rewards: [id, id] })
    assert.equal(await told({ rewards: [id] }), 409)
    assert.deepEqual(await refusal(tryBatch(shop, { rewards: [id, 'unknown'] })), [409, undefined])
    assert.deepEqual(await refusal(tryBatch(shop, { rewards: ['unknown'] })), [404, undefined])
    assert.deepEqual(await refusal(tryBatch(shop, { rewards: [] })), [422, 'rewards'])
    assert.deepEqual(await refusal(tryBatch(shop, { method: 'gold' })), [422, 'method'])
  })

  it('are given up while open: the rewards can go into another', async () => {
    const shop = await paying()
    await earned(shop, 'alice', 'A-1')
    const first = await batch(shop)
    assert.equal((await remove(shop, first.id)).status, 204)
    assert.equal((await remove(shop, first.id)).status, 204)
    assert.equal((await shop.server.post(`/v1/payouts/${first.id}/paid`, {})).status, 409)
    const given = await shop.server.get<Payout>(`/v1/payouts/${first.id}`)
    assert.deepEqual([given.state, given.rewards, given.data], ['cancelled', 0, []])
    const second = await batch(shop)
    await pay(shop, second)
    assert.equal((await remove(shop, second.id)).status, 409)
    assert.deepEqual(await states(shop), ['paid'])
  })

  it('pay what rewards come to when they are paid, not when they were gathered', async () => {
    const shop = await paying()
    await earned(shop, 'alice', 'A-1', 'A-2')
    await earned(shop, 'bob', 'B-1')
    const open = await batch(shop)
    await shop.refund('A-1', 'r1')
    await shop.refund('A-2', 'r2', 1900)
    await bench.settle()
    const [first] = await shop.rewards()
    await shop.send('/v1/rewards/decisions', {
      rewards: (await shop.rewards()).slice(-1).map(({ id }) => id),
      act: 'refuse',
    })
    const paid = await pay(shop, open)
    assert.deepEqual(amounts(paid), [600])
    assert.equal(first?.state, 'reversed')
    assert.deepEqual(await states(shop), ['reversed', 'paid', 'refused'])
    assert.deepEqual(
      (await shop.rewards()).map(({ payout }) => payout),
      [null, open.id, null],
    )
    const alice = await shop.person('alice')
    assert.equal((await shop.balances())[`paid ${alice}`], 600)
    assert.equal((await shop.balances())[`payable ${alice}`], undefined)
  })

  it('with nothing left to pay are not paid', async () => {
    const shop = await paying()
    await earned(shop, 'alice', 'A-1')
    const open = await batch(shop)
    await shop.refund('A-1', 'r1')
    await bench.settle()
    assert.deepEqual((await shop.server.get<Payout>(`/v1/payouts/${open.id}`)).data, [])
    assert.equal((await shop.server.post(`/v1/payouts/${open.id}/paid`, {})).status, 409)
    assert.equal((await remove(shop, open.id)).status, 204)
  })

  it('net what was refunded after it was paid, once', async () => {
    const shop = await paying()
    await earned(shop, 'alice', 'A-1')
    await pay(shop, await batch(shop))
    await shop.refund('A-1', 'r1', 2450)
    await bench.settle()
    const alice = await shop.person('alice')
    assert.equal((await shop.balances())[`payable ${alice}`], -490)

    await earned(shop, 'alice', 'A-2')
    await earned(shop, 'alice', 'A-3')
    const [, second, third] = await shop.rewards()
    const first = await batch(shop, { rewards: [second?.id ?? ''] })
    const rest = await batch(shop, { rewards: [third?.id ?? ''] })
    // 2 × 980 − 490 in all, whichever is paid first.
    assert.deepEqual([...amounts(first), ...amounts(rest)], [980, 490])
    assert.deepEqual(amounts(await pay(shop, rest)), [490])
    assert.deepEqual(amounts(await pay(shop, first)), [980])
    const balances = await shop.balances()
    assert.equal(balances[`paid ${alice}`], 980 + 980 + 490)
    assert.equal(balances[`payable ${alice}`], undefined)
    assert.deepEqual(await shop.unbalanced(), [])
  })

  it('and refunds that come at once never pay a cent too much or too little', async () => {
    const shop = await paying()
    const orders = Array.from({ length: 8 }, (_, i) => `A-${i}`)
    await earned(shop, 'alice', ...orders)
    const { id } = await batch(shop)
    for (const [i, order] of orders.entries())
      if (i % 2) await shop.refund(order, `r${i}`, i === 7 ? undefined : 2450)
    await Promise.all([
      settleAtOnce(bench, 3),
      ...Array.from({ length: 4 }, () => shop.server.post(`/v1/payouts/${id}/paid`, {})),
    ])
    await bench.settle()
    const alice = await shop.person('alice')
    const balances = await shop.balances()
    const due = (await shop.rewards()).reduce(
      (sum, { amount, reversed }) => sum + amount.amount - reversed.amount,
      0,
    )
    assert.equal(due, 4 * 980 + 3 * 490)
    assert.equal((balances[`paid ${alice}`] ?? 0) + (balances[`payable ${alice}`] ?? 0), due)
    assert.deepEqual(await shop.unbalanced(), [])
    const paid = await shop.server.get<Payout>(`/v1/payouts/${id}`)
    assert.deepEqual(amounts(paid), [balances[`paid ${alice}`]])
  })

  it('leave out who owes back as much as they would get', async () => {
    const shop = await paying()
    await earned(shop, 'alice', 'A-1')
    await pay(shop, await batch(shop))
    await shop.refund('A-1', 'r1')
    await earned(shop, 'alice', 'A-2')
    assert.deepEqual(await refusal(tryBatch(shop)), [409, undefined])
    await earned(shop, 'bob', 'B-1')
    const open = await batch(shop)
    assert.deepEqual([open.rewards, amounts(open)], [1, [980]])
    assert.deepEqual(await states(shop), ['reversed', 'approved', 'approved'])
    await earned(shop, 'alice', 'A-3')
    const later = await batch(shop)
    assert.deepEqual([later.rewards, amounts(later)], [2, [980]])
  })

  it('by coupon give each person a code of their own, worth what they are paid, once', async () => {
    const shop = await paying({ pays: 'coupon' })
    await earned(shop, 'alice', 'A-1', 'A-2')
    await earned(shop, 'bob', 'B-1')
    const open = await batch(shop, { method: 'coupon' })
    assert.deepEqual(new Set(open.data.map(({ coupon }) => coupon)), new Set([null]))
    const paid = await pay(shop, open)
    const codes = paid.data.map(({ coupon }) => coupon)
    assert.equal(new Set(codes).size, 2)
    const { data } = await shop.server.get<Coupons>('/v1/coupons')
    assert.deepEqual(
      data
        .map(({ code, label, most, state }) => [codes.includes(code), label, most, state])
        .sort((a, b) => String(a[1]).localeCompare(String(b[1]))),
      [
        [true, '€19.60', 1, 'works'],
        [true, '€9.80', 1, 'works'],
      ],
    )
    assert.deepEqual(await pay(shop, open), paid)
    assert.equal((await shop.server.get<Coupons>('/v1/coupons')).data.length, 2)
  })

  it('are a list for the bank that no spreadsheet runs', async () => {
    const shop = await paying()
    const people = [
      ['=cmd|"/C calc"!A0', '+49 30 1234'],
      ['@SUM(A1)', '-1'],
      ['Ann "the, one"\nof two; lines', 'DE89 3704 0044 0532 0130 00'],
      [null, null],
    ] as const
    for (const [i, [name, payout]] of people.entries()) {
      await earned(shop, `p${i}`, `P-${i}`)
      await bench.deps.write(({ db }) =>
        db
          .updateTable('person')
          .set({ name, payout })
          .where('site_id', '=', shop.site.id)
          .where('name', 'is', null)
          .where('id', 'in', (query) =>
            query.selectFrom('reward').select('person_id').where('site_id', '=', shop.site.id),
          )
          .execute(),
      )
    }
    const { id } = await batch(shop)
    const answer = await bench.request(`/v1/payouts/${id}?format=csv`, {
      headers: { authorization: `Bearer ${shop.site.secretKey}` },
    })
    assert.equal(answer.headers.get('content-type'), 'text/csv; charset=utf-8')
    assert.match(
      answer.headers.get('content-disposition') ?? '',
      /^attachment; filename="payout-[\w-]+\.csv"$/,
    )
    const [columns, ...rows] = parseCsv(await answer.text())
    assert.deepEqual(columns, ['person', 'name', 'pay_to', 'amount', 'currency', 'rewards'])
    assert.deepEqual(
      rows.map((row) => row.slice(1)).sort(),
      people.map(([name, payTo]) => [guarded(name), guarded(payTo), '9.80', 'EUR', '1']).sort(),
    )
  })
  const guarded = (text: string | null) => (text && /^[=+@-]/.test(text) ? `'${text}` : (text ?? ''))

  it('of one site are unknown to another', async () => {
    const [shop, other] = [await paying(), await paying()]
    await earned(shop, 'alice', 'A-1')
    await earned(other, 'bob', 'B-1')
    const { id } = await batch(shop)
    const [reward] = await shop.rewards()
    const bytes = async (path: string, method = 'GET') => {
      const answer = await bench.request(path, {
        method,
        headers: { authorization: `Bearer ${other.site.secretKey}`, 'content-type': 'application/json' },
        ...(method === 'POST' ? { body: '{}' } : {}),
      })
      const { error } = (await answer.json()) as { error: { message: string; requestId?: string } }
      return [answer.status, error.message]
    }
    for (const [path, method] of [
      ['', 'GET'],
      ['?format=csv', 'GET'],
      ['/paid', 'POST'],
      ['', 'DELETE'],
    ] as const) {
      const unknown = await bytes(`/v1/payouts/-unknown-${path}`, method)
      assert.equal(unknown[0], 404)
      assert.deepEqual(await bytes(`/v1/payouts/${id}${path}`, method), unknown)
    }
    assert.deepEqual(await refusal(tryBatch(other, { rewards: [reward?.id] })), [404, undefined])
    assert.deepEqual((await other.server.get<Payouts>('/v1/payouts')).data, [])
    assert.equal((await batch(other)).rewards, 1)
  })

  it('are for the owner alone', async () => {
    const shop = await paying()
    const page = { 'x-grapevine-site': shop.site.publishableKey, 'content-type': 'application/json' }
    for (const path of ['/v1/payouts', '/v1/payouts/x', '/v1/ledger', '/v1/ledger/balances', '/v1/rewards'])
      assert.equal((await bench.request(path, { headers: page })).status, 401, path)
  })
})
