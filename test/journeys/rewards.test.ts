import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Refund } from '../../server/contract/refunds.ts'
import type { Balances, Rewards } from '../../server/contract/rewards.ts'
import { type Actor, articleUrl, buy, copyLink, enter, open, shows, textOf } from './cast.ts'
import { type Stage, setStage, until } from './stage.ts'

let stage: Stage
before(async () => {
  stage = await setStage()
})
after(() => stage.close())

const euros = (amount: number) => ({ currency: 'EUR', amount })
const rewards = () => stage.report<Rewards>('/v1/rewards')
const amounts = ({ data }: Rewards) =>
  data.map(({ hop, amount, reversed }) => [hop, amount.amount - reversed.amount]).sort()

test('a programme is made, a chain of four buys, is partly refunded, and is paid out', async () => {
  const owner = await enter(stage)
  await open(owner, (await stage.grapevine('dashboard', stage.siteId)).trim())
  await makeProgramme(owner)

  const article = articleUrl(stage)
  const [alice, bob, carol, dave] = [
    await enter(stage),
    await enter(stage),
    await enter(stage),
    await enter(stage),
  ]
  let link = article
  for (const actor of [alice, bob, carol]) {
    await open(actor, link)
    link = (await copyLink(actor)).clipboard
  }
  await open(dave, link)
  const orderId = await buy(dave)

  // 20 % of €49.00 is €9.80, split over three: 1/3, 1/6, 1/3, floored.
  const earned = await until(rewards, ({ data }) => data.length === 3)
  assert.deepEqual(amounts(earned), [
    [1, 326],
    [2, 163],
    [3, 326],
  ])
  await approveWhatWaits(owner)

  const { left } = await stage.tell<Refund>('/v1/refunds', {
    ...{ refundId: 'journey', orderId, value: 1900, currency: 'EUR' },
  })
  assert.deepEqual(left, euros(3000))
  const kept = await until(rewards, (now) => now.data.every(({ reversed }) => reversed.amount > 0))
  assert.deepEqual(amounts(kept), [
    [1, 200],
    [2, 100],
    [3, 200],
  ])

  await payOut(owner)
  const paid = await until(rewards, ({ data }) => data.every(({ state }) => state === 'paid'))
  assert.deepEqual(amounts(paid), amounts(kept))
  const { data, sum } = await stage.report<Balances>('/v1/ledger/balances')
  const of = (account: string) =>
    data.filter((line) => line.account === account).reduce((all, { balance }) => all + balance.amount, 0)
  assert.deepEqual([of('programme'), of('house'), of('payable'), of('paid')], [-600, 100, 0, 500])
  assert.ok(sum.every(({ amount }) => amount === 0))

  // Bob sees his part, and why.
  await open(bob, `${stage.demo}/invite`)
  await shows(bob, 'grapevine-referral >>> .figures .money dd', '€1.00')
  await bob.page.locator('grapevine-referral >>> .rows li button').click()
  const receipt = await until(
    () => textOf(bob, 'grapevine-referral >>> dialog[open]'),
    (text) => text !== null,
  )
  assert.match(receipt ?? '', /€1\.00/)
  for (const actor of [owner, alice, bob, carol, dave]) assert.deepEqual(actor.faults, [])
})

/** Fills in the form of a new programme, twenty percent and no hold, and starts it. */
async function makeProgramme({ page }: Actor): Promise<void> {
  await page.locator('>>> nav a[href^="#/programmes"]').click()
  await page.locator('>>> grapevine-programmes >>> a.button.main').click()
  const form = (field: string) => page.locator(`>>> grapevine-programme >>> [data-field="${field}"]`)
  await form('name').fill('Friends')
  await form('rule.pot.percent').fill('20')
  await form('rule.holdDays').fill('0')
  await page.locator('>>> grapevine-programme >>> button[value=running]').click()
  await until(
    () => stage.report<{ data: { status: string }[] }>('/v1/programmes'),
    ({ data }) => data[0]?.status === 'running',
  )
}

/** Those who click as fast as a test does wait for the owner's word; approves them all at once. */
async function approveWhatWaits({ page }: Actor): Promise<void> {
  const waiting = (await rewards()).data.filter(({ state }) => state === 'review')
  await page.locator('>>> nav a[href^="#/rewards"]').click()
  if (waiting.length > 0) {
    await page.locator('>>> grapevine-rewards >>> label.all input').click()
    await page.locator('>>> grapevine-rewards >>> .decide .approve').click()
  }
  await until(rewards, ({ data }) => data.every(({ state }) => state === 'approved'))
}

/** Makes a batch of all that is approved, and marks it as paid. */
async function payOut(owner: Actor): Promise<void> {
  const { page } = owner
  await page.locator('>>> nav a[href^="#/payouts"]').click()
  await shows(owner, 'grapevine-payouts >>> .ready .total a', '€5.00')
  await page.locator('>>> grapevine-payouts >>> .ready button').click()
  await page.locator('>>> grapevine-payouts >>> .payout.open button.main').click()
  await page.locator('>>> grapevine-payouts >>> dialog[open] button.main').click()
  await shows(owner, 'grapevine-payouts >>> .payout .badge', 'Paid')
}
