import { expect, fixture, fixtureCleanup, html, oneEvent } from '@open-wc/testing'
import { emulateMedia, sendKeys, setViewport } from '@web/test-runner-commands'
import type { Channel } from '../../server/contract/channels.ts'
import type { Counts } from '../../server/contract/shares.ts'
import type { Grapevine } from '../../widgets/core/grapevine.ts'
import { shareZhHans } from '../../widgets/locales/share.zh-Hans.ts'
import { shareMoreEn } from '../../widgets/locales/share-more.en.ts'
import '../../widgets/share/define.ts'
import type { GrapevineShare } from '../../widgets/share/grapevine-share.ts'
import { newSite, server, startAfresh, type TestSite, until } from './page.ts'

let site: TestSite
let copied: string[]

/** Settings as the loader would put them on the page. */
function configure(settings: Partial<Grapevine['settings']> = {}): void {
  const usual = { site: site.pk, server, param: 'gv', consent: 'auto', lang: '', theme: 'auto' } as const
  window.grapevine = { settings: { ...usual, ...settings } } as Grapevine
}

async function share(template = html`<grapevine-share></grapevine-share>`): Promise<GrapevineShare> {
  const element = await fixture<GrapevineShare>(template)
  await until(() => element.shadowRoot?.querySelector('button'), 'its buttons')
  return element
}

const button = (element: GrapevineShare, channel: string) =>
  element.shadowRoot?.querySelector<HTMLButtonElement>(
    `.row [data-channel="${channel}"]`,
  ) as HTMLButtonElement
const dialog = (element: GrapevineShare) =>
  until(() => element.shadowRoot?.querySelector<HTMLDialogElement>('dialog[open]'), 'a dialog')
const row = (element: GrapevineShare) =>
  [...(element.shadowRoot?.querySelectorAll<HTMLElement>('.row button') ?? [])].map(
    ({ dataset }) => dataset.channel,
  )

/** Keeps the links that the element opens, instead of leaving the page. */
function catchLinks(): HTMLAnchorElement[] {
  const opened: HTMLAnchorElement[] = []
  HTMLAnchorElement.prototype.click = function () {
    opened.push(this)
  }
  return opened
}

describe('<grapevine-share>', () => {
  const click = HTMLAnchorElement.prototype.click
  beforeEach(async () => {
    startAfresh()
    site = await newSite()
    configure()
    await emulateMedia({ reducedMotion: 'reduce' })
    copied = []
    // A test page has no focus of its own, which the real clipboard asks for.
    Object.defineProperty(navigator.clipboard, 'writeText', {
      configurable: true,
      value: async (text: string) => void copied.push(text),
    })
  })
  afterEach(async () => {
    HTMLAnchorElement.prototype.click = click
    document.documentElement.lang = 'en'
    document.body.removeAttribute('style')
    fixtureCleanup()
    await setViewport({ width: 800, height: 600 })
    await emulateMedia({ colorScheme: 'light' })
  })

  it('copies a link with a well-formed code at once, says so, and tells the page', async () => {
    const element = await share()
    const told = oneEvent(element, 'grapevine-shared')
    button(element, 'copy').click()
    const { detail, bubbles, composed } = await told
    expect([bubbles, composed]).to.deep.equal([true, true])
    expect(detail.code).to.match(new RegExp(`^${site.pk.slice(3, 9)}[\\w-]{10}$`))
    expect(copied).to.deep.equal([detail.link])
    expect(new URL(detail.link).searchParams.get('gv')).to.equal(detail.code)
    expect(detail).to.include({ channel: 'copy', url: location.href })
    await until(() => element.shadowRoot?.querySelector('[role=status]')?.textContent === 'Link copied')
    expect(button(element, 'copy').textContent?.trim()).to.equal('Copied')
    await expect(element).to.be.accessible()
  })

  it('reuses its code for the same page and channel, and has another for another channel', async () => {
    const element = await share(html`<grapevine-share url="/same"></grapevine-share>`)
    const codes: string[] = []
    element.addEventListener('grapevine-shared', ({ detail }) => codes.push(detail.code))
    button(element, 'copy').click()
    button(element, 'copy').click()
    catchLinks()
    button(element, 'whatsapp').click()
    expect(codes[0]).to.equal(codes[1])
    expect(codes[2]).not.to.equal(codes[0])
  })

  it('counts what the server knows, and shows nothing for none', async () => {
    const element = await share(html`<grapevine-share url="/counted"></grapevine-share>`)
    expect(element.shadowRoot?.querySelector('.count')).to.equal(null)
    const before = element.getBoundingClientRect().height
    button(element, 'copy').click()
    const count = await until(() => element.shadowRoot?.querySelector('.count'))
    expect(count.textContent).to.equal('1 share')
    expect(element.getBoundingClientRect().height).to.equal(before)
    const url = encodeURIComponent(`${location.origin}/counted`)
    const answer = await fetch(`${server}v1/counts?url=${url}`, { headers: { 'x-grapevine-site': site.pk } })
    expect(((await answer.json()) as Counts).shares).to.equal(1)
    expect(
      (
        await share(html`<grapevine-share url="/counted" no-count></grapevine-share>`)
      ).shadowRoot?.querySelector('.count'),
    ).to.equal(null)
  })

  it('opens a network as a link that neither names nor hands over this page', async () => {
    const opened = catchLinks()
    const element = await share(html`<grapevine-share text="Bread & wine #1 葡萄 🍇"></grapevine-share>`)
    const told = oneEvent(element, 'grapevine-shared')
    button(element, 'x').click()
    const { detail } = await told
    const [link] = opened
    const url = new URL(link?.href ?? '')
    expect(url.origin).to.equal('https://x.com')
    expect(url.searchParams.get('url')).to.equal(detail.link)
    expect(url.searchParams.get('text')).to.equal('Bread & wine #1 葡萄 🍇')
    expect(link?.rel).to.equal('noopener noreferrer')
    expect(link?.target).to.equal('_blank')
  })

  it('has the owner’s channels in the owner’s order, and warns once of words it does not know', async () => {
    const warnings: string[] = []
    const { warn } = console
    console.warn = (...words) => warnings.push(words.join(' '))
    const element = await share(
      html`<grapevine-share channels="weibo, copy qr myspace messenger,copy"></grapevine-share>`,
    )
    element.messengerAppId = '42'
    await until(() => row(element).includes('messenger'), 'Messenger')
    console.warn = warn
    expect(row(element)).to.deep.equal(['weibo', 'copy', 'qr', 'messenger'])
    expect(warnings).to.deep.equal(['<grapevine-share> does not know: myspace'])
    await expect(element).to.be.accessible()
  })

  it('offers everything in a dialog that the keyboard opens, walks and closes', async () => {
    const element = await share()
    button(element, 'more').focus()
    await sendKeys({ press: 'Enter' })
    const opened = await dialog(element)
    const tiles = [...opened.querySelectorAll<HTMLElement>('.tile')]
    expect(tiles.length).to.be.greaterThan(22)
    expect(tiles.map(({ dataset }) => dataset.channel)).not.to.include.members(['comment'])
    await expect(element).to.be.accessible()
    tiles.find(({ dataset }) => dataset.channel === 'copy')?.focus()
    await sendKeys({ press: 'Enter' })
    await until(() => opened.querySelector('[role=status]')?.textContent === 'Link copied')
    expect(copied).to.have.length(1)
    await sendKeys({ press: 'Escape' })
    await until(() => !element.shadowRoot?.querySelector('dialog'), 'the dialog to close')
    expect(element.shadowRoot?.activeElement).to.equal(button(element, 'more'))
  })

  it('goes from one dialog to the next with the focus where it is wanted', async () => {
    const element = await share()
    const root = element.shadowRoot as ShadowRoot
    for (const [channel, wanted] of [
      ['mastodon', 'input'],
      ['qr', 'header button'],
    ] as const) {
      button(element, 'more').focus()
      await sendKeys({ press: 'Enter' })
      const opened = await dialog(element)
      const tile = await until(() => opened.querySelector<HTMLElement>(`.tile[data-channel=${channel}]`))
      tile.focus()
      await sendKeys({ press: 'Enter' })
      await until(() => root.activeElement && root.activeElement === root.querySelector(wanted), wanted)
      await sendKeys({ press: 'Escape' })
      await until(() => !root.querySelector('dialog'), 'the dialog to close')
      expect(root.activeElement === button(element, 'more')).to.equal(true)
    }
  })

  it('draws the link as a QR code with the link as text below it', async () => {
    const element = await share(html`<grapevine-share channels="qr"></grapevine-share>`)
    const told = oneEvent(element, 'grapevine-shared')
    button(element, 'qr').click()
    const { detail } = await told
    const opened = await dialog(element)
    expect(opened.querySelector('svg[part=qr]')?.getAttribute('aria-label')).to.equal('QR code')
    expect(opened.querySelector<HTMLAnchorElement>('a.link')?.href).to.equal(detail.link)
    await expect(element).to.be.accessible()
    const links = catchLinks()
    opened.querySelector<HTMLButtonElement>('.lead')?.click()
    const [saved] = await until(() => links.length > 0 && links)
    expect(saved?.download).to.equal('qr-code.png')
    const image = await createImageBitmap(await (await fetch(saved?.href ?? '')).blob())
    expect(image.width).to.be.greaterThan(300)
  })

  it('asks for the Mastodon server, refuses what is none, and remembers it', async () => {
    const element = await share(html`<grapevine-share channels="mastodon" text="Hello"></grapevine-share>`)
    button(element, 'mastodon').click()
    const opened = await dialog(element)
    const field = opened.querySelector('input') as HTMLInputElement
    await expect(element).to.be.accessible()
    expect(element.shadowRoot?.activeElement === field).to.equal(true)
    await sendKeys({ type: 'not a server' })
    await sendKeys({ press: 'Enter' })
    await until(() => opened.querySelector('[role=alert]')?.textContent?.includes('server name'))
    expect(field.getAttribute('aria-invalid')).to.equal('true')
    await expect(element).to.be.accessible()

    const links = catchLinks()
    field.value = ''
    await sendKeys({ type: '@me@Example.social' })
    await sendKeys({ press: 'Enter' })
    const [link] = await until(() => links.length > 0 && links)
    expect(link?.href).to.match(/^https:\/\/example\.social\/share\?text=Hello%20http/)
    await until(() => !element.shadowRoot?.querySelector('dialog'), 'the dialog to close')
    button(element, 'mastodon').click()
    expect((await dialog(element)).querySelector('input')?.value).to.equal('example.social')
  })

  it('shows the link itself where no script may copy', async () => {
    Object.defineProperty(navigator.clipboard, 'writeText', {
      value: async () => Promise.reject(new Error('no')),
      configurable: true,
    })
    const { execCommand } = document
    document.execCommand = () => false
    const element = await share()
    button(element, 'copy').click()
    const opened = await dialog(element)
    document.execCommand = execCommand
    expect(opened.querySelector('input')?.value).to.match(/[?&]gv=[\w-]{16}/)
    await expect(element).to.be.accessible()
  })

  it('hands over to the device, and counts only what was not dismissed', async () => {
    const handed: ShareData[] = []
    let dismiss = true
    navigator.share = async (data) => {
      handed.push(data ?? {})
      if (dismiss) throw new DOMException('dismissed', 'AbortError')
    }
    const element = await share(html`<grapevine-share url="/native"></grapevine-share>`)
    let told = 0
    element.addEventListener('grapevine-shared', () => told++)
    button(element, 'native').click()
    await until(() => handed.length === 1)
    dismiss = false
    button(element, 'native').click()
    await until(() => told === 1, 'the share')
    expect(handed[1]?.url).to.equal(handed[0]?.url)
    expect(handed[1]?.title).to.equal(document.title)
    Reflect.deleteProperty(navigator, 'share')
  })

  for (const [lang, catalogue] of [
    ['en', shareMoreEn],
    ['zh-Hans', shareZhHans],
  ] as const) {
    it(`speaks ${lang}, every word from the catalogue`, async () => {
      document.documentElement.lang = lang === 'en' ? 'en-GB' : 'zh-CN'
      const texts = Object.values(catalogue).flatMap((text) =>
        typeof text === 'string' ? [text] : Object.values(text),
      )
      const known = (said: string) =>
        texts.some((text) => text === said) ||
        Object.values(catalogue).some(
          (name) => typeof name === 'string' && catalogue.on.replace('{name}', name) === said,
        )
      const element = await share()
      button(element, 'more').click()
      await dialog(element)
      const root = element.shadowRoot as ShadowRoot
      const said = [
        ...[...root.querySelectorAll('[aria-label]')].map((node) => node.getAttribute('aria-label') ?? ''),
        ...[...root.querySelectorAll('button span, h2')].map((node) => node.textContent ?? ''),
      ].filter(Boolean)
      expect(said.length).to.be.greaterThan(30)
      expect(said.filter((words) => !known(words))).to.deep.equal([])
      expect(root.querySelector('.base')?.getAttribute('lang')).to.equal(lang)
      await expect(element).to.be.accessible()
    })
  }

  it('has the same texts in both languages', () => {
    expect(Object.keys(shareZhHans).sort()).to.deep.equal(Object.keys(shareMoreEn).sort())
  })

  it('follows the page: light text means a dark page', async () => {
    document.body.style.cssText = 'color: #eee; background: #17151c'
    const element = await share()
    const base = element.shadowRoot?.querySelector('.base') as HTMLElement
    expect(base.className).to.include('dark')
    await expect(element).to.be.accessible()
    button(element, 'more').click()
    await dialog(element)
    await expect(element).to.be.accessible()
  })

  it('turns with a page that turns', async () => {
    const element = await share()
    for (const [color, scheme] of [
      ['#eee', 'dark'],
      ['#222', 'light'],
    ] as const) {
      document.body.style.color = color
      await until(() => element.shadowRoot?.querySelector(`.base.${scheme}`), scheme)
    }
  })

  it('follows the visitor’s dark mode on a page that does, and the script tag before all', async () => {
    document.body.style.cssText = 'color-scheme: light dark; color: CanvasText; background: Canvas'
    await emulateMedia({ colorScheme: 'dark' })
    const element = await share()
    expect(element.shadowRoot?.querySelector('.base.dark')).not.to.equal(null)
    configure({ theme: 'light' })
    const light = await share()
    expect(light.shadowRoot?.querySelector('.base.light')).not.to.equal(null)
  })

  it('survives a hostile page', async () => {
    const hostile = document.createElement('style')
    hostile.textContent =
      '* { all: unset !important; color: red !important; font: 40px serif !important; letter-spacing: 1em !important }'
    document.head.append(hostile)
    const element = await share()
    const look = getComputedStyle(button(element, 'copy'))
    expect(look.letterSpacing).to.equal('normal')
    expect(Number.parseFloat(look.fontSize)).to.equal(15)
    hostile.remove()
  })

  for (const direction of ['ltr', 'rtl']) {
    it(`fits one line of a 320 px page, ${direction}`, async () => {
      await setViewport({ width: 320, height: 600 })
      const wrap = await fixture<HTMLElement>(
        html`<div dir=${direction}><grapevine-share url="/fits-${direction}"></grapevine-share></div>`,
      )
      const element = wrap.querySelector('grapevine-share') as GrapevineShare
      button(await until(() => element.shadowRoot?.querySelector('button') && element), 'copy').click()
      await until(() => element.shadowRoot?.querySelector('.count'), 'the count')
      await until(() => !element.confirmed, 'the confirmation to pass')
      const tops = [...(element.shadowRoot?.querySelectorAll('.row button') ?? [])]
        .map((each) => each.getBoundingClientRect())
        .filter(({ width }) => width > 0)
      expect(new Set(tops.map(({ top }) => Math.round(top))).size).to.equal(1)
      expect(document.documentElement.scrollWidth).to.be.at.most(320)
    })
  }

  it('leaves the count out where there is no room for it, and moves nothing', async () => {
    await setViewport({ width: 320, height: 600 })
    const narrow = document.createElement('div')
    const element = await share(html`<grapevine-share url="/narrow"></grapevine-share>`)
    button(element, 'copy').click()
    const count = await until(() => element.shadowRoot?.querySelector<HTMLElement>('.count'), 'the count')
    const words = document.createRange()
    words.selectNodeContents(count)
    const seen = () => words.getBoundingClientRect().top < count.getBoundingClientRect().bottom
    expect(seen()).to.equal(true)
    const { height } = element.getBoundingClientRect()
    element.before(narrow)
    const buttons = [...(element.shadowRoot?.querySelectorAll('.row button') ?? [])].map(
      (each) => each.getBoundingClientRect().right,
    )
    narrow.style.width = `${Math.max(...buttons) - element.getBoundingClientRect().left + 5}px`
    narrow.append(element)
    expect(seen()).to.equal(false)
    expect(element.getBoundingClientRect().height).to.equal(height)
    expect(narrow.scrollWidth).to.equal(narrow.clientWidth)
  })

  it('mirrors its attributes in its properties', async () => {
    const element = await share(html`<grapevine-share></grapevine-share>`)
    element.text = 'Words'
    element.noCount = true
    element.channels = 'copy email' satisfies `${Channel} ${Channel}`
    await element.updateComplete
    expect(element.getAttribute('text')).to.equal('Words')
    expect(element.hasAttribute('no-count')).to.equal(true)
    expect(row(element)).to.deep.equal(['copy', 'email'])
  })
})
