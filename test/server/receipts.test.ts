import assert from 'node:assert/strict'
import { createPublicKey, verify } from 'node:crypto'
import { it } from 'node:test'
import type { Receipt, SignedReceipt } from '../../server/contract/rewards.ts'
import { checkReceipt } from '../../server/rewards/check-receipt.ts'
import { newToken, onEveryDatabase } from '../support/databases.ts'
import { aShop, DAY, type Shop } from '../support/shop.ts'
import { somebody } from '../support/somebody.ts'

onEveryDatabase('receipts', (bench) => {
  const receiptOf = (shop: Shop, id: string | undefined) =>
    shop.server.get<SignedReceipt>(`/v1/rewards/${id}/receipt`)
  const byToken = (shop: Shop, id: string | undefined, token: string | undefined) =>
    bench.request(`/v1/rewards/${id}/receipt`, {
      headers: {
        'x-grapevine-site': shop.site.publishableKey,
        origin: shop.site.origins[0] ?? '',
        ...(token ? { authorization: `Bearer ${token}` } : {}),
      },
    })
  const linesOf = ({ lines }: Receipt) => lines.map(({ what, who, amount }) => [what, who, amount])
  const named = async (shop: Shop, customer: string, name: string) => {
    const id = await shop.person(customer)
    await bench.deps.write(({ db }) =>
      db
        .updateTable('person')
        .set({ name })
        .where('site_id', '=', shop.site.id)
        .where('id', '=', id)
        .execute(),
    )
  }
  const faults = ({ receipt, ...more }: SignedReceipt, change: (receipt: Receipt) => void = () => {}) => {
    const copy = structuredClone(receipt)
    change(copy)
    return checkReceipt(JSON.stringify({ ...more, receipt: copy }), undefined)?.faults
  }

  it('tell the chain by chosen names, and the arithmetic line by line', async () => {
    const shop = await aShop(bench)
    const { id } = await shop.programme({ split: 'leibniz', buyer: { fixed: 500 }, author: 10, site: 5 })
    await shop.send('/v1/pages/author', { url: 'https://shop.example/article', customerId: 'eve' }, 'PUT')
    const code = await shop.chain('alice', 'bob', 'carol')
    await named(shop, 'alice', 'Alice <b>')
    await named(shop, 'carol', 'you')
    await shop.buy('dave', code, 'A-1')
    await bench.settle()
    const rewards = await shop.rewards()
    const ofBob = rewards.find(({ hop }) => hop === 2)
    const { receipt } = await receiptOf(shop, ofBob?.id)
    assert.deepEqual(
      [receipt.format, receipt.reward, receipt.site.name, receipt.state, receipt.currency, receipt.hop],
      ['grapevine-receipt/1', ofBob?.id, 'Shop', 'pending', 'EUR', 2],
    )
    assert.deepEqual(receipt.conversion, {
      at: receipt.conversion.at,
      name: 'purchase',
      value: { currency: 'EUR', amount: 4900 },
      refunded: 0,
    })
    assert.deepEqual([receipt.programme.id, receipt.programme.version, receipt.friend], [id, 1, 1])
    assert.deepEqual(
      receipt.touches.map(({ chain }) => chain),
      [['“you”', 'you', 'Alice <b>']],
    )
    assert.deepEqual(linesOf(receipt), [
      ['value', null, 4900],
      ['pot', null, 980],
      ['author', 'someone', 98],
      ['site', null, 49],
      ['touch', null, 833],
      ['hop', '“you”', 277],
      ['hop', 'you', 138],
      ['hop', 'Alice <b>', 277],
      ['house', null, 980 - 98 - 277 - 138 - 277],
      ['buyer', 'someone', 500],
      ['yours', 'you', 138],
    ])
    assert.equal(receipt.amount, 138)
    assert.match(receipt.lines[1]?.how ?? '', /4900 × 20 % = 980/)
    assert.match(receipt.lines[6]?.how ?? '', /833 × 1 × 1\/6 = 138/)
    for (const { id: reward, amount } of rewards) {
      const signed = await receiptOf(shop, reward)
      assert.equal(signed.receipt.amount, amount.amount)
      assert.deepEqual(faults(signed), [])
    }
  })

  it('hold under every touch model and split, tiers, caps and refunds', async () => {
    const shop = await aShop(bench)
    for (const touch of ['last', 'first', 'linear', 'decay', 'position'] as const)
      for (const split of ['nearest', 'root', 'linear', 'halving', 'leibniz', 'blend'] as const)
        await shop.programme({
          touch,
          split,
          pot: { percent: 12.34, cap: 700 },
          tiers: [{ from: 2, pot: { percent: 33.3 } }],
          buyer: { percent: 5 },
          site: 3.21,
        })
    const codes = [await shop.chain('a', 'b'), await shop.chain('c', 'd', 'e'), await shop.chain('f')]
    for (const [i, code] of codes.entries()) await shop.visit('buyer', code, (20 - 6 * i) * DAY)
    await shop.order('A-1', { customerId: 'buyer', value: 9_999 })
    await shop.buy('other', codes[2] ?? '', 'A-2', { value: 7_777 })
    await bench.settle()
    await shop.refund('A-1', 'r1', 3_333)
    await bench.settle()
    const rewards = [...(await shop.rewards()), ...(await shop.rewards('&state=reversed'))]
    assert.ok(rewards.length > 80)
    for (const { id } of rewards) assert.deepEqual(faults(await receiptOf(shop, id)), [])
  })

  it('tell what limits and refunds took, and the state as its person sees it', async () => {
    const shop = await aShop(bench)
    await shop.programme({ limits: { personAmount: 700 } })
    await shop.buy('dave', await shop.chain('alice'), 'A-1', { gesture: false })
    await bench.settle()
    const [reward] = await shop.rewards()
    const told = async () => {
      const signed = await receiptOf(shop, reward?.id)
      assert.deepEqual(faults(signed), [])
      assert.doesNotMatch(JSON.stringify(signed), /gesture|review|refuse/)
      return [signed.receipt.state, ...linesOf(signed.receipt).slice(5)]
    }
    assert.deepEqual(await told(), ['pending', ['limit', null, -280], ['yours', 'you', 700]])
    await shop.refund('A-1', 'r1', 2450)
    await bench.settle()
    const taken = [
      ['limit', null, -280],
      ['reversed', null, -210],
      ['yours', 'you', 490],
    ]
    assert.deepEqual(await told(), ['pending', ...taken])
    await shop.send('/v1/rewards/decisions', { rewards: [reward?.id], act: 'refuse' })
    assert.deepEqual(await told(), [
      'reversed',
      ['limit', null, -280],
      ['reversed', null, -700],
      ['yours', 'you', 0],
    ])
    await shop.send('/v1/rewards/decisions', { rewards: [reward?.id], act: 'approve' })
    assert.deepEqual(await told(), ['approved', ...taken])
  })

  it('are signed with the key at /v1/keys over their canonical text, as anybody can check', async () => {
    const shop = await aShop(bench)
    await shop.programme()
    await shop.buy('dave', await shop.chain('alice'), 'A-1')
    await bench.settle()
    const signed = await receiptOf(shop, (await shop.rewards())[0]?.id)
    const { keys } = (await (await bench.request('/v1/keys')).json()) as { keys: { x: string }[] }
    assert.deepEqual(
      keys.map(({ x }) => x),
      [signed.key],
    )
    const sorted = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(sorted)
        : value !== null && typeof value === 'object'
          ? Object.fromEntries(
              Object.keys(value)
                .sort()
                .map((key) => [key, sorted((value as Record<string, unknown>)[key])]),
            )
          : value
    const text = JSON.stringify(sorted(signed.receipt))
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: signed.key }, format: 'jwk' })
    assert.ok(verify(null, Buffer.from(text), key, Buffer.from(signed.signature, 'base64url')))
  })

  it('that were altered, in any one value, are not good', async () => {
    const shop = await aShop(bench)
    await shop.programme({ split: 'linear' })
    await shop.buy('dave', await shop.chain('alice', 'bob'), 'A-1')
    await bench.settle()
    const signed = await receiptOf(shop, (await shop.rewards())[0]?.id)
    const altered: ((receipt: Receipt) => void)[] = [
      (receipt) => {
        receipt.amount += 1
      },
      (receipt) => {
        receipt.state = 'paid'
      },
      (receipt) => {
        receipt.touches[0]?.chain.push('you')
      },
      (receipt) => {
        receipt.programme.rule.pot = { percent: 21 }
      },
      (receipt) => {
        Object.assign(receipt, { more: 1 })
      },
    ]
    for (const change of altered) assert.match(faults(signed, change)?.[0] ?? '', /signature/)
    const wrong = (change: (receipt: Receipt) => void) => faults(signed, change)?.slice(1)
    assert.equal(wrong(altered[1] as () => void)?.length, 0)
    assert.match(wrong(altered[0] as () => void)?.join() ?? '', /come to 490/)
    assert.match(wrong(altered[3] as () => void)?.join() ?? '', /the rule gives 1029/)
    assert.match(
      wrong((receipt) => {
        for (const line of receipt.lines) if (line.what === 'value') line.amount = 9900
      })?.join() ?? '',
      /the rule gives 4900/,
    )
    for (const text of ['', '{}', '[]', 'null', JSON.stringify({ ...signed, receipt: {} })])
      assert.equal(checkReceipt(text, undefined), undefined)
    const undated = structuredClone(signed)
    undated.receipt.conversion.at = 'never'
    assert.equal(checkReceipt(JSON.stringify(undated), undefined), undefined)
  })

  it('are for the owner, and for whose reward it is: to anybody else there is none', async () => {
    const shop = await aShop(bench)
    await shop.programme()
    const alice = somebody(bench, shop.site)
    const { code } = await alice.share()
    bench.clock.now += DAY
    await shop.buy('dave', code, 'A-1')
    await shop.buy('erin', await shop.chain('bob'), 'A-2')
    await bench.settle()
    const [own, other] = (await shop.rewards()).map(({ id }) => id)
    const mine = await byToken(shop, own, alice.token)
    assert.equal(mine.status, 200)
    assert.equal(mine.headers.get('cache-control'), 'private, no-store')
    assert.equal(((await mine.json()) as SignedReceipt).receipt.reward, own)
    const told = async (response: Promise<Response>) => {
      const answer = await response
      const { error } = (await answer.json()) as { error: { message: string } }
      return `${answer.status} ${error.message}`
    }
    const unknown = await told(byToken(shop, '-unknown-', alice.token))
    assert.match(unknown, /^404 /)
    assert.equal(await told(byToken(shop, other, alice.token)), unknown)
    assert.equal(await told(byToken(shop, own, newToken())), unknown)
    assert.equal((await byToken(shop, own, undefined)).status, 401)
    const elsewhere = await aShop(bench)
    assert.equal(await told(byToken(elsewhere, own, alice.token)), unknown)
    const headers = { authorization: `Bearer ${elsewhere.site.secretKey}` }
    assert.equal(await told(bench.request(`/v1/rewards/${own}/receipt`, { headers })), unknown)
    assert.equal((await bench.request(`/v1/rewards/${own}/receipt`)).status, 401)
  })
})
