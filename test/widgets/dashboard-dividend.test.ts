import { expect } from '@open-wc/testing'
import type { DividendReport } from '../../server/contract/reports.ts'
import { changeInWords } from '../../widgets/dashboard/dividend-view/in-words.ts'
import { scaleOf, waterfallSteps } from '../../widgets/dashboard/dividend-view/waterfall-steps.ts'
import { setLanguage } from '../../widgets/dashboard/texts.ts'
import {
  answerAsUsual,
  answerWith,
  expectAccessible,
  passOn,
  type Stage,
  setStage,
  showView,
  textIn,
} from './dashboard-stage.ts'

/** A report with the parts that it is given, whatever the logarithms would say. */
function report([before, now]: readonly [number, number], parts: readonly (number | null)[]): DividendReport {
  const [information, chain, interaction] = parts.map((part) => ({
    now: 2,
    before: 1,
    log: part === null ? null : Math.LN2,
    part,
  })) as [DividendReport['chain'], DividendReport['chain'], DividendReport['chain']]
  return {
    range: { from: '2026-11-01T00:00:00Z', to: '2026-11-08T00:00:00Z' },
    currency: 'EUR',
    currencies: ['EUR', 'JPY'],
    now: { shares: 20, visits: 80, value: now },
    before: { shares: 10, visits: 20, value: before },
    information,
    chain,
    interaction,
    log: 0,
    change: now - before,
  }
}
const plain = (text: string) => text.replaceAll('\u2060', '')

describe('what moved the dividend', () => {
  it('goes from the value before to the value now, each step where the last one ended', () => {
    const steps = waterfallSteps(report([10_000, 22_000], [8_000, 6_000, -2_000]))
    expect(steps).to.deep.equal([
      { name: 'before', from: 0, to: 10_000 },
      { name: 'information', from: 10_000, to: 18_000 },
      { name: 'chain', from: 18_000, to: 24_000 },
      { name: 'interaction', from: 24_000, to: 22_000 },
      { name: 'now', from: 0, to: 22_000 },
    ])
    const scale = scaleOf(steps)
    expect([scale(0), scale(12_000), scale(24_000)]).to.deep.equal([0, 50, 100])
  })

  it('has room for a step below zero, and none to draw where all is zero', () => {
    expect(scaleOf([{ name: 'chain', from: 100, to: -100 }])(0)).to.equal(50)
    expect(scaleOf([{ name: 'now', from: 0, to: 0 }])(0)).to.equal(0)
  })

  const sentences = [
    [
      [10_000, 22_000],
      [8_000, 6_000, -2_000],
      '€120.00 more than before: shares +€80.00, visits per share +€60.00, value per visit −€20.00.',
    ],
    [[22_000, 10_000], [-12_000, 0, 0], '€120.00 less than before: shares −€120.00.'],
    [[5_000, 5_000], [0, 0, 0], 'As much as before.'],
    [[5_000, 5_000], [2_000, -2_000, 0], 'As much as before: shares +€20.00, visits per share −€20.00.'],
    [
      [0, 5_000],
      [null, null, null],
      '€50.00 more than before. With nothing earned on one of the two sides, the change cannot be told apart by its factors.',
    ],
  ] as const
  for (const [values, parts, sentence] of sentences) {
    it(`says: ${sentence}`, () => {
      expect(plain(changeInWords(report(values, parts)))).to.equal(sentence)
    })
  }

  it('says it in Chinese, too', async () => {
    await setLanguage('zh-Hans')
    const words = plain(changeInWords(report([10_000, 22_000], [8_000, 6_000, -2_000])))
    await setLanguage('en')
    expect(words).to.equal('比此前多 €120.00：分享 +€80.00、每次分享的访问 +€60.00、每次访问的价值 −€20.00。')
  })
})

describe('the dividend view', () => {
  let stage: Stage
  before(async () => {
    stage = await setStage()
  })
  after(answerAsUsual)
  const answer = (body: DividendReport) => answerWith(async () => new Response(JSON.stringify(body)))

  it('shows the equation with exact quotients, and each factor beside what it was', async () => {
    answer(report([10_000, 22_000], [8_000, 6_000, -2_000]))
    const view = await showView(stage.site, '#/dividend')
    expect(textIn(view, '.exact')).to.equal('Exactly: 20 × (80 ÷ 20) × (€220.00 ÷ 80) = €220.00')
    const rows = [...(view.shadowRoot?.querySelectorAll('.waterfall tbody tr') ?? [])]
    expect(rows.map((row) => row.className)).to.deep.equal(['whole', 'up', 'up', 'down', 'whole'])
    expect(rows.map((row) => row.querySelector('.amount')?.textContent?.trim())).to.deep.equal([
      '€100.00',
      '+€80.00',
      '+€60.00',
      '−€20.00',
      '€220.00',
    ])
    await expectAccessible(view)
  })

  it('links each number to what explains it, and keeps the currency in the link', async () => {
    answer(report([10_000, 22_000], [8_000, 6_000, -2_000]))
    const view = await showView(stage.site, '#/dividend?range=7d')
    const links = [...(view.shadowRoot?.querySelectorAll('.term a') ?? [])].map((a) => a.getAttribute('href'))
    expect(links).to.deep.equal(
      ['attribution', 'people', 'cascades', 'funnel'].map((name) => `#/${name}?range=7d`),
    )
    const currencies = [...(view.shadowRoot?.querySelectorAll('.segments a') ?? [])]
    expect(currencies.map((a) => a.getAttribute('href'))).to.deep.equal([
      '#/dividend?range=7d&currency=EUR',
      '#/dividend?range=7d&currency=JPY',
    ])
  })

  it('does not pretend to know the factors where nothing had been earned before', async () => {
    answer(report([0, 5_000], [null, null, null]))
    const view = await showView(stage.site, '#/dividend')
    expect(view.shadowRoot?.querySelectorAll('.waterfall tbody tr')).to.have.length(2)
    expect(textIn(view, '.words')).to.contain('cannot be told apart')
  })

  it('reads the real report, in the currency of its link', async () => {
    stage = await setStage()
    const empty = await showView(stage.site, '#/dividend')
    expect(textIn(empty, '.message h2')).to.equal('Nothing has happened in this range')
    await passOn(stage)
    const view = await showView(stage.site, '#/dividend?currency=JPY')
    expect(textIn(view, '.exact')).to.equal('Exactly: 2 × (2 ÷ 2) × (¥1,200 ÷ 2) = ¥1,200')
    expect(textIn(view, '.segments [aria-current="true"]')).to.equal('JPY')
    const files = [...(view.shadowRoot?.querySelectorAll<HTMLAnchorElement>('.export a') ?? [])]
    for (const file of files) expect((await fetch(file.getAttribute('href') ?? '')).ok).to.equal(true)
    expect(files).to.have.length(2)
  })
})
