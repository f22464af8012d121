import { once } from 'node:events'
import { readdir, readFile, stat } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import puppeteer, { type Browser } from 'puppeteer-core'
import { findBrowser } from '../support/browser.ts'
import { type Row, shown } from './figure.ts'
import { startOurs, withFolder } from './processes.ts'
import { makeShares, makeSite } from './shares.ts'

const dist = join(import.meta.dirname, '../../dist/widgets')
const LOADER = '/grapevine.js'

/** What a page loads of ours before anybody clicks, as a real browser asks for it; in bytes of brotli 11. */
export const bytes = (): Promise<Row[]> =>
  withFolder(async (folder) => {
    const database = `file:${folder}/bench.db`
    const pages = createServer()
    const origin = await listen(pages)
    const site = await makeSite(database, origin)
    const ours = await startOurs(database)
    pages.on('request', ({ url = '' }, response) => {
      const element = ['referral', 'comments'].find((name) => url.startsWith(`/${name}`)) ?? 'share'
      response.setHeader('content-type', 'text/html')
      response.end(`<!doctype html><html lang="en"><title>Bench</title>
        <script type="module" async src="${ours.url}/grapevine.js" data-site="${site.publishableKey}"></script>
        <h1>An article</h1><grapevine-${element}></grapevine-${element}></html>`)
    })
    const browser = await puppeteer.launch(await findBrowser())
    try {
      const [share] = await makeShares(ours.url, site, 1, origin)
      const plain = await requested(browser, `${origin}/`, ours.url)
      const inviting = await requested(browser, `${origin}/referral`, ours.url)
      const talking = await requested(browser, `${origin}/comments`, ours.url)
      const arrived = await requested(browser, `${share?.url}?gv=${share?.code}`, ours.url)
      const before = new Set([...plain, ...arrived, ...inviting, ...talking])
      const later = (await chunks()).filter((chunk) => !before.has(chunk))
      return [
        sized('loader', await sizes([LOADER]), 1400),
        sized('loader + Lit + share, before the first click', await sizes(plain), 11_000),
        sized('the same where somebody arrives through a share', await sizes(arrived)),
        sized('loader + Lit + referral, before the first click', await sizes(inviting)),
        sized('loader + Lit + comments, before the first click', await sizes(talking), 17_000),
        sized('of all, loaded when it is wanted', await sizes(later)),
      ]
    } finally {
      await browser.close()
      pages.close()
      pages.closeAllConnections()
      await ours.stop()
    }
  })

async function listen(server: Server): Promise<string> {
  server.listen(0, 'localhost')
  await once(server, 'listening')
  return `http://localhost:${(server.address() as { port: number }).port}`
}

/** The scripts of ours that a page asks for until it and the network are quiet. */
async function requested(browser: Browser, url: string, server: string): Promise<string[]> {
  const context = await browser.createBrowserContext()
  const page = await context.newPage()
  const asked = new Set<string>()
  page.on('request', (request) => {
    const { origin, pathname } = new URL(request.url())
    if (origin === server && pathname.endsWith('.js')) asked.add(pathname)
  })
  await page.goto(url, { waitUntil: 'networkidle0' })
  await page.waitForFunction(
    'document.querySelector("grapevine-share, grapevine-referral, grapevine-comments").shadowRoot?.querySelector("button")',
  )
  await page.waitForNetworkIdle()
  await context.close()
  return [...asked]
}

/** Every chunk that the loader's can lead to: all but the dashboard's own. */
async function chunks(): Promise<string[]> {
  const names = (await readdir(join(dist, 'c'))).filter((name) => name.endsWith('.js'))
  const reachable = new Set([LOADER])
  for (const path of reachable) {
    const source = await readFile(join(dist, path), 'utf8')
    for (const name of names) if (source.includes(name)) reachable.add(`/c/${name}`)
  }
  return [...reachable]
}

async function sizes(paths: readonly string[]): Promise<{ path: string; size: number }[]> {
  return Promise.all(paths.map(async (path) => ({ path, size: (await stat(join(dist, `${path}.br`))).size })))
}

function sized(name: string, files: { path: string; size: number }[], aim?: number): Row {
  const total = files.reduce((sum, { size }) => sum + size, 0)
  const parts = files.map(
    ({ path, size }) => `${path.replace(/^.*\/|-[\w-]{8}\.js$|\.js$/g, '')} ${shown(size)}`,
  )
  const row = { name, ours: `${shown(total)} B${parts.length > 1 ? ` (${parts.join(', ')})` : ''}` }
  return aim === undefined ? row : { ...row, aim: `≤ ${shown(aim)} B`, met: total <= aim }
}
