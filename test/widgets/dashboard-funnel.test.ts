import { expect } from '@open-wc/testing'
import type { FunnelReport } from '../../server/contract/reports.ts'
import { rateText } from '../../widgets/dashboard/funnel/steps.ts'
import {
  answerAsUsual,
  answerWith,
  expectAccessible,
  passOn,
  type Stage,
  setStage,
  showView,
  textIn,
  until,
} from './dashboard-stage.ts'

const steps = { sense: 200, interact: 100, connect: 0, act: 30, share: 45 }

describe('the rates of the funnel', () => {
  const rates = [
    ['sense', ''],
    ['interact', '50%'],
    ['connect', '0%'],
    ['act', ''],
    ['share', '×1.50'],
  ] as const
  for (const [step, rate] of rates) {
    it(`${step} is “${rate}” of the step before`, () => expect(rateText(steps, step)).to.equal(rate))
  }
})

describe('the funnel view', () => {
  let stage: Stage
  before(async () => {
    stage = await setStage()
  })
  after(answerAsUsual)
  const texts = (view: Element, selector: string) =>
    [...(view.shadowRoot?.querySelectorAll(selector) ?? [])].map((at) =>
      (at.textContent ?? '').replace(/\s+/g, ' ').trim(),
    )

  it('draws a bar a step as wide as its count, with the rate from step to step', async () => {
    const report: FunnelReport = {
      range: { from: '', to: '' },
      by: 'page',
      total: steps,
      data: [{ key: 'https://shop.example/a', ...steps }],
      next: null,
    }
    answerWith(async () => new Response(JSON.stringify(report)))
    const view = await showView(stage.site, '#/funnel')
    const widths = [...(view.shadowRoot?.querySelectorAll('.level rect') ?? [])].map((bar) =>
      Number(bar.getAttribute('width')),
    )
    expect(widths).to.deep.equal([100, 50, 0, 15, 22.5])
    expect(texts(view, '.funnel .rates')).to.deep.equal([
      '',
      '50% of the step before',
      '0% of the step before 0% of all visits',
      '15% of all visits',
      '×1.50 the step before 23% of all visits',
    ])
    expect(texts(view, 'tbody td')).to.deep.equal(['200', '100 50%', '0 0%', '30', '45 ×1.50'])
  })

  it('reads the real report by page and by channel, each row with its conversions', async () => {
    stage = await setStage()
    await passOn(stage)
    const url = `${location.origin}/stories/a-walk`
    const pages = await showView(stage.site, '#/funnel?range=7d')
    await until(() => pages.shadowRoot?.querySelector('tbody a'))
    expect(pages.shadowRoot?.querySelector('tbody a')?.getAttribute('href')).to.equal(
      `#/conversions?${new URLSearchParams({ range: '7d', url })}`,
    )
    expect(texts(pages, '.funnel .count')[0]).to.equal('2')
    expect(texts(pages, '.funnel .count')[3]).to.equal('3')
    await expectAccessible(pages)
    const channels = await showView(stage.site, '#/funnel?by=channel')
    expect(texts(channels, 'tbody th')).to.have.members(['WhatsApp', 'Copied link'])
    expect(textIn(channels, '.segments [aria-current="true"]')).to.equal('Channel')
    const file = channels.shadowRoot?.querySelector('.export a')?.getAttribute('href') ?? ''
    expect(file).to.match(/^\/v1\/reports\/funnel\?.*by=channel&format=csv$/)
    expect(await (await fetch(file)).text()).to.contain('whatsapp')
  })

  it('says what to put on the page where nobody came', async () => {
    const empty = await setStage()
    const view = await showView(empty.site, '#/funnel')
    await until(() => view.shadowRoot?.querySelector('grapevine-copy'))
  })
})
