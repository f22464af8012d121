import { expect } from '@open-wc/testing'
import type { ConversionsReport } from '../../server/contract/reports.ts'
import {
  answerAsUsual,
  expectAccessible,
  type Stage,
  setStage,
  showView,
  textIn,
  until,
} from './dashboard-stage.ts'

/** Alice shares, Bob comes by her link, shares on and buys; Carol comes by his and buys. */
async function passOnAndBuy({ page, pk }: Stage) {
  const url = `${location.origin}/stories/a-walk`
  const [alice, bob, carol] = [1, 2, 3].map(() => `pt_${crypto.randomUUID().replaceAll('-', '')}`)
  const buy = (orderId: string, value: number, token: string | undefined) =>
    page('conversions', { name: 'purchase', value, currency: 'EUR', orderId }, token)
  const a = await page<{ code: string }>('shares', { url, channel: 'copy' }, alice)
  await page('visits', { url, code: a.code }, bob)
  const b = await page<{ code: string }>('shares', { url, channel: 'whatsapp' }, bob)
  await buy('bob-1', 1_000, bob)
  await page('visits', { url, code: b.code }, carol)
  await buy('carol-1', 4_900, carol)
  await fetch('/widgets/v1/me', {
    method: 'PATCH',
    body: JSON.stringify({ name: 'Alice' }),
    headers: {
      'content-type': 'application/json',
      'x-grapevine-site': pk,
      authorization: `Bearer ${alice}`,
    },
  })
  const { data } = (await (await fetch('/v1/reports/conversions')).json()) as ConversionsReport
  const [nearest, root] = data.find(({ orderId }) => orderId === 'carol-1')?.chain ?? []
  if (!nearest || !root) throw new Error('There is no chain')
  return { codes: { alice: a.code, bob: b.code }, alice: root.person.id, bob: nearest.person.id }
}
type Passed = Awaited<ReturnType<typeof passOnAndBuy>>

describe('a person’s page', () => {
  let stage: Stage
  let passed: Passed
  before(async () => {
    stage = await setStage()
    passed = await passOnAndBuy(stage)
  })
  after(answerAsUsual)
  const links = (view: Element, selector: string) =>
    [...(view.shadowRoot?.querySelectorAll(`${selector} a`) ?? [])].map((a) => a.getAttribute('href'))

  it('tells who brought them, and by which share', async () => {
    const view = await showView(stage.site, `#/people/${passed.bob}`)
    expect(textIn(view, '#who')).to.equal(`Guest ${passed.bob.slice(-5)}`)
    expect(textIn(view, '[aria-labelledby="who"] header a')).to.equal('Alice')
    expect(links(view, '[aria-labelledby="who"] header')).to.deep.equal([
      `#/people/${passed.alice}`,
      `#/cascades/${passed.codes.alice}?share=${passed.codes.alice}`,
    ])
    const root = await showView(stage.site, `#/people/${passed.alice}`)
    expect(textIn(root, '[aria-labelledby="who"] header')).to.contain('Came through no share')
  })

  it('tells whom they brought, and what came through them at any hop beside their own links', async () => {
    const view = await showView(stage.site, `#/people/${passed.alice}`)
    expect(links(view, '.brought')).to.include(`#/people/${passed.bob}`)
    const own = [...(view.shadowRoot?.querySelectorAll('.versus .own .number') ?? [])].map(
      (at) => at.textContent,
    )
    const all = [...(view.shadowRoot?.querySelectorAll('.versus .all .number') ?? [])].map(
      (at) => at.textContent,
    )
    expect(own).to.deep.equal(['€10.00'])
    expect(all).to.deep.equal(['€59.00'])
  })

  it('lists their links and the conversions they are part of, each leading on', async () => {
    const view = await showView(stage.site, `#/people/${passed.bob}`)
    expect(links(view, '[aria-labelledby="links"] tbody')).to.deep.equal([
      `#/cascades/${passed.codes.bob}?share=${passed.codes.bob}`,
      `#/conversions?share=${passed.codes.bob}`,
    ])
    await until(() => view.shadowRoot?.querySelectorAll('.conversion').length === 1)
    expect(links(view, '.figures')).to.deep.equal([
      `#/conversions?nearest=${passed.bob}`,
      `#/conversions?buyer=${passed.bob}`,
    ])
    const file = links(view, '.export')[0] ?? ''
    expect(file).to.contain(`person=${passed.bob}&format=csv`)
    expect((await fetch(file)).headers.get('content-type')).to.contain('text/csv')
  })

  it('tells what they bought themselves', async () => {
    const view = await showView(stage.site, `#/people/${passed.bob}`)
    const bought = view.shadowRoot?.querySelector('.figures a[href*="buyer="]')
    expect(bought?.textContent).to.equal('1')
  })

  it('is accessible', async () => {
    await expectAccessible(await showView(stage.site, `#/people/${passed.bob}`))
  })

  it('says that there is no such person', async () => {
    const view = await showView(stage.site, '#/people/nobody')
    await until(() => view.shadowRoot?.querySelector('[role=alert]'))
    expect(textIn(view, '[role=alert] h2')).to.equal('There is no such thing here')
    expect(links(view, '.back')).to.deep.equal(['#/people'])
  })
})

describe('conversions by what they are filtered by', () => {
  let stage: Stage
  let passed: Passed
  before(async () => {
    stage = await setStage()
    passed = await passOnAndBuy(stage)
  })
  after(answerAsUsual)
  const count = (view: Element) => view.shadowRoot?.querySelectorAll('.conversion').length

  it('shows those of a filter, and the way back to all', async () => {
    const view = await showView(stage.site, `#/conversions?range=7d&channel=copy&buyer=${passed.bob}`)
    expect(count(view)).to.equal(1)
    const chips = [...(view.shadowRoot?.querySelectorAll('.chips li') ?? [])]
    expect(chips.map((chip) => (chip.textContent ?? '').replace(/\s+/g, ' ').trim())).to.deep.equal([
      `Bought by Guest ${passed.bob.slice(-5)} ×`,
      'Channel Copied link ×',
    ])
    expect(chips[1]?.querySelector('a')?.getAttribute('href')).to.equal(
      `#/conversions?range=7d&buyer=${passed.bob}`,
    )
    await expectAccessible(view)
  })

  const filters = [
    ['share', () => passed.codes.bob, 1],
    ['share', () => 'a1B2c3V1StGXR8_Z', 0],
    ['channel', () => 'copy', 1],
    ['channel', () => 'qr', 0],
    ['url', () => `${location.origin}/stories/a-walk`, 2],
    ['url', () => `${location.origin}/elsewhere`, 0],
    ['person', () => passed.alice, 2],
    ['person', () => passed.bob, 1],
    ['nearest', () => passed.alice, 1],
    ['buyer', () => passed.bob, 1],
    ['buyer', () => passed.alice, 0],
  ] as const
  for (const [name, value, found] of filters) {
    it(`${name} (${String(value).replace(/^.*=> /, '')}) lets ${found} through`, async () => {
      const view = await showView(stage.site, `#/conversions?${new URLSearchParams({ [name]: value() })}`)
      expect(count(view)).to.equal(found)
      expect(view.shadowRoot?.querySelectorAll('.chips li')).to.have.length(1)
    })
  }

  it('leads from each conversion to its people, its cascade and its rewards', async () => {
    const view = await showView(stage.site, `#/conversions?buyer=${passed.bob}`)
    const links = [...(view.shadowRoot?.querySelectorAll('.conversion a') ?? [])]
    expect(links.map((a) => a.textContent)).to.deep.equal([
      'Alice',
      `Guest ${passed.bob.slice(-5)}`,
      'Cascade',
      'Rewards',
    ])
    const { alice, bob, codes } = passed
    expect(links.slice(0, 3).map((a) => a.getAttribute('href'))).to.deep.equal([
      `#/people/${alice}`,
      `#/people/${bob}`,
      `#/cascades/${codes.alice}?share=${codes.alice}`,
    ])
    expect(links[3]?.getAttribute('href')).to.match(/^#\/rewards\?conversion=[\w-]{16}$/)
  })

  it('tells what was given back', async () => {
    const refund = { refundId: 'r-1', orderId: 'bob-1', value: 900, currency: 'EUR' }
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch('/v1/refunds', { method: 'POST', headers, body: JSON.stringify(refund) })
    expect(answer.ok).to.equal(true)
    const view = await showView(stage.site, `#/conversions?buyer=${passed.bob}`)
    expect(textIn(view, '.worth')).to.equal('€10.00 −€9.00 refunded')
    expect(view.shadowRoot?.querySelector('.badge.voided')).to.equal(null)
  })

  it('marks what was wholly given back', async () => {
    const headers = { 'content-type': 'application/json' }
    const body = JSON.stringify({ refundId: 'r-2', orderId: 'carol-1' })
    await fetch('/v1/refunds', { method: 'POST', headers, body })
    const view = await showView(stage.site, `#/conversions?nearest=${passed.bob}`)
    expect(textIn(view, '.badge.voided')).to.equal('refunded')
    expect(textIn(view, '.worth')).to.equal('€49.00 −€49.00 refunded')
    await expectAccessible(view)
  })
})
