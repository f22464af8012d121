import { expect } from '@open-wc/testing'
import type { AttributionReport } from '../../server/contract/reports.ts'
import { creditRows, currenciesIn } from '../../widgets/dashboard/attribution/credit-rows.ts'
import { askedBy, queryOf, withoutAnalysis } from '../../widgets/dashboard/attribution/models.ts'
import { parseRoute } from '../../widgets/dashboard/route.ts'
import {
  answerAsUsual,
  expectAccessible,
  passOn,
  type Stage,
  setStage,
  showView,
  textIn,
  until,
} from './dashboard-stage.ts'

const asked = (query: string) => queryOf(askedBy(parseRoute(`#/attribution${query}`)))

describe('what the attribution view asks for', () => {
  const usual = { touch: 'last', split: 'nearest', by: 'person' }
  const links = [
    ['', usual],
    ['?touch=first&split=root&by=page', { touch: 'first', split: 'root', by: 'page' }],
    ['?touch=nonsense&split=&by=mood', usual],
    ['?touch=decay', { ...usual, touch: 'decay', halfLifeDays: 7 }],
    ['?touch=decay&halfLifeDays=2.5', { ...usual, touch: 'decay', halfLifeDays: 2.5 }],
    ['?halfLifeDays=2.5&alpha=0.3', usual],
    ['?split=blend&alpha=0.3', { ...usual, split: 'blend', alpha: 0.3 }],
    ['?split=blend&alpha=1.3', { ...usual, split: 'blend', alpha: 0.5 }],
    ['?againstSplit=leibniz', { ...usual, againstTouch: 'last', againstSplit: 'leibniz' }],
    [
      '?touch=first&againstTouch=decay',
      { ...usual, touch: 'first', againstTouch: 'decay', againstSplit: 'nearest', halfLifeDays: 7 },
    ],
    ['?touch=markov&by=person', { ...usual, touch: 'markov', by: 'channel' }],
    ['?againstTouch=shapley', { ...usual, by: 'channel', againstTouch: 'shapley', againstSplit: 'nearest' }],
  ] as const
  for (const [query, wanted] of links) {
    it(`“${query}” asks for ${JSON.stringify(wanted)}`, () => {
      expect(JSON.parse(JSON.stringify(asked(query)))).to.deep.equal(wanted)
    })
  }

  it('leaves analysis behind when something else than channels is wanted', () => {
    const route = parseRoute('#/attribution?touch=markov&againstTouch=first')
    expect(withoutAnalysis(route)).to.deep.equal({ touch: 'last', againstTouch: 'first' })
  })
})

describe('credit in one currency', () => {
  const eur = (amount: number) => [{ currency: 'EUR', amount }]
  const row = (key: string, credit: AttributionReport['house'], against: AttributionReport['house']) => ({
    key,
    name: null,
    conversions: 1,
    credit,
    against,
  })
  const report: AttributionReport = {
    range: { from: '', to: '' },
    touch: 'last',
    split: 'nearest',
    by: 'person',
    halfLifeDays: 7,
    alpha: 0.5,
    against: { touch: 'last', split: 'leibniz' },
    data: [
      row('a', eur(10), eur(70)),
      row('b', [], eur(20)),
      row('c', [...eur(90), { currency: 'JPY', amount: 5 }], []),
    ],
    house: eur(2),
    againstHouse: eur(12),
    paths: null,
  }

  it('is listed most first, with the difference, and adds up with the house to the same value', () => {
    const { rows, house, total } = creditRows(report, 'EUR')
    expect(
      rows.map(({ key, amounts }) => [key, amounts.credit, amounts.against, amounts.difference]),
    ).to.deep.equal([
      ['c', 90, 0, 90],
      ['a', 10, 70, -60],
      ['b', 0, 20, -20],
    ])
    expect(house).to.deep.equal({ credit: 2, against: 12, difference: -10 })
    expect(total).to.deep.equal({ credit: 102, against: 102, difference: 0 })
  })

  it('has no second column without a second choice', () => {
    const alone = {
      ...report,
      against: null,
      againstHouse: null,
      data: [{ ...row('a', eur(5), []), against: null }],
    }
    expect(creditRows(alone, 'EUR').total).to.deep.equal({
      credit: 7,
      against: undefined,
      difference: undefined,
    })
  })

  it('knows every currency, the one of most rows first', () => {
    expect(currenciesIn(report)).to.deep.equal(['EUR', 'JPY'])
    const yen = row('d', [{ currency: 'JPY', amount: 1 }], [])
    const more = { ...report, data: [row('a', eur(1), []), yen, { ...yen, key: 'e' }] }
    expect(currenciesIn(more)).to.deep.equal(['JPY', 'EUR'])
    expect(creditRows(more, 'EUR').rows.map(({ key }) => key)).to.deep.equal(['a'])
  })

  it('counts parts where nothing came with a value', () => {
    const none = { ...report, data: [row('a', [], [])], house: [], againstHouse: [] }
    expect(creditRows(none, undefined).rows).to.have.length(1)
    expect(currenciesIn(none)).to.deep.equal([])
  })
})

describe('the attribution view', () => {
  let stage: Stage
  let codes: { alice: string; bob: string }
  before(async () => {
    stage = await setStage()
    codes = await passOn(stage)
  })
  after(answerAsUsual)
  const cells = (view: Element, selector: string) =>
    [...(view.shadowRoot?.querySelectorAll(selector) ?? [])].map((cell) =>
      (cell.textContent ?? '').replace(/\s+/g, ' ').trim(),
    )

  it('shows who earned it, each by name and with a link', async () => {
    const view = await showView(stage.site, '#/attribution?split=leibniz')
    expect(cells(view, 'tbody td.credit')).to.deep.equal(['€24.50', '€24.50'])
    expect(cells(view, 'tfoot td.credit')).to.deep.equal(['€0.00', '€49.00'])
    const [person, conversions] = view.shadowRoot?.querySelectorAll('tbody a') ?? []
    const id = person?.getAttribute('href')?.replace('#/people/', '')
    expect(id).to.match(/^[\w-]{16}$/)
    expect(conversions?.getAttribute('href')).to.equal(`#/conversions?person=${id}`)
    await expectAccessible(view)
  })

  it('puts a second choice beside it, with the difference', async () => {
    const view = await showView(stage.site, '#/attribution?split=nearest&againstTouch=last&againstSplit=root')
    expect(cells(view, 'thead th')).to.deep.equal([
      'Person',
      'Part in',
      'Last · Nearest only',
      'Last · First only (root)',
      'Difference',
    ])
    expect(cells(view, 'tbody tr:first-child td').slice(1)).to.deep.equal(['€49.00', '€0.00', '+€49.00'])
    expect(cells(view, 'tbody tr:nth-child(2) td').slice(1)).to.deep.equal(['€0.00', '€49.00', '−€49.00'])
    expect(cells(view, 'tfoot tr:last-child td').slice(1)).to.deep.equal(['€49.00', '€49.00', '€0.00'])
    await expectAccessible(view)
  })

  it('offers to compare, and to stop', async () => {
    const alone = await showView(stage.site, '#/attribution?split=halving')
    const compare = alone.shadowRoot?.querySelector('.compare a')?.getAttribute('href') ?? ''
    expect(compare).to.equal('#/attribution?split=halving&againstTouch=last&againstSplit=leibniz')
    const both = await showView(stage.site, compare)
    const stop = both.shadowRoot?.querySelectorAll('.model')[1]?.querySelector('header a')
    expect(stop?.getAttribute('href')).to.equal('#/attribution?split=halving')
  })

  it('warns where splitting oneself into several people pays, and only there', async () => {
    for (const split of ['nearest', 'root', 'linear', 'halving', 'leibniz', 'blend']) {
      const view = await showView(stage.site, `#/attribution?split=${split}`)
      const warned = view.shadowRoot?.querySelector('.warning') != null
      expect(warned, split).to.equal(split === 'linear' || split === 'halving')
    }
  })

  it('keeps what is chosen in the link, with the number that belongs to it', async () => {
    const view = await showView(stage.site, '#/attribution?touch=decay&split=blend')
    const [touch] = view.shadowRoot?.querySelectorAll('select') ?? []
    const [days, alpha] = view.shadowRoot?.querySelectorAll('input') ?? []
    const change = (field: HTMLInputElement | HTMLSelectElement | undefined, value: string) => {
      if (!field) throw new Error('no such field')
      field.value = value
      field.dispatchEvent(new Event('change'))
    }
    change(days, '2.5')
    expect(location.hash).to.equal('#/attribution?touch=decay&split=blend&halfLifeDays=2.5')
    change(alpha, '0.25')
    expect(location.hash).to.equal('#/attribution?touch=decay&split=blend&alpha=0.25')
    change(alpha, '7')
    expect(location.hash).not.to.contain('alpha=7')
    change(touch, 'first')
    expect(location.hash).to.equal('#/attribution?touch=first&split=blend')
    location.hash = ''
  })

  const kinds = [
    ['share', () => `#/cascades/${codes.bob}?share=${codes.bob}`, () => `#/conversions?share=${codes.bob}`],
    ['channel', () => '#/conversions?channel=whatsapp', () => '#/conversions?channel=whatsapp'],
    ['page', () => `#/conversions?url=${encodeURIComponent(`${location.origin}/stories/a-walk`)}`, undefined],
  ] as const
  for (const [by, name, part] of kinds) {
    it(`by ${by}: each row leads to what it is made of`, async () => {
      const view = await showView(stage.site, `#/attribution?by=${by}`)
      const links = [...(view.shadowRoot?.querySelectorAll('tbody tr:first-child a') ?? [])]
      expect(links.map((a) => a.getAttribute('href'))).to.deep.equal([name(), (part ?? name)()])
    })
  }

  for (const touch of ['markov', 'shapley']) {
    it(`${touch}: what the paths tell, channel by channel`, async () => {
      const view = await showView(stage.site, `#/attribution?touch=${touch}&by=person`)
      expect(cells(view, 'thead th')[0]).to.equal('Channel')
      await until(() => view.shadowRoot?.querySelector('[aria-labelledby="paths"]'))
      expect(textIn(view, '#paths')).to.equal('What the paths tell')
      expect(cells(view, 'section[aria-labelledby="paths"] tbody th')).to.include('WhatsApp')
      const person = view.shadowRoot?.querySelector('.segments a')?.getAttribute('href')
      expect(person).to.equal('#/attribution?touch=last&by=person')
      await expectAccessible(view)
    })
  }

  it('says what to call where nothing was bought', async () => {
    const empty = await setStage()
    const view = await showView(empty.site, '#/attribution')
    await until(() => view.shadowRoot?.querySelector('grapevine-copy'))
    expect(view.shadowRoot?.querySelector('grapevine-copy')?.lines).to.contain('grapevine.convert(')
  })
})
