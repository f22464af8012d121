import { expect } from '@open-wc/testing'
import type { Overview } from '../../server/contract/reports.ts'
import { newSite, openFrame, openPage, report, startAfresh, type TestSite, tag, until } from './page.ts'

const down = () => fetch('/test/down')
const up = () => fetch('/test/up')
const conversions = async (site: TestSite) => (await report<Overview>(site, 'overview')).totals.conversions
const queued = () => Object.keys(localStorage).filter((key) => key.includes(':queue:'))

describe('the queue', () => {
  let site: TestSite
  beforeEach(async () => {
    startAfresh()
    site = await newSite()
  })
  afterEach(up)

  it('delivers when the server is back, once', async () => {
    const page = await openPage(tag(site))
    await down()
    const answer = page.grapevine?.convert('signup')
    await until(() => queued().length === 1, 'the stored write')
    await until(
      () => page.performance.getEntriesByName(`${tagServer}v1/conversions`).length > 1,
      'another try',
    )
    await up()
    page.dispatchEvent(new Event('online'))
    expect((await answer)?.outcome).to.equal('recorded')
    expect(queued()).to.deep.equal([])
    expect(await conversions(site)).to.equal(1)
  })

  it('keeps its order: who shared after arriving hangs below who brought them', async () => {
    const alice = await openPage(tag(site))
    const first = await alice.grapevine?.share()
    await until(() => queued().length === 0, 'the first share')
    startAfresh()
    await down()
    const bob = await openFrame(first?.link ?? '')
    await until(() => bob.grapevine?.arrival, 'the arrival')
    const second = await bob.grapevine?.share()
    await up()
    bob.dispatchEvent(new Event('online'))
    const trees = await until(async () => {
      const { data } = await report<{ data: { root: string; size: number }[] }>(site, 'cascades')
      return data.length === 1 && data
    }, 'the cascade')
    expect(trees[0]).to.include({ root: first?.code, size: 2 })
    expect(second?.code).not.to.equal(first?.code)
  })

  it('hands what it could not deliver to the next page, which tells when it happened', async () => {
    await down()
    const page = await openPage(tag(site))
    void page.grapevine?.convert('signup')
    await until(() => queued().length === 1, 'the stored write')
    for (const frame of document.querySelectorAll('iframe')) frame.remove()
    await up()
    await openPage(tag(site))
    await until(async () => (await conversions(site)) === 1, 'the conversion')
    await until(() => queued().length === 0, 'an empty queue')
  })

  it('drops what the server refuses, tells of it, and goes on with the rest', async () => {
    const page = await openPage(tag(site))
    const failures: string[] = []
    page.document.addEventListener('grapevine-error', ({ detail }) =>
      failures.push(`${detail.code} ${detail.field}`),
    )
    const refused = page.grapevine?.convert('purchase', { value: -5, currency: 'EUR' })
    const fine = page.grapevine?.convert('signup')
    expect(await refused).to.equal(null)
    expect((await fine)?.name).to.equal('signup')
    expect(failures).to.deep.equal(['invalid value'])
    expect(queued()).to.deep.equal([])
  })

  it('delivers from memory where nothing may be stored', async () => {
    const page = await openPage(tag(site, 'data-consent="required"'))
    await down()
    const answer = page.grapevine?.convert('signup')
    await until(() => page.performance.getEntriesByName(`${tagServer}v1/conversions`).length > 0, 'a try')
    expect(localStorage.length).to.equal(0)
    await up()
    page.dispatchEvent(new Event('online'))
    expect((await answer)?.outcome).to.equal('recorded')
  })
})

const tagServer = `http://localhost:${location.port}/widgets/`
