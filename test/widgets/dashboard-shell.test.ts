import { expect, fixture, fixtureCleanup, html } from '@open-wc/testing'
import { GrapevineDashboard } from '../../widgets/dashboard/grapevine-dashboard.ts'
import { type LiveState, listenLive } from '../../widgets/dashboard/live.ts'
import { define } from '../../widgets/dashboard/views.ts'
import {
  answerAsUsual,
  answerBySession,
  answerWith,
  expectAccessible,
  passOn,
  type Stage,
  setStage,
  textIn,
  until,
} from './dashboard-stage.ts'

define({ 'grapevine-dashboard': GrapevineDashboard })

/** An event source that the test drives. */
class Source extends EventTarget {
  static all: Source[] = []
  static readonly CLOSED = 2
  readyState = 0
  closed = false

  constructor() {
    super()
    Source.all.push(this)
  }

  close(): void {
    this.closed = true
  }

  tell(type: string): void {
    this.dispatchEvent(new Event(type))
  }
}

const realSource = window.EventSource
const open = () => fixture<GrapevineDashboard>(html`<grapevine-dashboard></grapevine-dashboard>`)
const view = (shell: Element, tag = 'grapevine-overview') =>
  shell.shadowRoot?.querySelector(tag) as HTMLElement
const source = () => Source.all.at(-1) as Source

describe('the dashboard', () => {
  let stage: Stage
  beforeEach(async () => {
    Source.all = []
    window.EventSource = Source as unknown as typeof EventSource
    stage = await setStage()
    location.hash = '#/overview'
  })
  afterEach(() => {
    fixtureCleanup()
    answerAsUsual()
    window.EventSource = realSource
    document.documentElement.dataset.theme = 'auto'
  })

  it('opens on the overview, and names site and view in the title', async () => {
    await passOn(stage)
    const shell = await open()
    await until(() => view(shell) && textIn(view(shell), '.card.shares .total b') === '2')
    expect(document.title).to.equal('Overview · Test · Grapevine')
    await expectAccessible(shell)
  })

  it('groups the views, each group a list with a name', async () => {
    const shell = await open()
    await until(() => view(shell))
    const lists = [...(shell.shadowRoot?.querySelectorAll('nav ul') ?? [])]
    const names = lists.map((list) =>
      shell.shadowRoot?.getElementById(list.getAttribute('aria-labelledby') ?? '')?.textContent?.trim(),
    )
    expect(names).to.deep.equal(['Insight', 'Spread', 'Incentives', 'Community'])
    expect(lists.map((list) => list.children.length)).to.deep.equal([4, 5, 3, 5])
    expect(shell.shadowRoot?.querySelectorAll('nav [aria-current="page"]')).to.have.length(1)
  })

  it('shows a moderator what is theirs, and leads there', async () => {
    const usual = window.fetch
    answerWith(async (path, init) => {
      const answer = await usual(path, init)
      if (path !== '/v1/sites') return answer
      const { data } = (await answer.json()) as { data: object[] }
      return new Response(JSON.stringify({ data: data.map((site) => ({ ...site, role: 'moderator' })) }))
    })
    const shell = await open()
    await until(() => view(shell, 'grapevine-moderation'))
    const names = [...(shell.shadowRoot?.querySelectorAll('nav li') ?? [])].map((one) =>
      one.textContent?.trim(),
    )
    expect(names).to.deep.equal(['Moderation', 'Notices', 'Bans'])
    location.hash = '#/payouts'
    await until(() => textIn(shell, 'nav [aria-current="page"]') === 'Moderation')
    expect(view(shell, 'grapevine-payouts')).to.not.be.ok
    window.fetch = usual
  })

  it('goes where the address says, and back', async () => {
    const shell = await open()
    await until(() => view(shell))
    location.hash = '#/people?range=7d'
    await until(() => view(shell, 'grapevine-people'))
    expect(textIn(shell, '.segments [aria-current="true"]')).to.equal('7d')
    expect(textIn(shell, 'nav [aria-current="page"]')).to.equal('People')
    expect(shell.shadowRoot?.querySelector('nav a[href^="#/pages"]')?.getAttribute('href')).to.equal(
      '#/pages?range=7d',
    )
    history.back()
    await until(() => view(shell))
    expect(location.hash).to.equal('#/overview')
  })

  it('shows any two days', async () => {
    const shell = await open()
    await until(() => view(shell))
    const form = shell.shadowRoot?.querySelector<HTMLFormElement>('#days') as HTMLFormElement
    form.showPopover()
    await expectAccessible(shell)
    const [first, last] = form.querySelectorAll('input')
    if (first) first.value = '2026-01-05'
    if (last) last.value = '2026-01-02'
    form.requestSubmit()
    await until(() => location.hash === '#/overview?from=2026-01-02&to=2026-01-05')
    await until(() => shell.range.from === '2026-01-02T00:00:00.000Z')
    expect(shell.range.to).to.equal('2026-01-06T00:00:00.000Z')
  })

  it('reads again when something changed, without losing what is shown', async () => {
    const shell = await open()
    await until(() => view(shell)?.shadowRoot?.querySelector('grapevine-copy'))
    source().tell('open')
    await until(() => textIn(shell, '.live') === 'Live')
    const before = view(shell)
    await passOn(stage)
    source().tell('changed')
    await until(() => textIn(view(shell), '.card.shares .total b') === '2')
    expect(view(shell)).to.equal(before)
    source().tell('error')
    await until(() => textIn(shell, '.live') === 'Reconnecting…')
  })

  it('asks to sign in where nobody is, and takes a secret key', async () => {
    answerBySession()
    await fetch('/v1/owner/session', { method: 'DELETE' })
    const shell = await open()
    await until(() => view(shell, 'grapevine-sign-in'))
    const form = view(shell, 'grapevine-sign-in')
    expect(form.shadowRoot?.querySelector('grapevine-copy')?.lines).to.equal('npm run grapevine -- dashboard')
    await expectAccessible(shell)
    const field = form.shadowRoot?.querySelector('input') as HTMLInputElement
    field.value = `${stage.sk}x`
    form.shadowRoot?.querySelector('form')?.requestSubmit()
    await until(() => textIn(form, '[role=alert]').startsWith('No site has this key'))
    field.value = stage.sk
    form.shadowRoot?.querySelector('form')?.requestSubmit()
    await until(() => view(shell))
    expect(document.cookie).to.equal('', 'the session is out of reach of scripts')
    shell.shadowRoot?.querySelector<HTMLElement>('#settings > .button')?.click()
    await until(() => view(shell, 'grapevine-sign-in'))
    expect(textIn(view(shell, 'grapevine-sign-in'), '[role=alert]')).to.equal('You are signed out.')
    expect((await fetch('/v1/sites')).status).to.equal(401)
  })

  it('says that a one-time link was used, and takes the token out of the address', async () => {
    answerBySession()
    await fetch('/v1/owner/session', { method: 'DELETE' })
    history.replaceState(null, '', '#sign-in=ol_used')
    const shell = await open()
    await until(() => view(shell, 'grapevine-sign-in'))
    expect(location.hash).not.to.contain('sign-in')
    expect(textIn(view(shell, 'grapevine-sign-in'), '[role=alert]')).to.contain(
      'has been used or has expired',
    )
  })

  it('asks to sign in again when the session ends meanwhile', async () => {
    const shell = await open()
    await until(() => view(shell))
    const refusal = { error: { code: 'unauthorized', message: 'Sign in', requestId: 'r' } }
    answerWith(async () => new Response(JSON.stringify(refusal), { status: 401 }))
    source().tell('changed')
    await until(() => view(shell, 'grapevine-sign-in'))
    expect(source().closed).to.equal(true)
  })

  it('says so when the server is away at the start, and starts when it is back', async () => {
    const real = window.fetch
    answerWith(() => Promise.reject(new TypeError('Failed to fetch')))
    const shell = await open()
    await until(() => textIn(shell, '[role=alert] h2') === 'The server cannot be reached')
    window.fetch = real
    shell.shadowRoot?.querySelector<HTMLElement>('[role=alert] button')?.click()
    await until(() => view(shell))
  })

  it('keeps theme and language', async () => {
    const shell = await open()
    await until(() => view(shell))
    const [, , dark] = shell.shadowRoot?.querySelectorAll<HTMLElement>('#settings .segments button') ?? []
    dark?.click()
    await until(() => document.documentElement.dataset.theme === 'dark')
    const select = shell.shadowRoot?.querySelector('select') as HTMLSelectElement
    select.value = 'zh-Hans'
    select.dispatchEvent(new Event('change'))
    await until(() => textIn(shell, 'h1') === '概览')
    fixtureCleanup()
    const again = await open()
    await until(() => view(again))
    expect(textIn(again, 'h1')).to.equal('概览')
    expect(again.theme).to.equal('dark')
    localStorage.clear()
    const english = again.shadowRoot?.querySelector('select') as HTMLSelectElement
    english.value = 'en'
    english.dispatchEvent(new Event('change'))
    await until(() => textIn(again, 'h1') === 'Overview')
    localStorage.clear()
  })
})

describe('live changes', () => {
  beforeEach(() => {
    Source.all = []
    window.EventSource = Source as unknown as typeof EventSource
  })
  afterEach(() => {
    window.EventSource = realSource
  })

  it('tells the first of a burst at once and the rest as one', async () => {
    let told = 0
    const stop = listenLive(
      () => told++,
      () => undefined,
    )
    for (let index = 0; index < 20; index++) source().tell('changed')
    expect(told).to.equal(1)
    await until(() => told === 2)
    stop()
    expect(source().closed).to.equal(true)
  })

  it('comes back after a refusal, and asks for what was missed', async () => {
    let told = 0
    const states: LiveState[] = []
    const stop = listenLive(
      () => told++,
      (state) => states.push(state),
    )
    source().tell('open')
    source().readyState = Source.CLOSED
    source().tell('error')
    await until(() => Source.all.length === 2)
    source().tell('open')
    expect(states).to.deep.equal(['live', 'waiting', 'live'])
    expect(told).to.equal(1)
    stop()
  })
})
