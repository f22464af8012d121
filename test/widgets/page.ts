/** A site of the real server, which allows this origin. */
export interface TestSite {
  pk: string
  sk: string
}

/** Where the widgets' server is, as seen from another site. */
export const server = `http://localhost:${location.port}/widgets/`

/** Makes a site. */
export async function newSite(): Promise<TestSite> {
  return (await fetch('/test/sites', { method: 'POST' })).json()
}

/** Reads a report of a site with its secret key. */
export async function report<Answer>(site: TestSite, path: string): Promise<Answer> {
  const answer = await fetch(`/widgets/v1/reports/${path}`, {
    headers: { authorization: `Bearer ${site.sk}` },
  })
  return answer.json()
}

/** What is left of an answer that says something. */
type Something<T> = Exclude<T, false | 0 | '' | null | undefined>

/** Waits until `probe` answers something, and answers that. */
export async function until<T>(probe: () => T | Promise<T>, what = 'it'): Promise<Something<T>> {
  for (let wait = 10; wait < 3_000; wait *= 1.3) {
    const found = await probe()
    if (found) return found as Something<T>
    await new Promise((resolve) => setTimeout(resolve, wait))
  }
  throw new Error(`waited in vain for ${what}`)
}

/** The window of a page in a frame. */
export type PageWindow = Window & typeof globalThis

/** The script tag of a site, with more attributes. */
export const tag = (site: TestSite, more = '') =>
  `<script type="module" async src="${server}loader.ts" data-site="${site.pk}" ${more}></script>`

/** Opens a page of this HTML in a frame, at an address of its own that ends in `query`. */
export async function openPage(html: string, query = ''): Promise<PageWindow> {
  const path = `/test/pages/${crypto.randomUUID()}`
  await fetch(path, { method: 'POST', body: `<!doctype html><html lang="en"><title>A page</title>${html}` })
  return openFrame(path + query)
}

/** Opens an address in a frame. */
export async function openFrame(address: string): Promise<PageWindow> {
  const frame = document.createElement('iframe')
  frame.src = address
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve))
  document.body.append(frame)
  await loaded
  return frame.contentWindow as PageWindow
}

/** Addresses that a page asked the server for, below `/v1/`. */
export const requests = (page: PageWindow): string[] =>
  page.performance
    .getEntriesByType('resource')
    .map(({ name }) => new URL(name).pathname.replace('/widgets', ''))
    .filter((path) => path.startsWith('/v1/'))

/** Forgets all that earlier tests stored and closes their pages. */
export function startAfresh(): void {
  for (const frame of document.querySelectorAll('iframe')) frame.remove()
  localStorage.clear()
}
