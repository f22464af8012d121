import { expect, fixture, fixtureCleanup, html, oneEvent } from '@open-wc/testing'
import '../../widgets/count/define.ts'
import { newSite, startAfresh, type TestSite, until } from './page.ts'
import { comment, configure, newPage, openToAll } from './talk.ts'

let site: TestSite

const asked = () =>
  performance.getEntriesByType('resource').filter(({ name }) => new URL(name).pathname.endsWith('/v1/counts'))

describe('<grapevine-count>', () => {
  before(async () => {
    site = await newSite()
    await openToAll(site)
  })

  beforeEach(() => {
    startAfresh()
    configure(site)
    performance.clearResourceTimings()
  })

  afterEach(() => fixtureCleanup())

  it('counts every page of a list in one request', async () => {
    const [one, two] = [newPage(), newPage()]
    await comment(site, one, 'Only one.')
    for (let i = 0; i < 3; i++) await comment(site, two, `One of three: ${i}`)
    const list = await fixture(html`
      <ul>
        <li><grapevine-count url=${one}></grapevine-count></li>
        <li><grapevine-count url=${two}></grapevine-count></li>
        <li><grapevine-count url=${two} format="({count})">…</grapevine-count></li>
        <li><grapevine-count url=${newPage()}></grapevine-count></li>
      </ul>
    `)
    const texts = () => [...list.querySelectorAll('grapevine-count')].map(({ textContent }) => textContent)
    await until(() => texts().every((text) => text && text !== '…'), 'the counts')
    expect(texts()).to.deep.equal(['1 comment', '3 comments', '(3)', '0 comments'])
    expect(asked()).to.have.length(1)
  })

  it('counts anew where it is given another page', async () => {
    const [one, two] = [newPage(), newPage()]
    await comment(site, two, 'Over here.')
    const element = await fixture(html`<grapevine-count url=${one}></grapevine-count>`)
    await until(() => element.textContent === '0 comments', 'none')
    element.setAttribute('url', two)
    await until(() => element.textContent === '1 comment', 'one')
  })

  it('leaves what stands there where it cannot count', async () => {
    await fetch('/test/down')
    try {
      const element = document.createElement('grapevine-count')
      element.textContent = 'Comments'
      const failed = oneEvent(element, 'grapevine-error')
      document.body.append(element)
      expect((await failed).detail.code).to.equal('count_failed')
      expect(element.textContent).to.equal('Comments')
      element.remove()
    } finally {
      await fetch('/test/up')
    }
  })
})
