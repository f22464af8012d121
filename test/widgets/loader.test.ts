import { expect } from '@open-wc/testing'
import { sendKeys } from '@web/test-runner-commands'
import type { FunnelReport, Overview } from '../../server/contract/reports.ts'
import type { Share } from '../../server/contract/shares.ts'
import {
  newSite,
  openFrame,
  openPage,
  report,
  requests,
  startAfresh,
  type TestSite,
  tag,
  until,
} from './page.ts'

/** A share by somebody else, to arrive through. */
async function sharedBy(customerId: string, site: TestSite, url: string): Promise<string> {
  const answer = await fetch('/widgets/v1/shares', {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${site.sk}` },
    body: JSON.stringify({ url, channel: 'copy', customerId }),
  })
  return ((await answer.json()) as Share).code
}

const visits = async (site: TestSite) => (await report<Overview>(site, 'overview')).totals.visits

describe('the loader', () => {
  let site: TestSite
  let code: string
  beforeEach(async () => {
    startAfresh()
    site = await newSite()
    code = await sharedBy('alice', site, `${location.origin}/article`)
  })

  it('records an arrival once and cleans the address bar, keeping state, other parameters and the fragment', async () => {
    const page = await openPage(
      `<script>history.replaceState({ kept: true }, '')</script>${tag(site)}`,
      `?a=1+2&gv=${code}&b=%20c&flag#part`,
    )
    await until(() => !page.location.search.includes('gv='), 'a clean address')
    expect(page.location.search).to.equal('?a=1+2&b=%20c&flag')
    expect(page.location.hash).to.equal('#part')
    expect(page.history.state).to.deep.equal({ kept: true })
    await until(async () => (await visits(site)) === 1, 'the visit')
    expect(requests(page)).to.deep.equal(['/v1/visits'])

    const again = await openFrame(page.location.href)
    await again.grapevine?.ready
    expect(again.grapevine?.arrival?.code).to.equal(code)
    expect(requests(again)).to.deep.equal([])
  })

  it('keeps a gift for the page that shows it, and takes it out of the address', async () => {
    const page = await openPage(tag(site), `?gv=${code}#gift=abcd-1234`)
    await until(() => page.location.hash === '', 'a clean address')
    expect(Object.entries(localStorage).filter(([, kept]) => kept === 'ABCD-1234')).to.have.length(1)

    startAfresh()
    const unknown = await openPage(tag(site, 'data-consent="required"'), `?gv=${code}#gift=abcd-1234`)
    await until(() => !unknown.location.search.includes('gv='), 'a clean address')
    await unknown.grapevine?.ready
    expect(unknown.location.hash).to.equal('#gift=abcd-1234')
  })

  it('tells the page of the arrival', async () => {
    const page = await openPage(
      `<script>addEventListener('grapevine-arrived', ({ detail }) => { window.told = detail })</script>${tag(site)}`,
      `?gv=${code}`,
    )
    const told = await until(() => (page as unknown as { told?: { code: string; url: string } }).told)
    expect(told.code).to.equal(code)
    expect(told.url).to.equal(page.location.href)
  })

  const interacted = async (site: TestSite) => (await report<FunnelReport>(site, 'funnel')).total.interact
  /** A key pressed by the browser itself, as by a person. */
  const press = async (page: Window) => {
    page.focus()
    await sendKeys({ press: 'a' })
  }

  it('tells once that somebody has touched the page they arrived at, and not what a script does', async () => {
    const page = await openPage(tag(site), `?gv=${code}`)
    await until(async () => (await visits(site)) === 1, 'the visit')
    page.document.body.click()
    page.document.body.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true }))
    expect(await interacted(site)).to.equal(0)
    await press(page)
    await until(async () => (await interacted(site)) === 1, 'the gesture')
    await press(page)
    await page.grapevine?.ready
    expect(requests(page)).to.deep.equal(['/v1/visits', '/v1/visits'])
    expect(await visits(site)).to.equal(1)

    const next = await openFrame(page.location.href)
    await next.grapevine?.ready
    await press(next)
    expect(requests(next)).to.deep.equal([])
  })

  it('tells of no touch by somebody who may not be known, and whose visit it was once they agree', async () => {
    const page = await openPage(tag(site, 'data-consent="required"'), `?gv=${code}`)
    await until(async () => (await visits(site)) === 1, 'the visit')
    await press(page)
    await page.grapevine?.ready
    expect(requests(page)).to.deep.equal(['/v1/visits'])
    await page.grapevine?.consent('granted')
    await until(async () => (await interacted(site)) === 1, 'the gesture')
    await press(page)
    await page.grapevine?.share()
    await until(() => requests(page).includes('/v1/shares'), 'the share')
    expect(requests(page).filter((path) => path === '/v1/visits')).to.have.length(2)
    expect(await visits(site)).to.equal(1)
  })

  it('stores and sends nothing where nobody arrives', async () => {
    const page = await openPage(tag(site))
    await until(() => page.grapevine)
    expect(requests(page)).to.deep.equal([])
    expect(localStorage.length).to.equal(0)
  })

  it('leaves a parameter of the same name alone when it is no code of this site', async () => {
    const page = await openPage(tag(site), '?gv=abc')
    await page.grapevine?.ready
    const foreign = await openPage(tag(site), '?gv=zzzzzzZZZZZZZZZZ')
    await foreign.grapevine?.ready
    expect(page.location.search).to.equal('?gv=abc')
    expect(foreign.location.search).to.equal('?gv=zzzzzzZZZZZZZZZZ')
    expect(requests(page)).to.deep.equal([])
  })

  it('reads the parameter that the site chose', async () => {
    const page = await openPage(tag(site, 'data-param="via"'), `?via=${code}`)
    await until(async () => (await visits(site)) === 1, 'the visit')
    expect(page.location.search).to.equal('')
  })

  it('waits with the visit until the page is seen', async () => {
    const hide = `<script>
      let seen = 'hidden'
      Object.defineProperty(document, 'visibilityState', { get: () => seen })
      window.show = () => { seen = 'visible'; document.dispatchEvent(new Event('visibilitychange', { bubbles: true })) }
    </script>`
    const page = await openPage(hide + tag(site), `?gv=${code}`)
    await page.grapevine?.ready
    expect(requests(page)).to.deep.equal([])
    expect(page.location.search).to.include(code)
    ;(page as unknown as { show(): void }).show()
    await until(async () => (await visits(site)) === 1, 'the visit')
    expect(page.location.search).to.equal('')
  })

  it('waits with the visit until a prerendered page is shown', async () => {
    const prerender = `<script>
      let before = true
      Object.defineProperty(document, 'prerendering', { get: () => before })
      window.show = () => { before = false; document.dispatchEvent(new Event('prerenderingchange')) }
    </script>`
    const page = await openPage(prerender + tag(site), `?gv=${code}`)
    await page.grapevine?.ready
    expect(requests(page)).to.deep.equal([])
    ;(page as unknown as { show(): void }).show()
    await until(async () => (await visits(site)) === 1, 'the visit')
  })

  for (const [what, html, attributes] of [
    [
      'Global Privacy Control',
      `<script>Object.defineProperty(navigator, 'globalPrivacyControl', { value: true })</script>`,
      '',
    ],
    ['Do Not Track', `<script>Object.defineProperty(navigator, 'doNotTrack', { value: '1' })</script>`, ''],
    ['consent that is required and not given', '', 'data-consent="required"'],
  ] as const) {
    it(`stores nothing under ${what}, and yet counts the visit and knows the arrival`, async () => {
      const page = await openPage(html + tag(site, attributes), `?gv=${code}`)
      await until(async () => (await visits(site)) === 1, 'the visit')
      expect(page.grapevine?.arrival?.code).to.equal(code)
      await page.grapevine?.share({ channel: 'copy' })
      expect(localStorage.length).to.equal(0)
      expect(page.document.cookie).to.equal('')
    })
  }

  it('begins to store when consent is granted, and forgets all when it is denied', async () => {
    const page = await openPage(tag(site, 'data-consent="required"'), `?gv=${code}`)
    await until(() => page.grapevine?.arrival)
    expect(localStorage.length).to.equal(0)
    await page.grapevine?.consent('granted')
    expect(Object.keys(localStorage).some((key) => key.endsWith(':arrivals'))).to.equal(true)

    const next = await openFrame(page.location.href)
    await next.grapevine?.ready
    expect(next.grapevine?.arrival?.code).to.equal(code)
    await next.grapevine?.consent('denied')
    expect(localStorage.length).to.equal(0)
  })

  it('takes a second copy of the script as if it were not there', async () => {
    const page = await openPage(
      `${tag(site)}${tag(site).replace('loader.ts', 'loader.ts?copy')}<grapevine-share></grapevine-share>`,
      `?gv=${code}`,
    )
    await until(() => page.document.querySelector('grapevine-share')?.shadowRoot?.querySelector('button'))
    await until(async () => (await visits(site)) === 1, 'the visit')
    expect(requests(page).filter((path) => path === '/v1/visits')).to.have.length(1)
  })

  it('adds no global but grapevine', async () => {
    const bare = Object.keys(await openPage(''))
    const page = await openPage(`${tag(site)}<grapevine-share></grapevine-share>`)
    await until(() => page.document.querySelector('grapevine-share')?.shadowRoot?.querySelector('button'))
    const lits = [
      'litElementVersions',
      'litHtmlVersions',
      'reactiveElementVersions',
      'litIssuedWarnings',
      'litPropertyMetadata',
    ]
    const added = Object.keys(page).filter((key) => !bare.includes(key) && !lits.includes(key))
    expect(added).to.deep.equal(['grapevine'])
  })

  it('runs the calls that were made before it loaded, and those pushed later', async () => {
    const page = await openPage(`
      <script>
        window.grapevine = { q: [['on', 'converted', ({ detail }) => (window.orders ??= []).push(detail.orderId)]] }
        window.grapevine.q.push(['convert', 'purchase', { value: 4900, currency: 'EUR', orderId: 'one' }])
      </script>${tag(site)}`)
    await until(() => page.grapevine?.on)
    page.grapevine?.q.push(
      ['convert', 'purchase', { value: 100, currency: 'EUR', orderId: 'two' }],
      ['nonsense'],
    )
    const { orders } = await until(() => {
      const told = page as unknown as { orders?: string[] }
      return told.orders?.length === 2 && { orders: told.orders }
    }, 'both orders')
    expect(orders).to.deep.equal(['one', 'two'])
    expect((await report<Overview>(site, 'overview')).totals.conversions).to.equal(2)
  })

  it('tells of a conversion which coupon it came with, and that nobody has touched the page they arrived at', async () => {
    const bodies = async (page: Window) => {
      const sent = page as unknown as { sent: Record<string, unknown>[] }
      await page.grapevine?.convert('purchase', { orderId: crypto.randomUUID(), coupon: 'SUMMER SALE' })
      return sent.sent
        .filter(({ name }) => name === 'purchase')
        .map(({ coupon, gesture }) => ({ coupon, gesture }))
    }
    const spy = `<script>
      window.sent = []
      const send = fetch
      window.fetch = (url, init) => { if (init?.body) sent.push(JSON.parse(init.body)); return send(url, init) }
    </script>`
    const arrived = await openPage(spy + tag(site), `?gv=${code}`)
    await until(() => arrived.grapevine?.arrival)
    expect(await bodies(arrived)).to.deep.equal([{ coupon: 'SUMMER SALE', gesture: false }])
    // On a page further on nothing is known of what was done before it.
    const next = await openPage(spy + tag(site))
    await until(() => next.grapevine?.convert)
    expect(await bodies(next)).to.deep.equal([{ coupon: 'SUMMER SALE', gesture: undefined }])
  })

  it('upgrades elements that come later, also deep inside what is added', async () => {
    const page = await openPage(tag(site))
    await until(() => page.grapevine)
    const article = page.document.createElement('article')
    article.innerHTML = '<p><grapevine-share no-count></grapevine-share></p>'
    page.document.body.append(article)
    await until(() => article.querySelector('grapevine-share')?.shadowRoot?.querySelector('button'))
  })

  it('says once what is wrong with its tag, and throws nothing', async () => {
    const page = await openPage(`
      <script>
        window.faults = []; window.warnings = []
        addEventListener('error', ({ message }) => faults.push(message))
        addEventListener('unhandledrejection', ({ reason }) => faults.push(reason))
        console.warn = (...words) => warnings.push(words.join(' '))
      </script>${tag(site).replace(/data-site="[^"]*"/, '')}`)
    const told = page as unknown as { faults: string[]; warnings: string[] }
    await until(() => told.warnings.length)
    expect(told.warnings).to.have.length(1)
    expect(told.warnings[0]).to.include('data-site')
    expect(told.faults).to.deep.equal([])
    expect(page.grapevine).to.equal(undefined)
  })

  it('tells of an element that cannot be loaded by an event, not an exception', async () => {
    const page = await openPage(`
      <meta http-equiv="content-security-policy" content="require-trusted-types-for 'script'; trusted-types none">
      <script>
        window.faults = []; window.failures = []
        addEventListener('error', ({ message }) => faults.push(message))
        addEventListener('unhandledrejection', ({ reason }) => faults.push(String(reason)))
        addEventListener('grapevine-error', ({ detail }) => failures.push(detail.code))
      </script>${tag(site)}<grapevine-share></grapevine-share>`)
    const told = page as unknown as { faults: string[]; failures: string[] }
    await until(() => told.failures.length)
    expect(told.failures).to.deep.equal(['load_failed'])
    expect(told.faults).to.deep.equal([])
  })

  it('works under a strict policy: no inline styles, Trusted Types for Lit alone', async () => {
    const page = await openPage(
      `<meta http-equiv="content-security-policy" content="default-src 'none'; script-src 'self' http://localhost:* ;
        connect-src http://localhost:*; style-src 'self'; require-trusted-types-for 'script'; trusted-types lit-html">
      ${tag(site)}<grapevine-share></grapevine-share>`,
      `?gv=${code}`,
    )
    const violations: string[] = []
    page.document.addEventListener('securitypolicyviolation', (event) =>
      violations.push(event.violatedDirective),
    )
    const share = await until(() =>
      page.document.querySelector('grapevine-share')?.shadowRoot?.querySelector('button'),
    )
    await until(async () => (await visits(site)) === 1, 'the visit')
    expect(page.getComputedStyle(share).borderRadius).not.to.equal('0px')
    expect(violations).to.deep.equal([])
  })

  it('takes no credit for one’s own link', async () => {
    const first = await openPage(tag(site))
    const passed = await first.grapevine?.share()
    const page = await openFrame(passed?.link ?? '')
    await until(() => !page.location.search.includes('gv='), 'a clean address')
    await until(() => page.grapevine?.arrival === null, 'the arrival to be forgotten')
    expect(await visits(site)).to.equal(0)
  })
})
