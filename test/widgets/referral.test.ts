import { expect, fixture, fixtureCleanup, html, oneEvent } from '@open-wc/testing'
import { emulateMedia, sendKeys, setViewport } from '@web/test-runner-commands'
import type { Referral } from '../../server/contract/referral.ts'
import type { Overview } from '../../server/contract/reports.ts'
import type { Rewards } from '../../server/contract/rewards.ts'
import type { Share } from '../../server/contract/shares.ts'
import type { Grapevine } from '../../widgets/core/grapevine.ts'
import { referralZhHans } from '../../widgets/locales/referral.zh-Hans.ts'
import { referralMoreEn } from '../../widgets/locales/referral-more.en.ts'
import '../../widgets/referral/define.ts'
import type { GrapevineReferral } from '../../widgets/referral/grapevine-referral.ts'
import {
  newSite,
  openPage,
  type PageWindow,
  report,
  requests,
  server,
  startAfresh,
  type TestSite,
  tag,
  until,
} from './page.ts'

let site: TestSite
let copied: string[]

const HOSTILE = [
  '<img src=x onerror="window.pwned = 1">',
  '"><script>window.pwned = 1</script>',
  'javascript:window.pwned=1//',
  '{{constructor.constructor("window.pwned=1")()}}',
  'كريمة',
  '葡萄 🍇',
]

function configure(settings: Partial<Grapevine['settings']> = {}): void {
  const usual = { site: site.pk, server, param: 'gv', consent: 'auto', lang: '', theme: 'auto' } as const
  window.grapevine = { settings: { ...usual, ...settings } } as Grapevine
}

const newToken = () => `pt_${crypto.randomUUID().replaceAll('-', '')}`

/** Somebody else's browser, or the site's own server by its secret key. */
async function say<Answer>(method: string, path: string, body: object, token: string): Promise<Answer> {
  const answer = await fetch(`/widgets/v1/${path}`, {
    method,
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${token}`,
      ...(token.startsWith('sk_') ? {} : { 'x-grapevine-site': site.pk }),
    },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`)
  return answer.json()
}

const rule = {
  currency: 'EUR',
  pot: { fixed: 1000 },
  buyer: { fixed: 500 },
  proof: 'any',
  split: 'nearest',
  tiers: [{ from: 3, pot: { fixed: 2000 } }],
}
const programme = (more = {}) =>
  say('POST', 'programmes', { name: 'Friends', status: 'running', rule: { ...rule, ...more } }, site.sk)

/** Somebody by a name who passes a page on. */
async function sharer(url: string, name?: string, listed = false) {
  const token = newToken()
  const { code } = await say<Share>('POST', 'shares', { url, channel: 'copy' }, token)
  if (name) await say('PATCH', 'me', { name, listed }, token)
  return { token, code }
}

/** A friend who comes by a code and buys. */
async function friend(code: string, url: string, orderId: string): Promise<void> {
  const token = newToken()
  await say('POST', 'visits', { code, url }, token)
  const bought = { name: 'purchase', value: 4900, currency: 'EUR', orderId }
  const { id } = await say<{ id: string }>('POST', 'conversions', bought, token)
  // What a programme gives for it comes a moment later.
  await until(async () => (await rewardsFor(id)).data.length > 0, 'its reward')
}

async function rewardsFor(conversion: string): Promise<Rewards> {
  const headers = { authorization: `Bearer ${site.sk}` }
  return (await fetch(`/widgets/v1/rewards?conversion=${conversion}`, { headers })).json()
}

/** This browser is that of somebody who has acted before. */
const actAs = (token: string) => localStorage.setItem(`grapevine:${site.pk.slice(3, 9)}:token`, token)

const here = (path: string) => new URL(path, location.href).href

async function referral(
  template = html`<grapevine-referral></grapevine-referral>`,
): Promise<GrapevineReferral> {
  const element = await fixture<GrapevineReferral>(template)
  await until(() => element.shadowRoot?.querySelector('[aria-busy=false]'), 'its answer')
  return element
}

const find = <E extends HTMLElement>(element: Element, selector: string, what = selector) =>
  until(() => element.shadowRoot?.querySelector<E>(selector), what)
const textOf = (element: Element) =>
  element.shadowRoot?.querySelector('.base')?.textContent?.replace(/\s+/g, ' ') ?? ''
const saying = (element: Element, words: string) => until(() => textOf(element).includes(words), words)
const buttonSaying = (element: Element, words: string) =>
  until(
    () =>
      [...(element.shadowRoot?.querySelectorAll('button') ?? [])].find(
        (each) => each.textContent?.trim() === words,
      ),
    `a button that says ${words}`,
  )

describe('<grapevine-referral>', () => {
  const click = HTMLAnchorElement.prototype.click
  beforeEach(async () => {
    startAfresh()
    site = await newSite()
    configure()
    await emulateMedia({ reducedMotion: 'reduce' })
    copied = []
    Object.defineProperty(navigator.clipboard, 'writeText', {
      configurable: true,
      value: async (text: string) => void copied.push(text),
    })
  })
  afterEach(async () => {
    HTMLAnchorElement.prototype.click = click
    document.documentElement.lang = 'en'
    document.body.removeAttribute('style')
    history.replaceState(null, '', location.pathname + location.search)
    fixtureCleanup()
    await setViewport({ width: 800, height: 600 })
    await emulateMedia({ colorScheme: 'light' })
  })

  it('says what inviting brings, mints nothing by being looked at, and keeps nothing', async () => {
    await programme()
    const element = await referral()
    expect((await find(element, 'h2')).textContent).to.equal('Give €5, get €10')
    expect(textOf(element)).to.include('Your friend gets €5. You get €10.')
    expect(element.shadowRoot?.querySelector('input')).to.equal(null)
    expect(localStorage.length).to.equal(0)
    await expect(element).to.be.accessible()
  })

  for (const [what, more, headline, words] of [
    [
      'a percentage with a cap',
      { pot: { percent: 12.5, cap: 5000 } },
      'Give €5, get 12.5%',
      '12.5% of the order, at most €50',
    ],
    ['one side', { buyer: null }, 'Invite a friend, get €10', 'You get €10.'],
    ['cents', { pot: { fixed: 1050 } }, 'Give €5, get €10.50', 'You get €10.50.'],
  ] as const)
    it(`words an offer of ${what}`, async () => {
      await programme(more)
      const element = await referral()
      expect((await find(element, 'h2')).textContent).to.equal(headline)
      expect(textOf(element)).to.include(words)
    })

  it('invites plainly where there is no programme, and with the owner’s headline where there is one', async () => {
    const element = await referral()
    expect((await find(element, 'h2')).textContent).to.equal('Invite your friends')
    element.headline = 'Bring somebody'
    await element.updateComplete
    expect((await find(element, 'h2')).textContent).to.equal('Bring somebody')
    expect(element.getAttribute('headline')).to.equal('Bring somebody')
  })

  it('gives a link at the first click, which is the first act, and the same link ever after', async () => {
    const element = await referral(html`<grapevine-referral url="/invite-1"></grapevine-referral>`)
    const told = oneEvent(element, 'grapevine-shared')
    ;(await buttonSaying(element, 'Get your link')).click()
    const { detail } = await told
    expect(detail).to.include({ channel: 'referral', url: here('/invite-1') })
    const field = await find<HTMLInputElement>(element, 'input.field')
    expect(field.value).to.equal(detail.link)
    expect(new URL(detail.link).searchParams.get('gv')).to.equal(detail.code)
    await saying(element, 'Kept in this browser only.')
    await saying(element, 'How it is going')
    await expect(element).to.be.accessible()

    const again = await referral(html`<grapevine-referral url="/invite-1"></grapevine-referral>`)
    expect((await find<HTMLInputElement>(again, 'input.field')).value).to.equal(detail.link)
  })

  it('copies the link, and says so also to those who do not see it', async () => {
    const element = await referral(html`<grapevine-referral url="/invite-2"></grapevine-referral>`)
    ;(await buttonSaying(element, 'Get your link')).click()
    const { value } = await find<HTMLInputElement>(element, 'input.field')
    ;(await buttonSaying(element, 'Copy')).click()
    await until(() => element.shadowRoot?.querySelector('[role=status]')?.textContent === 'Copied')
    expect(copied).to.deep.equal([value])
  })

  it('shows the link as a QR code, and all other ways in the dialog of the share element', async () => {
    const element = await referral(html`<grapevine-referral url="/invite-3"></grapevine-referral>`)
    ;(await buttonSaying(element, 'Get your link')).click()
    const { value } = await find<HTMLInputElement>(element, 'input.field')
    ;(await find(element, '[aria-label="QR code"]')).click()
    const opened = await find(element, 'dialog[open]')
    expect(opened.querySelector<HTMLAnchorElement>('a.link')?.href).to.equal(value)
    await expect(element).to.be.accessible()
    await sendKeys({ press: 'Escape' })
    await until(() => !element.shadowRoot?.querySelector('dialog'), 'the dialog to close')
    const share = await until(
      () =>
        element.shadowRoot?.querySelector('grapevine-share')?.shadowRoot?.querySelector('button') &&
        element.shadowRoot.querySelector('grapevine-share'),
    )
    share.shadowRoot?.querySelector('button')?.click()
    await until(() => share.shadowRoot?.querySelector('dialog[open] .tile'), 'the tiles')
    expect(
      [...(share.shadowRoot?.querySelectorAll<HTMLElement>('.tile') ?? [])].map(
        ({ dataset }) => dataset.channel,
      ),
    ).not.to.include.members(['coupon'])
  })

  it('tells how it is going: visits, friends, money, the way to the next tier', async () => {
    await programme()
    const url = here('/going')
    const { token, code } = await sharer(url)
    await friend(code, url, 'a')
    await friend(code, url, 'b')
    actAs(token)
    await until(async () => {
      const answer = await fetch(`${server}v1/referral?url=${encodeURIComponent(url)}`, {
        headers: { 'x-grapevine-site': site.pk, authorization: `Bearer ${token}` },
      })
      return ((await answer.json()) as Referral).friends === 2
    }, 'the rewards')
    const element = await referral(html`<grapevine-referral url="/going"></grapevine-referral>`)
    const figures = [...(element.shadowRoot?.querySelectorAll('.figures div') ?? [])].map((each) =>
      each.textContent?.replace(/\s+/g, ' ').trim(),
    )
    expect(figures).to.deep.equal(['Visits2', 'Results2', 'Pending€20.00'])
    const bar = element.shadowRoot?.querySelector('progress')
    expect([bar?.value, bar?.max]).to.deep.equal([2, 3])
    expect(textOf(element)).to.include('1 more friend until €20')
    await expect(element).to.be.accessible()
  })

  it('explains a reward line by line, and gives its signed receipt as a file', async () => {
    await programme()
    const url = here('/why')
    const { token, code } = await sharer(url)
    await friend(code, url, 'a')
    actAs(token)
    const element = await until(async () => {
      const element = await referral(html`<grapevine-referral url="/why"></grapevine-referral>`)
      return textOf(element).includes('What you earned') && element
    }, 'the reward')
    ;(await find(element, '[aria-label="Why €10.00?"]')).click()
    const opened = await find(element, 'dialog[open]')
    const said = opened.textContent?.replace(/\s+/g, ' ') ?? ''
    for (const words of [
      '“purchase” on',
      'worth €49.00',
      'you → friend',
      'Rule “Friends”, version 1',
      'To be shared',
      'Yours',
    ])
      expect(said).to.include(words)
    expect(opened.querySelector('.lines .yours dd')?.textContent).to.equal('€10.00')
    await expect(element).to.be.accessible()
    const links: HTMLAnchorElement[] = []
    HTMLAnchorElement.prototype.click = function () {
      links.push(this)
    }
    ;(await buttonSaying(element, 'Download')).click()
    const file = JSON.parse(await (await fetch(links[0]?.href ?? '')).text())
    expect(file.receipt.amount).to.equal(1000)
    expect(file.signature).to.match(/^[\w-]{80,}$/)
    expect(links[0]?.download).to.equal(`receipt-${file.receipt.reward}.json`)
  })

  it('asks where the money should go once there is some, and keeps the answer to itself', async () => {
    await programme()
    const url = here('/purse')
    const { token, code } = await sharer(url)
    actAs(token)
    const before = await referral(html`<grapevine-referral url="/purse"></grapevine-referral>`)
    expect(before.shadowRoot?.querySelector('#payout')).to.equal(null)
    await friend(code, url, 'a')
    const element = await until(async () => {
      const element = await referral(html`<grapevine-referral url="/purse"></grapevine-referral>`)
      return element.shadowRoot?.querySelector('#payout') && element
    }, 'the question')
    const field = element.shadowRoot?.querySelector('#payout') as HTMLInputElement
    field.focus()
    await sendKeys({ type: 'me@example.com' })
    await sendKeys({ press: 'Enter' })
    await saying(element, 'We know where your money goes.')
    expect(textOf(element)).not.to.include('me@example.com')
    ;(await buttonSaying(element, 'Change')).click()
    expect((await find<HTMLInputElement>(element, '#payout')).value).to.equal('me@example.com')
  })

  it('puts nobody on the leaderboard who has not asked for it', async () => {
    await programme()
    const url = here('/board')
    const { token, code } = await sharer(url)
    await friend(code, url, 'a')
    actAs(token)
    const element = await referral(html`<grapevine-referral url="/board"></grapevine-referral>`)
    const box = await find<HTMLInputElement>(element, 'input[type=checkbox]')
    expect(box.checked).to.equal(false)
    const name = await find<HTMLInputElement>(element, '#name')
    name.focus()
    await sendKeys({ type: 'Zoë' })
    await sendKeys({ press: 'Enter' })
    await until(() => element.shadowRoot?.querySelector('[role=status]')?.textContent === 'Saved')
    expect(element.shadowRoot?.querySelector('.leaders')).to.equal(null)
    box.click()
    ;(await until(() => name.form?.querySelector<HTMLElement>('[type=submit]:not([disabled])'))).click()
    const leader = await find(element, '.leaders li.you')
    expect(leader.textContent?.replace(/\s+/g, ' ').trim()).to.match(/^1 Zoë You 1 friend$/)
    await expect(element).to.be.accessible()
    element.noLeaderboard = true
    await element.updateComplete
    expect(element.shadowRoot?.querySelector('.leaders, [type=checkbox]')).to.equal(null)
  })

  it('tells what is wrong with a name beside it', async () => {
    const { token } = await sharer(here('/name'))
    actAs(token)
    const element = await referral(html`<grapevine-referral url="/name"></grapevine-referral>`)
    const field = await find<HTMLInputElement>(element, '#name')
    field.value = 'turned \u202e around'
    ;(await find(element, 'form [type=submit]')).click()
    await until(() => field.getAttribute('aria-invalid') === 'true')
    expect(element.shadowRoot?.querySelector('#name-hint')?.textContent).to.include('direction override')
    await expect(element).to.be.accessible()
  })

  it('draws the people who passed it on, by the names they chose; hostile names are text', async () => {
    await programme()
    const url = here('/tree')
    const { token, code } = await sharer(url, 'Alice')
    for (const [index, name] of [...HOSTILE, undefined].entries()) {
      const other = newToken()
      await say('POST', 'visits', { code, url }, other)
      const { code: own } = await say<Share>('POST', 'shares', { url, channel: 'copy' }, other)
      if (name) await say('PATCH', 'me', { name, listed: true }, other)
      if (name) await friend(own, url, `order ${index}`)
    }
    actAs(token)
    const element = await until(async () => {
      const element = await referral(html`<grapevine-referral url="/tree"></grapevine-referral>`)
      return element.shadowRoot?.querySelectorAll('.leaders li').length === HOSTILE.length && element
    }, 'the leaders')
    const names = (selector: string) =>
      [...(element.shadowRoot?.querySelectorAll(selector) ?? [])].map((each) => each.textContent?.trim())
    expect(names('.vine > li > ul > li .who').sort()).to.deep.equal([...HOSTILE, 'someone'].sort())
    expect(names('.leaders bdi').sort()).to.deep.equal([...HOSTILE].sort())
    expect(element.shadowRoot?.querySelector('img, script')).to.equal(null)
    expect('pwned' in window).to.equal(false)
    await expect(element).to.be.accessible()
  })

  it('hands a gift on, and shows the one that somebody was given', async () => {
    const url = here('/gifts')
    const { token } = await sharer(url, 'Alice')
    const { id } = (await (
      await fetch(`${server}v1/me`, {
        headers: { 'x-grapevine-site': site.pk, authorization: `Bearer ${token}` },
      })
    ).json()) as { id: string }
    const gift = { code: 'GIFT-ONE', person: id, label: 'A free issue', gift: true, url }
    await say('POST', 'coupons', gift, site.sk)
    actAs(token)
    const element = await referral(html`<grapevine-referral url="/gifts"></grapevine-referral>`)
    expect(textOf(element)).to.include('A free issue')
    ;(await buttonSaying(element, 'Pass it on')).click()
    const opened = await find(element, 'dialog[open]')
    const { value: link } = opened.querySelector('input') as HTMLInputElement
    const [, code] = /^http.*[?&]gv=[\w-]{16}#gift=([\w-]+)$/.exec(link) ?? []
    expect(code).not.to.equal(undefined)
    await saying(element, 'Passed on')
    await expect(element).to.be.accessible()

    fixtureCleanup()
    startAfresh()
    history.replaceState(null, '', `#gift=${code}`)
    const given = await referral(html`<grapevine-referral url="/gifts"></grapevine-referral>`)
    await saying(given, 'A gift from Alice')
    expect(textOf(given)).to.include('A free issue')
    expect(location.hash).to.equal('')
    expect((await find<HTMLInputElement>(given, '.gift input')).value).to.equal(code)
    await expect(given).to.be.accessible()
    ;(await buttonSaying(given, 'Pass it on')).click()
    await saying(given, 'Your own code is void now.')
    const next = await find<HTMLInputElement>(given, '.gift input')
    await until(() => /#gift=/.test(next.value) && !next.value.includes(code as string), 'a new code')
  })

  it('says that it could not be loaded, and tries again', async () => {
    await fetch('/test/down')
    const element = await fixture<GrapevineReferral>(html`<grapevine-referral></grapevine-referral>`)
    await saying(element, 'This could not be loaded.')
    await expect(element).to.be.accessible()
    await fetch('/test/up')
    ;(await buttonSaying(element, 'Try again')).click()
    await buttonSaying(element, 'Get your link')
  })

  for (const [lang, catalogue] of [
    ['en', referralMoreEn],
    ['zh-Hans', referralZhHans],
  ] as const)
    it(`speaks ${lang}`, async () => {
      document.documentElement.lang = lang === 'en' ? 'en-GB' : 'zh-CN'
      await programme()
      const { token } = await sharer(here(`/lang-${lang}`))
      actAs(token)
      const element = await referral(html`<grapevine-referral url="/lang-${lang}"></grapevine-referral>`)
      await saying(element, catalogue.going)
      expect(textOf(element)).to.include(catalogue.nothingYet)
      expect(element.shadowRoot?.querySelector('.base')?.getAttribute('lang')).to.equal(lang)
      await expect(element).to.be.accessible()
    })

  it('has the same texts in both languages', () => {
    expect(Object.keys(referralZhHans).sort()).to.deep.equal(Object.keys(referralMoreEn).sort())
  })

  it('is dark on a dark page, and fits 320 pixels', async () => {
    document.body.style.cssText = 'color: #eee; background: #17151c'
    await setViewport({ width: 320, height: 800 })
    await programme()
    const url = here('/dark')
    const { token, code } = await sharer(url, 'W'.repeat(60), true)
    await friend(code, url, 'a')
    actAs(token)
    const element = await until(async () => {
      const element = await referral(html`<grapevine-referral url="/dark"></grapevine-referral>`)
      return element.shadowRoot?.querySelector('.leaders') && element
    }, 'the leaderboard')
    expect(element.shadowRoot?.querySelector('.base.dark')).not.to.equal(null)
    expect(document.documentElement.scrollWidth).to.be.at.most(320)
    await expect(element).to.be.accessible()
  })

  it('moves nothing of the page when its answer comes', async () => {
    await programme()
    const element = await fixture<GrapevineReferral>(html`<grapevine-referral></grapevine-referral>`)
    const waiting = (await find(element, '[aria-busy=true]')).getBoundingClientRect().height
    const ready = (await find(element, '[aria-busy=false]')).getBoundingClientRect().height
    expect(ready).to.equal(waiting)
  })
})

describe('an invitation', () => {
  let code: string
  beforeEach(async () => {
    startAfresh()
    site = await newSite()
    await programme()
    ;({ code } = await sharer(here('/invited'), 'Alice'))
  })

  const arrive = async (attributes = '', before = '') => {
    const page = await openPage(
      `${before}${tag(site, attributes)}<grapevine-referral></grapevine-referral>`,
      `?gv=${code}`,
    )
    const element = await until(() => page.document.querySelector('grapevine-referral'))
    return { page, element }
  }
  const stored = (page: PageWindow) => Object.keys(page.localStorage)

  it('is shown to whoever came by a link, with what they get; accepting it is remembered', async () => {
    const { page, element } = await arrive()
    await saying(element, 'Alice invited you')
    expect(textOf(element)).to.include('You get €5.')
    ;(await buttonSaying(element, 'Accept')).click()
    await saying(element, 'Accepted.')
    expect(stored(page).some((key) => key.endsWith(':answered'))).to.equal(true)
  })

  it('is the consent that lets the arrival be stored where consent is required', async () => {
    const { page, element } = await arrive('data-consent="required"')
    await saying(element, 'Alice invited you')
    expect(textOf(element)).to.include('Accepting lets this site remember')
    expect(stored(page)).to.deep.equal([])
    ;(await buttonSaying(element, 'Accept')).click()
    await until(() => stored(page).some((key) => key.endsWith(':arrivals')), 'the arrival to be stored')
    expect(page.localStorage.getItem(stored(page).find((key) => key.endsWith(':arrivals')) ?? '')).to.include(
      code,
    )
    expect(stored(page).some((key) => key.endsWith(':consent'))).to.equal(true)
    await until(() => requests(page).filter((path) => path === '/v1/visits').length === 2, 'whose it was')
    expect((await report<Overview>(site, 'overview')).totals.visits).to.equal(1)
    const token = page.localStorage.getItem(stored(page).find((key) => key.endsWith(':token')) ?? '') ?? ''
    const own = await say<Share>('POST', 'shares', { url: here('/elsewhere'), channel: 'copy' }, token)
    expect(own.parent).to.equal(code)
  })

  it('goes away when it is not wanted, and stores nothing without consent', async () => {
    const { page, element } = await arrive('data-consent="required"')
    ;(await buttonSaying(element, 'Not now')).click()
    await until(() => !textOf(element).includes('invited you'))
    expect(stored(page)).to.deep.equal([])
  })

  it('names nobody who does not want to be named', async () => {
    ;({ code } = await sharer(here('/invited')))
    const { element } = await arrive()
    await saying(element, 'A friend invited you')
  })

  it('lets somebody be kept only if they say so, and still gives a link to whoever does not', async () => {
    const { page, element } = await arrive('data-consent="required"')
    ;(await buttonSaying(element, 'Only a link')).click()
    expect((await find<HTMLInputElement>(element, 'input.field')).value).to.match(/[?&]gv=[\w-]{16}/)
    await saying(element, 'This link is kept nowhere')
    await until(() => requests(page).includes('/v1/shares'), 'the share')
    expect(stored(page)).to.deep.equal([])
  })

  it('keeps the link of somebody who lets it', async () => {
    const { page, element } = await arrive('data-consent="required"')
    ;(await buttonSaying(element, 'Get your link and keep it here')).click()
    await saying(element, 'Kept in this browser only.')
    await saying(element, 'How it is going')
    expect(stored(page).some((key) => key.endsWith(':token'))).to.equal(true)
  })

  for (const [what, before] of [
    [
      'Global Privacy Control',
      `<script>Object.defineProperty(navigator, 'globalPrivacyControl', { value: true })</script>`,
    ],
    ['Do Not Track', `<script>Object.defineProperty(navigator, 'doNotTrack', { value: '1' })</script>`],
  ] as const)
    it(`stores nothing under ${what}, says why, and gives a link all the same`, async () => {
      const { page, element } = await arrive('', before)
      await saying(element, 'Your browser asks us to remember nothing about you')
      ;(await buttonSaying(element, 'Accept')).click()
      ;(await buttonSaying(element, 'Get your link')).click()
      expect((await find<HTMLInputElement>(element, 'input.field')).value).to.match(/[?&]gv=[\w-]{16}/)
      await until(() => requests(page).includes('/v1/shares'), 'the share')
      expect(stored(page)).to.deep.equal([])
    })

  it('is nothing that one gets from oneself', async () => {
    const first = await openPage(tag(site))
    const passed = await until(() => first.grapevine?.share?.())
    await until(() => requests(first).includes('/v1/shares'), 'the share')
    code = new URL(passed.link).searchParams.get('gv') ?? ''
    const { element } = await arrive()
    await buttonSaying(element, 'Copy').catch(() => buttonSaying(element, 'Get your link'))
    await until(() => !element.shadowRoot?.querySelector('.hole'), 'the place to be given up')
    expect(textOf(element)).not.to.include('invited you')
  })

  it('works under a strict policy', async () => {
    const violations: string[] = []
    const { page, element } = await arrive(
      '',
      `<meta http-equiv="content-security-policy" content="default-src 'none'; script-src 'self' http://localhost:*;
        connect-src http://localhost:*; style-src 'self'; require-trusted-types-for 'script'; trusted-types lit-html">`,
    )
    page.document.addEventListener('securitypolicyviolation', (event) =>
      violations.push(event.violatedDirective),
    )
    ;(await buttonSaying(element, 'Get your link')).click()
    ;(await find(element, '[aria-label="QR code"]')).click()
    await find(element, 'dialog[open]')
    expect(violations).to.deep.equal([])
  })
})
