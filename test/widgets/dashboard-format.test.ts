import { expect } from '@open-wc/testing'
import type { Totals } from '../../server/contract/reports.ts'
import { depthRows } from '../../widgets/dashboard/cascades/depths.ts'
import { changeOf, dividendOf, mainMover } from '../../widgets/dashboard/dividend.ts'
import { formatChange, formatMoment, pagePath, shortId } from '../../widgets/dashboard/format.ts'
import {
  amountOf,
  currenciesOf,
  formatAverage,
  formatMoney,
  formatShortMoney,
} from '../../widgets/dashboard/money.ts'
import { niceSteps } from '../../widgets/dashboard/overview/nice-steps.ts'
import { tagFor } from '../../widgets/dashboard/parts/script-tag.ts'
import { en } from '../../widgets/locales/dashboard.en.ts'
import { zhHans } from '../../widgets/locales/dashboard.zh-hans.ts'

describe('money', () => {
  const written = [
    [4900, 'EUR', '€49.00'],
    [5, 'EUR', '€0.05'],
    [0, 'EUR', '€0.00'],
    [4900, 'JPY', '¥4,900'],
    [4900, 'KWD', 'KWD 4.900'],
    [123456789, 'USD', '$1,234,567.89'],
    [Number.MAX_SAFE_INTEGER, 'JPY', '¥9,007,199,254,740,991'],
  ] as const
  for (const [amount, currency, text] of written) {
    it(`${amount} minor units of ${currency} are ${text}`, () => {
      expect(formatMoney({ amount, currency }, 'en').replace(/\s/g, ' ')).to.equal(text)
    })
  }

  it('shows an average to a tenth of the smallest unit', () => {
    expect(formatAverage({ amount: 97.14, currency: 'EUR' }, 'en')).to.equal('€0.971')
    expect(formatAverage({ amount: 688_262.48, currency: 'EUR' }, 'en')).to.equal('€6,882.62')
    expect(formatAverage({ amount: 9.7, currency: 'JPY' }, 'en')).to.equal('¥9.7')
  })

  it('is short on an axis', () => {
    expect(formatShortMoney({ amount: 1_234_500, currency: 'EUR' }, 'en')).to.equal('€12.3K')
    expect(formatShortMoney({ amount: 990_000, currency: 'EUR' }, 'en')).to.equal('€9,900')
    expect(formatShortMoney({ amount: 5_000, currency: 'JPY' }, 'en')).to.equal('¥5,000')
  })

  it('keeps currencies apart', () => {
    const amounts = [
      { currency: 'EUR', amount: 1 },
      { currency: 'JPY', amount: 2 },
    ]
    expect(amountOf(amounts, 'JPY')).to.equal(2)
    expect(amountOf(amounts, 'USD')).to.equal(0)
    expect(currenciesOf(amounts, [{ currency: 'KWD', amount: 3 }, ...amounts])).to.deep.equal([
      'EUR',
      'JPY',
      'KWD',
    ])
  })
})

describe('what the dashboard writes', () => {
  const changes = [
    [0.5, '+50%'],
    [-0.5, '−50%'],
    [0.015, '+1.5%'],
    [0, '0%'],
    [8.99, '+899%'],
    [9, '×10'],
    [123.4, '×124'],
  ] as const
  for (const [change, text] of changes) {
    it(`a change of ${change} is ${text}`, () => expect(formatChange(change, 'en')).to.equal(text))
  }

  it('names the year of a moment only where it is another', () => {
    const now = Date.parse('2026-11-22T12:00:00Z')
    expect(formatMoment('2026-06-15T12:00:00Z', 'en', now)).not.to.contain('2026')
    expect(formatMoment('2025-06-15T12:00:00Z', 'en', now)).to.contain('2025')
  })

  it('names a page by its path, a guest by the end of the id', () => {
    expect(pagePath('https://shop.example/%E8%91%A1?a=1')).to.equal('/葡?a=1')
    expect(pagePath('https://shop.example/%E8%9')).to.equal('/%E8%9')
    expect(pagePath('no url')).to.equal('no url')
    expect(shortId('0190aaaabcdef')).to.equal('bcdef')
  })

  it('has the same texts, with the same places to fill, in both languages', () => {
    const places = (text: unknown) => [...new Set(JSON.stringify(text).match(/\{\w+\}/g))].sort()
    expect(Object.keys(zhHans).sort()).to.deep.equal(Object.keys(en).sort())
    for (const key of Object.keys(en) as (keyof typeof en)[])
      expect(places(zhHans[key]), key).to.deep.equal(places(en[key]))
  })

  it('gives the tag with the site’s own key', () => {
    const site = {
      id: 'a1B2c3',
      name: 'Shop',
      origins: [],
      publishableKey: 'pk_1',
      createdAt: '',
      role: 'owner' as const,
    }
    expect(tagFor(site, 'share', 'http://localhost:8787')).to.contain(
      '<script type="module" async src="http://localhost:8787/grapevine.js" data-site="pk_1"></script>',
    )
  })
})

describe('the social dividend', () => {
  const totals = (shares: number, visits: number, amount: number): Totals => ({
    shares,
    visits,
    conversions: 1,
    attributed: 1,
    proved: 1,
    value: [{ currency: 'EUR', amount: amount + 100 }],
    earned: [{ currency: 'EUR', amount }],
  })

  it('multiplies to the value', () => {
    for (const [shares, visits, amount] of [
      [7, 31, 49_900],
      [1, 1, 1],
      [12_345, 67, 890_123],
    ] as const) {
      const { value, ...factors } = dividendOf(totals(shares, visits, amount), 'EUR')
      const product = factors.shares * factors.visitsPerShare * factors.valuePerVisit
      expect(product).to.be.closeTo(value, value * 1e-12)
    }
  })

  it('is nothing, and no NaN, where nothing happened', () => {
    expect(dividendOf(totals(0, 0, 0), 'EUR')).to.deep.equal({
      value: 0,
      shares: 0,
      visitsPerShare: 0,
      valuePerVisit: 0,
    })
  })

  const movers = [
    [totals(20, 20, 20), totals(10, 10, 10), 'shares'],
    [totals(10, 40, 40), totals(10, 10, 10), 'visitsPerShare'],
    [totals(10, 10, 5), totals(10, 10, 10), 'valuePerVisit'],
    [totals(10, 10, 10), totals(10, 10, 10), undefined],
    [totals(10, 10, 10), totals(0, 0, 0), undefined],
  ] as const
  for (const [now, before, mover] of movers) {
    it(`finds that ${mover ?? 'nothing'} moved most`, () => {
      expect(mainMover(dividendOf(now, 'EUR'), dividendOf(before, 'EUR'))).to.equal(mover)
    })
  }

  it('knows no change from nothing', () => {
    expect(changeOf(5, 0)).to.equal(undefined)
    expect(changeOf(5, 4)).to.equal(0.25)
    expect(changeOf(0, 4)).to.equal(-1)
  })
})

describe('axes and histograms', () => {
  const axes = [
    [0, [0, 1]],
    [1, [0, 1]],
    [3, [0, 1, 2, 3]],
    [10, [0, 5, 10]],
    [10_400, [0, 5_000, 10_000, 15_000]],
    [203, [0, 100, 200, 300]],
  ] as const
  for (const [most, steps] of axes) {
    it(`goes up to ${most} in whole steps`, () => expect(niceSteps(most)).to.deep.equal(steps))
  }

  it('shows every depth without gaps, and a long tail as one row', () => {
    expect(depthRows({ 1: 5, 3: 1 })).to.deep.equal([
      { from: 1, to: 1, count: 5 },
      { from: 2, to: 2, count: 0 },
      { from: 3, to: 3, count: 1 },
    ])
    const long = depthRows(Object.fromEntries(Array.from({ length: 30 }, (_, i) => [String(i + 1), 2])))
    expect(long).to.have.length(8)
    expect(long.at(-1)).to.deep.equal({ from: 8, to: 30, count: 46 })
    expect(depthRows({})).to.deep.equal([])
  })
})
