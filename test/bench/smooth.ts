import { once } from 'node:events'
import { createServer } from 'node:http'
import puppeteer, { type Browser } from 'puppeteer-core'
import { findBrowser } from '../support/browser.ts'
import { median, type Row, shown } from './figure.ts'
import { startOurs, withFolder } from './processes.ts'
import { makeSite } from './shares.ts'
import { openToAll, talk } from './talk.ts'

const ROUNDS = 7
const SLOWED = 4
const COMMENTS = 50

/** What 50 comments cost the page they stand on, on a processor slowed four times. */
export const smooth = (): Promise<Row[]> =>
  withFolder(async (folder) => {
    const database = `file:${folder}/bench.db`
    const pages = createServer()
    pages.listen(0, 'localhost')
    await once(pages, 'listening')
    const origin = `http://localhost:${(pages.address() as { port: number }).port}`
    const site = await makeSite(database, origin)
    const ours = await startOurs(database)
    pages.on('request', (_, response) => {
      response.setHeader('content-type', 'text/html')
      response.end(`<!doctype html><html lang="en"><title>Bench</title>
        <script type="module" async src="${ours.url}/grapevine.js" data-site="${site.publishableKey}"></script>
        <style>grapevine-comments:not(:defined) { display: block; min-block-size: 100vh }</style>
        <h1>An article</h1><grapevine-comments></grapevine-comments><p id="after">What stands below.</p></html>`)
    })
    const browser = await puppeteer.launch(await findBrowser())
    try {
      await openToAll(ours.url, site)
      await talk(ours.url, site, `${origin}/`, COMMENTS, origin)
      await visit(browser, `${origin}/`)
      const rounds: Felt[] = []
      for (let i = 0; i < ROUNDS; i++) rounds.push(await visit(browser, `${origin}/`))
      const middle = (what: keyof Felt) => median(rounds.map((felt) => felt[what]))
      return [
        {
          name: `${COMMENTS} comments at ${SLOWED} × slower: total blocking time`,
          ours: `${shown(middle('blocked'))} ms (longest task ${shown(middle('longest'))} ms)`,
          aim: '0 ms',
          met: middle('blocked') === 0,
        },
        {
          name: 'the same: cumulative layout shift',
          ours: shown(middle('shifted')),
          aim: '0',
          met: middle('shifted') === 0,
        },
        { name: 'the same: until the last of them stands', ours: `${shown(middle('until'))} ms` },
      ]
    } finally {
      await browser.close()
      pages.close()
      pages.closeAllConnections()
      await ours.stop()
    }
  })

/** What a reader's page went through, times in ms. */
interface Felt {
  blocked: number
  longest: number
  shifted: number
  until: number
}

async function visit(browser: Browser, url: string): Promise<Felt> {
  const context = await browser.createBrowserContext()
  const page = await context.newPage()
  await page.setViewport({ width: 1000, height: 900 })
  await page.emulateCPUThrottling(SLOWED)
  await page.evaluateOnNewDocument(EYES)
  await page.goto(url)
  await page.waitForFunction(
    `document.querySelector('grapevine-comments')?.shadowRoot?.querySelectorAll('article').length >= ${COMMENTS}`,
    { polling: 100 },
  )
  // Whoever stays is followed live: that request stays open.
  await page.waitForNetworkIdle({ concurrency: 2 })
  const felt = (await page.evaluate('felt()')) as Felt
  await context.close()
  return felt
}

// Runs in the page before anything else there does. A task blocks for what it takes beyond 50 ms.
const EYES = `
  const tasks = []
  let shifted = 0
  new PerformanceObserver((list) => tasks.push(...list.getEntries().map((task) => task.duration)))
    .observe({ type: 'longtask', buffered: true })
  new PerformanceObserver((list) => { for (const shift of list.getEntries()) shifted += shift.value })
    .observe({ type: 'layout-shift', buffered: true })
  globalThis.felt = () => ({
    blocked: tasks.reduce((sum, task) => sum + Math.max(0, task - 50), 0),
    longest: Math.max(0, ...tasks),
    shifted,
    until: performance.now(),
  })
`
