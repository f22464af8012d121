import { expect, nextFrame } from '@open-wc/testing'
import type { ConversionsReport } from '../../server/contract/reports.ts'
import { setLanguage } from '../../widgets/dashboard/texts.ts'
import type { GrapevineTree } from '../../widgets/dashboard/tree/grapevine-tree.ts'
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

const VIEWS = [
  'overview',
  'dividend',
  'funnel',
  'attribution',
  'cascades',
  'people',
  'pages',
  'channels',
  'conversions',
] as const

describe('the views of the dashboard', () => {
  let stage: Stage
  let codes: { alice: string; bob: string }
  before(async () => {
    stage = await setStage()
    codes = await passOn(stage)
    await until(async () => (await fetch('/v1/reports/overview')).ok)
  })
  after(answerAsUsual)

  it('overview: counts, value in each currency and the factors', async () => {
    const view = await showView(stage.site, '#/overview')
    expect(textIn(view, '.card.visits .total b')).to.equal('2')
    expect(textIn(view, '.card.shares .total b')).to.equal('2')
    expect(textIn(view, '.card.conversions .total b')).to.equal('3')
    expect(textIn(view, '.card.value .total b')).to.equal('€49.00')
    expect(textIn(view, '.card.value .others')).to.contain('¥1,200').and.to.contain('12.345')
    const factors = [...(view.shadowRoot?.querySelectorAll('.term b') ?? [])].map((b) => b.textContent)
    expect(factors).to.deep.equal(['€49.00', '2', '1.00', '€24.50'])
  })

  it('overview: another currency by its link', async () => {
    const view = await showView(stage.site, '#/overview?currency=JPY')
    expect(textIn(view, '.card.value .total b')).to.equal('¥1,200')
    expect(textIn(view, '.segments [aria-current="true"]')).to.equal('JPY')
  })

  it('overview: the series as a table sums to the totals', async () => {
    const view = await showView(stage.site, '#/overview?range=7d')
    const rows = [...(view.shadowRoot?.querySelectorAll('.as-table tbody tr') ?? [])]
    expect(rows).to.have.length(7)
    const sum = rows.reduce((total, row) => total + Number(row.querySelector('td')?.textContent), 0)
    expect(sum).to.equal(2)
  })

  it('overview: the arrow keys read the chart out', async () => {
    const view = await showView(stage.site, '#/overview?range=7d')
    const chart = view.shadowRoot?.querySelector('.card.visits grapevine-series')
    const slider = chart?.shadowRoot?.querySelector<HTMLElement>('[role=slider]')
    await until(() => chart?.shadowRoot?.querySelector('canvas'))
    const press = (key: string) => slider?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
    press('End')
    await until(() => /· 2$/.test(textIn(chart as Element, '.read')))
    press('ArrowLeft')
    await until(() => /· 0$/.test(textIn(chart as Element, '.read')))
    expect(slider?.getAttribute('aria-valuenow')).to.equal('6')
    expect(slider?.getAttribute('aria-valuetext')).to.equal(textIn(chart as Element, '.read'))
  })

  it('overview: a conversion shows the way that led to it, first sharer first', async () => {
    const view = await showView(stage.site, '#/overview')
    const way = [...(view.shadowRoot?.querySelectorAll('.led')[0]?.querySelectorAll('a') ?? [])]
    const { data } = (await (await fetch('/v1/reports/conversions')).json()) as ConversionsReport
    const [bob, alice] = data[0]?.chain ?? []
    expect(way.map((a) => a.getAttribute('href'))).to.deep.equal([
      `#/people/${alice?.person.id}`,
      `#/people/${bob?.person.id}`,
      `#/cascades/${codes.bob}?share=${codes.bob}`,
    ])
  })

  it('overview: each card leads to the view that tells what it is made of', async () => {
    const view = await showView(stage.site, '#/overview?range=7d')
    const links = [...(view.shadowRoot?.querySelectorAll('.card h2 a, .dividend h2 a') ?? [])]
    expect(links.map((a) => a.getAttribute('href'))).to.deep.equal([
      '#/dividend?range=7d&currency=EUR',
      '#/funnel?range=7d',
      '#/people?range=7d',
      '#/conversions?range=7d',
      '#/attribution?range=7d&currency=EUR',
    ])
  })

  it('people: who brought what, and the credit by either split', async () => {
    const nearest = await showView(stage.site, '#/people')
    await until(() => nearest.shadowRoot?.querySelectorAll('table').length === 2)
    const rows = (view: Element, table: number) =>
      [...(view.shadowRoot?.querySelectorAll('table')[table]?.querySelectorAll('tbody tr') ?? [])].map(
        (row) => (row.textContent ?? '').replace(/\s+/g, ' ').trim(),
      )
    expect(rows(nearest, 0)).to.have.length(2)
    expect(rows(nearest, 1)).to.have.length(1)
    expect(rows(nearest, 1)[0]).to.contain('€49.00')
    const leibniz = await showView(stage.site, '#/people?split=leibniz')
    await until(() => leibniz.shadowRoot?.querySelectorAll('table').length === 2)
    expect(rows(leibniz, 1)).to.have.length(2)
    for (const row of rows(leibniz, 1)) expect(row).to.contain('€24.50')
  })

  it('pages and channels: each with what it brought', async () => {
    expect(textIn(await showView(stage.site, '#/pages'), 'tbody tr')).to.match(/^\/stories\/a-walk 2 2 3 /)
    const channels = await showView(stage.site, '#/channels')
    const names = [...(channels.shadowRoot?.querySelectorAll('tbody th') ?? [])].map((th) =>
      th.textContent?.trim(),
    )
    expect(names).to.have.members(['WhatsApp', 'Copied link'])
  })

  it('people, pages and channels: a count leads to what it is made of', async () => {
    const row = async (name: string) => {
      const view = await showView(stage.site, `#/${name}?sort=conversions`)
      await until(() => view.shadowRoot?.querySelector('tbody td.conversions a'))
      const cells = view.shadowRoot?.querySelectorAll('tbody tr:first-child td.count a') ?? []
      return [...cells].map((a) => a.getAttribute('href'))
    }
    const url = new URLSearchParams({ url: `${location.origin}/stories/a-walk` })
    expect(await row('pages')).to.deep.equal(['#/funnel?by=page', '#/funnel?by=page', `#/conversions?${url}`])
    expect((await row('channels')).at(-1)).to.equal('#/conversions?channel=whatsapp')
    const [visits, , conversions] = await row('people')
    expect(visits).to.match(/^#\/people\/[\w-]{16}$/)
    expect(conversions).to.equal(visits?.replace('people/', 'conversions?nearest='))
  })

  for (const name of VIEWS) {
    it(`${name}: every table as CSV and JSON, by plain links to the report shown`, async () => {
      const view = await showView(stage.site, `#/${name}?range=7d`)
      const links = [...(view.shadowRoot?.querySelectorAll<HTMLAnchorElement>('.export a') ?? [])]
      expect(links.map((a) => a.textContent?.trim())).to.include.members(['CSV', 'JSON'])
      for (const link of links) {
        expect(link.hasAttribute('download')).to.equal(true)
        const answer = await fetch(link.getAttribute('href') ?? '')
        expect(answer.status, link.href).to.equal(200)
        expect(answer.headers.get('content-disposition')).to.match(/^attachment; filename="grapevine-/)
      }
    })
  }

  it('cascades: the figures, the depths and the list', async () => {
    const view = await showView(stage.site, '#/cascades?sort=size')
    expect(textIn(view, '.figures dd')).to.equal('1')
    expect(textIn(view, '.depths li')).to.equal('1 hop 1')
    expect(view.shadowRoot?.querySelector('tbody a')?.getAttribute('href')).to.equal(
      `#/cascades/${codes.alice}`,
    )
  })

  describe('one cascade', () => {
    const open = async (hash: string) => {
      const view = await showView(stage.site, hash)
      const tree = view.shadowRoot?.querySelector('grapevine-tree') as GrapevineTree
      await until(() => tree.shadowRoot?.querySelector('.node'))
      return { view, tree }
    }
    const node = (tree: GrapevineTree, id: string) =>
      tree.shadowRoot?.querySelector<SVGElement>(`[data-id="${id}"]`)
    const press = (tree: GrapevineTree, key: string) =>
      tree.shadowRoot?.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
    const focused = (tree: GrapevineTree) => (tree.shadowRoot?.activeElement as SVGElement | null)?.dataset.id

    it('shows every share and every buyer, with person and channel', async () => {
      const { tree } = await open(`#/cascades/${codes.alice}`)
      const kinds = [...(tree.shadowRoot?.querySelectorAll('.node') ?? [])].map((at) => at.classList[1])
      expect(kinds).to.deep.equal(['share', 'share', 'buyer', 'buyer', 'buyer'])
      expect(node(tree, codes.bob)?.textContent?.trim()).to.match(/^Guest \S+ · WhatsApp$/)
    })

    it('shows the chain of the share named in the link', async () => {
      const { view } = await open(`#/cascades/${codes.alice}?share=${codes.bob}`)
      const chain = view.shadowRoot?.querySelectorAll('.chain li') ?? []
      expect(chain).to.have.length(2)
      expect(chain[0]?.querySelector('[aria-current="true"]')).not.to.equal(null)
    })

    it('is walked, closed, opened and chosen from with the keyboard', async () => {
      const { view, tree } = await open(`#/cascades/${codes.alice}`)
      node(tree, codes.alice)?.focus()
      press(tree, 'ArrowDown')
      await until(() => focused(tree) === codes.bob)
      press(tree, 'Enter')
      await until(() => view.shadowRoot?.querySelectorAll('.chain li').length === 2)
      expect(location.hash).to.contain(`share=${codes.bob}`)
      press(tree, 'ArrowLeft')
      await until(() => node(tree, codes.bob)?.getAttribute('aria-expanded') === 'false')
      expect(tree.shadowRoot?.querySelectorAll('.node')).to.have.length(2)
      press(tree, 'ArrowRight')
      await until(() => tree.shadowRoot?.querySelectorAll('.node').length === 5)
      press(tree, 'Home')
      await until(() => focused(tree) === codes.alice)
    })

    it('is moved by dragging and zoomed by wheel and keys, and a drag chooses nothing', async () => {
      const { view, tree } = await open(`#/cascades/${codes.alice}`)
      const map = tree.shadowRoot?.querySelector('svg.map') as SVGElement
      map.setPointerCapture = () => undefined
      const before = { ...tree.camera }
      const at = node(tree, codes.bob) as SVGElement
      const point = (type: string, x: number) =>
        at.dispatchEvent(
          new PointerEvent(type, {
            pointerId: 1,
            clientX: x,
            clientY: 50,
            button: 0,
            bubbles: true,
            composed: true,
          }),
        )
      point('pointerdown', 100)
      point('pointermove', 130)
      point('pointerup', 130)
      at.dispatchEvent(new MouseEvent('click', { bubbles: true }))
      expect(tree.camera.x - before.x).to.equal(30)
      expect(view.shadowRoot?.querySelectorAll('.chain li')).to.have.length(1)
      map.dispatchEvent(new WheelEvent('wheel', { deltaY: -60, ctrlKey: true, cancelable: true }))
      expect(tree.camera.scale).to.be.greaterThan(before.scale)
      const panned = tree.camera.y
      map.dispatchEvent(new WheelEvent('wheel', { deltaY: 20, cancelable: true }))
      expect(tree.camera.y).to.equal(panned - 20)
      node(tree, codes.alice)?.focus()
      press(tree, '0')
      await nextFrame()
      expect(tree.camera.scale).to.be.at.most(1.1)
    })

    it('is accessible', async () => {
      const { view } = await open(`#/cascades/${codes.alice}?share=${codes.bob}`)
      await expectAccessible(view)
    })

    it('says that a code is of no cascade', async () => {
      const view = await showView(stage.site, '#/cascades/a1B2c3V1StGXR8_Z')
      expect(textIn(view, '[role=alert] h2')).to.equal('There is no such thing here')
    })
  })

  for (const name of VIEWS) {
    it(`${name}: accessible in light and dark`, async () => {
      const view = await showView(stage.site, `#/${name}`)
      await expectAccessible(view)
    })
  }

  it('speaks Chinese throughout', async () => {
    await setLanguage('zh-Hans')
    try {
      for (const name of VIEWS) {
        const view = await showView(stage.site, `#/${name}`)
        const words = (view.shadowRoot?.textContent ?? '').replace(
          /WhatsApp|CSV|JSON|SICAS|EUR|JPY|KWD|UTC|purchase|order|\/stories\S+/g,
          '',
        )
        const ids = words.replace(/访客 [\w-]{5}|订单 [\w-]+/g, '')
        expect(ids.match(/[A-Za-z]{4,}/g) ?? [], name).to.deep.equal([])
      }
      expect(document.documentElement.lang).to.equal('zh-Hans')
    } finally {
      await setLanguage('en')
    }
  })
})

describe('a dashboard with nothing to show', () => {
  let stage: Stage
  before(async () => {
    stage = await setStage()
  })
  after(answerAsUsual)

  for (const name of ['overview', 'people', 'pages', 'channels'] as const) {
    it(`${name}: says what to put on the page`, async () => {
      const view = await showView(stage.site, `#/${name}`)
      await until(() => view.shadowRoot?.querySelector('grapevine-copy'))
      const lines = view.shadowRoot?.querySelector('grapevine-copy')?.lines
      expect(lines).to.contain(`data-site="${stage.pk}"`).and.to.contain('<grapevine-share>')
      await expectAccessible(view)
    })
  }

  it('conversions: shows the call to make', async () => {
    const view = await showView(stage.site, '#/conversions')
    expect(view.shadowRoot?.querySelector('grapevine-copy')?.lines).to.contain('grapevine.convert(')
  })

  it('cascades: says when the first one will begin', async () => {
    const view = await showView(stage.site, '#/cascades')
    expect(textIn(view, '.message h2')).to.equal('No cascade yet')
  })
})

describe('a dashboard whose server fails', () => {
  let stage: Stage
  beforeEach(async () => {
    stage = await setStage()
  })
  afterEach(answerAsUsual)

  const failures = [
    ['is away', () => Promise.reject(new TypeError('Failed to fetch')), 'The server cannot be reached'],
    [
      'answers nonsense',
      () => Promise.resolve(new Response('<h1>', { status: 502 })),
      'This could not be read',
    ],
  ] as const
  for (const [name, answer, title] of failures) {
    it(`says so when it ${name}, and reads again on demand`, async () => {
      const real = window.fetch
      answerWith(answer)
      const view = await showView(stage.site, '#/overview')
      expect(textIn(view, '[role=alert] h2')).to.equal(title)
      await expectAccessible(view)
      window.fetch = real
      view.shadowRoot?.querySelector<HTMLElement>('[role=alert] button')?.click()
      await until(() => view.shadowRoot?.querySelector('grapevine-copy'))
    })
  }

  it('keeps the last numbers up when a refresh fails', async () => {
    await passOn(stage)
    const view = (await showView(stage.site, '#/overview')) as HTMLElement & { revision: number }
    let asked = 0
    answerWith(() => {
      asked++
      return Promise.reject(new TypeError('Failed to fetch'))
    })
    view.revision = 1
    await until(() => asked === 3)
    await nextFrame()
    expect(textIn(view, '.card.shares .total b')).to.equal('2')
    expect(view.shadowRoot?.querySelector('[role=alert]')).to.equal(null)
  })
})
