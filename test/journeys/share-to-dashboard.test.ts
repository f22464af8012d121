import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type {
  CascadesReport,
  CascadeTree,
  ConversionsReport,
  Overview,
  PeopleReport,
} from '../../server/contract/reports.ts'
import { type Actor, addressIs, articleUrl, buy, copyLink, enter, open, shows, textOf } from './cast.ts'
import { type Stage, setStage, until } from './stage.ts'

let stage: Stage
before(async () => {
  stage = await setStage()
})
after(() => stage.close())

const euros = (amount: number) => [{ currency: 'EUR', amount }]

test('Alice tells Bob, Bob tells Carol, Carol buys, and the owner sees it', async () => {
  const article = articleUrl(stage)
  const [alice, bob, carol] = [await enter(stage), await enter(stage), await enter(stage)]

  await open(alice, article)
  assert.deepEqual(
    alice.calls.filter(({ method }) => method === 'POST'),
    [],
    'reading tells the server nothing',
  )
  const a = await copyLink(alice)
  assert.equal(a.clipboard, a.shared.link)
  assert.equal(a.shared.link, `${article}?gv=${a.shared.code}`)

  await open(bob, a.clipboard)
  await addressIs(bob, article)
  const b = await copyLink(bob)
  assert.notEqual(b.shared.code, a.shared.code)

  await open(carol, b.clipboard)
  await addressIs(carol, article)
  const orderId = await buy(carol)

  // The page claims and the shop's server proves; whichever comes first, it is one conversion.
  const conversions = await until(
    () => stage.report<ConversionsReport>('/v1/reports/conversions'),
    ({ data }) => data[0]?.proved === true && data[0].chain.length === 2,
  )
  assert.equal(conversions.data.length, 1)
  const [conversion] = conversions.data
  assert.equal(conversion?.orderId, orderId)
  assert.deepEqual(conversion?.value, { currency: 'EUR', amount: 4900 })
  assert.deepEqual(
    conversion?.chain.map(({ code }) => code),
    [b.shared.code, a.shared.code],
  )

  const overview = await until(
    () => stage.report<Overview>('/v1/reports/overview'),
    ({ totals }) => totals.conversions === 1 && totals.visits === 2,
  )
  const { shares, visits, attributed, proved, value } = overview.totals
  assert.deepEqual(
    { shares, visits, attributed, proved, value },
    { shares: 2, visits: 2, attributed: 1, proved: 1, value: euros(4900) },
  )

  const cascades = await stage.report<CascadesReport>('/v1/reports/cascades')
  assert.equal(cascades.summary.cascades, 1)
  const tree = await stage.report<CascadeTree>(`/v1/reports/cascades/${a.shared.code}`)
  assert.deepEqual(
    tree.shares.map(({ code, parent, visits }) => ({ code, parent, visits })),
    [
      { code: a.shared.code, parent: null, visits: 1 },
      { code: b.shared.code, parent: a.shared.code, visits: 1 },
    ],
  )
  assert.deepEqual(
    tree.buyers.map(({ share, value }) => ({ share, value })),
    [{ share: b.shared.code, value: { currency: 'EUR', amount: 4900 } }],
  )
  const people = await stage.report<PeopleReport>('/v1/reports/people')
  assert.equal(people.data.length, 2, 'Alice and Bob brought somebody')

  await ownerLooks(a.shared.code, b.shared.code, a.clipboard)
  for (const actor of [alice, bob, carol]) assert.deepEqual(actor.faults, [])
})

/** The owner opens the one-time link, looks around, and sees another visit arrive. */
async function ownerLooks(alice: string, bob: string, aliceLink: string): Promise<void> {
  const owner = await enter(stage)
  const link = (await stage.grapevine('dashboard', stage.siteId)).trim()
  await open(owner, link)
  await shows(owner, '.card.visits .total b', '2')
  await shows(owner, '.card.shares .total b', '2')
  await shows(owner, '.card.conversions .total b', '1')
  await shows(owner, '.card.value .total b', '€49.00')
  assert.doesNotMatch(owner.page.url(), /sign-in/, 'the token does not stay in the address')

  // While he looks.
  const dave = await enter(stage)
  await open(dave, aliceLink)
  await shows(owner, '.card.visits .total b', '3')
  assert.deepEqual(dave.faults, [])

  await owner.page.locator('>>> nav a[href^="#/people"]').click()
  await shows(owner, 'grapevine-people >>> tbody tr:first-child td.visits', '2')
  await owner.page.locator('>>> nav a[href^="#/cascades"]').click()
  await owner.page.locator('>>> grapevine-cascades >>> tbody th a').click()
  const [, , purchase] = await until(
    () => treeOf(owner),
    (nodes) => nodes.length === 3,
  )
  assert.deepEqual(await treeOf(owner), [[alice, '1'], [bob, '2'], purchase])
  assert.equal(purchase?.[1], '3')
  await shows(owner, '[role=treeitem].buyer .worth', '€49.00')

  // The tree is explored by keys too: closed and opened again.
  await owner.page.$eval(`>>> [role=treeitem][data-id="${alice}"]`, (node) => node.focus())
  await owner.page.keyboard.press('ArrowLeft')
  await until(
    () => treeOf(owner),
    (nodes) => nodes.length === 1,
  )
  await owner.page.keyboard.press('ArrowRight')
  await until(
    () => treeOf(owner),
    (nodes) => nodes.length > 1,
  )
  assert.deepEqual(owner.faults, [])

  const second = await enter(stage)
  await open(second, link)
  await until(
    () => textOf(second, 'grapevine-sign-in'),
    (text) => text !== null,
  )
}

/** The nodes of the tree that is shown: what each is, and its level. */
const treeOf = ({ page }: Actor): Promise<string[][]> =>
  page.$$eval('>>> [role=treeitem]', (nodes) =>
    nodes.map((node) => [node.getAttribute('data-id'), node.getAttribute('aria-level')]),
  )
