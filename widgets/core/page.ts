import { settings, siteId } from './settings.ts'

const codeShape = () => new RegExp(`^${siteId()}[\\w-]{10}$`)

/** A query's parameters as written. `URLSearchParams` would re-encode those that are not ours. */
const parametersOf = (search: string): string[] => search.slice(1).split('&').filter(Boolean)

const codeOf = (parameter: string): string | undefined => {
  const [name, value = ''] = parameter.split('=')
  return name === settings().param && codeShape().test(value) ? value : undefined
}

/** The share code of this site in a URL. A value of another shape is the page's own business. */
export const codeIn = (url: string): string | undefined =>
  parametersOf(new URL(url).search).map(codeOf).find(Boolean)

/** The same URL without our code; all else stays as it was written. */
export function withoutCode(url: string): string {
  const bare = new URL(url)
  bare.search = parametersOf(bare.search)
    .filter((parameter) => !codeOf(parameter))
    .join('&')
  return bare.href
}

/** The link that passes a page on under a code. */
export function withCode(url: string, code: string): string {
  const link = new URL(withoutCode(url))
  link.search = [...parametersOf(link.search), `${settings().param}=${code}`].join('&')
  return link.href
}

const bareHost = (host: string) => host.replace(/^www\./, '')

/** The URL to share and to count under: what `url` names, else the page's canonical URL if it is its own, else its address. */
export function pageUrl(url = ''): string {
  const canonical = document.querySelector<HTMLLinkElement>('link[rel=canonical]')?.href
  for (const named of url ? [url] : [canonical]) {
    const page = named && URL.canParse(named, document.baseURI) ? new URL(named, document.baseURI) : undefined
    if (!page?.protocol.startsWith('http')) continue
    if (url || bareHost(page.host) === bareHost(location.host)) return withoutCode(page.href)
  }
  return withoutCode(location.href)
}
