import type { BrowserContext, Page } from 'puppeteer-core'
import type { Channel } from '../../server/contract/channels.ts'
import { type Stage, until } from './stage.ts'

/** Somebody with a browser profile of their own. */
export interface Actor {
  context: BrowserContext
  page: Page
  /** What went wrong in their page: errors, refusals by the page's policy, requests to third parties. */
  faults: string[]
  /** The requests their page made to the Grapevine server. */
  calls: { method: string; path: string; headers: Record<string, string> }[]
}

/** What `grapevine-shared` tells. */
export interface Shared {
  channel: Channel
  code: string
  url: string
  link: string
}

/** A link passed on: as the page told of it, and as it is on the clipboard. */
export interface Passing {
  shared: Shared
  clipboard: string
}

const article = '/articles/how-a-story-crosses-a-town'

/** The article that the journeys are about. */
export const articleUrl = (stage: Stage): string => stage.demo + article

/** Lets somebody in: a fresh profile, with an eye on all that happens in it. */
export async function enter(stage: Stage): Promise<Actor> {
  const context = await stage.browser.createBrowserContext()
  await context.overridePermissions(stage.demo, ['clipboard-read', 'clipboard-sanitized-write'])
  const page = await context.newPage()
  // To the server a headless browser is no person.
  const userAgent = await stage.browser.userAgent()
  await page.setUserAgent({ userAgent: userAgent.replace('Headless', '') })
  const faults: Actor['faults'] = []
  const calls: Actor['calls'] = []
  page.on('pageerror', (error) => faults.push(`page error: ${error}`))
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()} ${message.location().url ?? ''}`)
  })
  page.on('request', (request) => {
    const { origin, pathname, protocol } = new URL(request.url())
    if (origin === stage.server)
      calls.push({ method: request.method(), path: pathname, headers: request.headers() })
    else if (origin !== stage.demo && protocol.startsWith('http'))
      faults.push(`third party: ${request.url()}`)
  })
  await page.evaluateOnNewDocument(EARS)
  return { context, page, faults, calls }
}

/** Opens an address, as somebody who was sent it. */
export async function open({ page }: Actor, url: string): Promise<void> {
  await page.goto(url, { waitUntil: 'domcontentloaded' })
}

/** Passes the page on by the copy button; answers what the page told of it and what is on the clipboard. */
export async function copyLink({ page }: Actor): Promise<Passing> {
  await page.locator('grapevine-share >>> button[data-channel=copy]').click()
  const shared = await until(
    () => page.evaluate('lastShared') as Promise<Shared | null>,
    (told) => told !== null,
  )
  const { link } = shared as Shared
  // The event is told within the click; the clipboard is written a moment later.
  const clipboard = await until(
    () => page.evaluate('navigator.clipboard.readText()') as Promise<string>,
    (text) => text === link,
  )
  return { shared: shared as Shared, clipboard }
}

/** The text of what a selector finds in the page or in any element's own tree; null where there is none. */
export async function textOf({ page }: Actor, selector: string): Promise<string | null> {
  const found = await page.$(`>>> ${selector}`)
  return (await found?.evaluate((element) => element.textContent))?.trim().replace(/\s+/g, ' ') ?? null
}

/** Waits until something in the page reads `text`. */
export async function shows(actor: Actor, selector: string, text: string): Promise<void> {
  await until(
    () => textOf(actor, selector),
    (shown) => shown === text,
  )
}

/** Cuts somebody off from every network, until this is taken back. */
export async function cutOff({ page }: Actor): Promise<() => Promise<void>> {
  // Spoken to directly: puppeteer's own way needs a newer Chromium than some machines have.
  const session = await page.createCDPSession()
  const conditions = { latency: 0, downloadThroughput: -1, uploadThroughput: -1 }
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', { ...conditions, offline: true })
  return () => session.send('Network.emulateNetworkConditions', { ...conditions, offline: false })
}

/** Waits until the address bar shows `url` and nothing more. */
export async function addressIs({ page }: Actor, url: string): Promise<void> {
  await until(
    () => page.evaluate('location.href'),
    (href) => href === url,
  )
}

/** Goes to the shop and buys the first thing there; answers the order's id. */
export async function buy({ page }: Actor): Promise<string> {
  await page.locator('nav a[href="/shop"]').click()
  await page.locator('form.buy button').click()
  const order = await page.waitForSelector('#order')
  return (await order?.evaluate((element) => element.textContent)) ?? ''
}

// Runs in the page before anything else there does.
const EARS = `
  globalThis.lastShared = null
  addEventListener('grapevine-shared', ({ detail }) => { lastShared = detail })
  addEventListener('grapevine-error', ({ detail }) => console.error('grapevine-error', JSON.stringify(detail)))
  addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) =>
    console.error('the policy forbids', violatedDirective, blockedURI, sample))
`
