import { expect, fixtureCleanup, fixtureSync, nextFrame } from '@open-wc/testing'
import type { Site } from '../../server/contract/sites.ts'
import { rangeOf } from '../../widgets/dashboard/ranges.ts'
import { parseRoute } from '../../widgets/dashboard/route.ts'
import { pageStyles } from '../../widgets/dashboard/shell/page.styles.ts'
import { loadView, shownBy, viewOf } from '../../widgets/dashboard/views.ts'

const network = window.fetch.bind(window)

/** A site of its own on the real server, with its keys. */
export interface Stage {
  pk: string
  sk: string
  site: Site
  /** A post as a page makes it, by nobody or by the person of a token. */
  page<T>(path: string, body: object, token?: string): Promise<T>
}

/** Makes a site, and lets what the dashboard asks for (`/v1/…`) reach the real server with its secret key. */
export async function setStage(): Promise<Stage> {
  const made = await (await network('/test/sites', { method: 'POST' })).json()
  const { pk, sk } = made as { pk: string; sk: string }
  answerWith((path, init) =>
    network(`/widgets${path}`, {
      ...init,
      credentials: 'omit',
      headers: { ...(init?.headers as object), authorization: `Bearer ${sk}` },
    }),
  )
  const [site] = ((await (await fetch('/v1/sites')).json()) as { data: Site[] }).data
  const page = async <T>(path: string, body: object, token?: string): Promise<T> => {
    const headers = {
      'content-type': 'application/json',
      'x-grapevine-site': pk,
      'idempotency-key': crypto.randomUUID(),
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    }
    const init = { method: 'POST', headers, body: JSON.stringify(body), credentials: 'omit' } as const
    const answer = await network(`/widgets/v1/${path}`, init)
    expect(answer.ok, `${path}: ${answer.status}`).to.equal(true)
    return (await answer.json()) as T
  }
  return { pk, sk, site: site as Site, page }
}

/** Lets the dashboard be answered otherwise, as when the server is down. */
export function answerWith(answer: (path: string, init?: RequestInit) => Promise<Response>): void {
  window.fetch = (input, init) =>
    typeof input === 'string' && input.startsWith('/v1/') ? answer(input, init) : network(input, init)
}

/** Requests reach what they name again. */
export function answerAsUsual(): void {
  window.fetch = network
}

/** The real server as the dashboard finds it on its own origin: cookies, and no key. */
export function answerBySession(): void {
  answerWith((path, init) => network(`/widgets${path}`, init))
}

/** Alice shares, Bob comes by her link and shares on, Carol comes by his and buys in three currencies. */
export async function passOn({ page }: Stage): Promise<{ alice: string; bob: string }> {
  const url = `${location.origin}/stories/a-walk`
  const token = () => `pt_${crypto.randomUUID().replaceAll('-', '')}`
  const [alice, bob, carol] = [token(), token(), token()]
  const a = await page<{ code: string }>('shares', { url, channel: 'copy' }, alice)
  await page('visits', { url, code: a.code }, bob)
  const b = await page<{ code: string }>('shares', { url, channel: 'whatsapp' }, bob)
  await page('visits', { url, code: b.code }, carol)
  for (const [value, currency] of [
    [4900, 'EUR'],
    [1200, 'JPY'],
    [12_345, 'KWD'],
  ] as const)
    await page('conversions', { name: 'purchase', value, currency, orderId: crypto.randomUUID() }, carol)
  return { alice: a.code, bob: b.code }
}

/** Shows the view of an address, as the shell does, and waits until its reports are there. */
export async function showView(site: Site, hash: string): Promise<HTMLElement> {
  fixtureCleanup()
  const route = parseRoute(hash)
  await loadView(shownBy(route))
  const scene = { site, route, range: rangeOf(route.choice, Date.now()), revision: 0 }
  const element = fixtureSync<HTMLElement>(viewOf(scene))
  await until(() => element.shadowRoot?.querySelector('[aria-busy="true"]') === null && settled(element))
  return element
}

/** Waits until something holds; fails after five seconds. */
export async function until(holds: () => unknown, what = String(holds)): Promise<void> {
  const end = performance.now() + 5_000
  while (!holds()) {
    if (performance.now() > end) throw new Error(`Never came true: ${what}`)
    await nextFrame()
  }
}

/** The text of the first element that a selector finds under a shadow root, spaces made one. */
export function textIn(element: Element, selector: string): string {
  const found = element.shadowRoot?.querySelector(selector)
  return (found?.textContent ?? '').replace(/\s+/g, ' ').trim()
}

/** Axe finds nothing, in light and in dark. */
export async function expectAccessible(element: Element): Promise<void> {
  const { styleSheet } = pageStyles
  if (styleSheet && !document.adoptedStyleSheets.includes(styleSheet))
    document.adoptedStyleSheets.push(styleSheet)
  for (const theme of ['light', 'dark']) {
    document.documentElement.dataset.theme = theme
    await nextFrame()
    // Transitions are over in no time, so that contrast is not measured halfway through one.
    for (const animation of document.getAnimations()) animation.finish()
    await expect(element).to.be.accessible()
  }
}

function settled(element: HTMLElement): boolean {
  return element.shadowRoot?.querySelector('.panel, .message, grapevine-programme') != null
}
