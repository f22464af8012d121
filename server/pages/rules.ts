import { CODE_PARAM, URL_LENGTH } from '../contract/limits.ts'
import { AppError } from '../errors.ts'

/** Query parameters that say where a reader came from, never what the page is. */
const TRACKING = new RegExp(
  '^(utm_.+|mtm_.+|pk_(campaign|cpn|kwd|keyword|source|medium|content|cid)|piwik_.+|hsa_.+|_hs(enc|mi)|hsctatracking|__hs.+|' +
    'fbclid|fb_(action_ids|action_types|source|ref)|gclid|gclsrc|dclid|gbraid|wbraid|gad_(source|campaignid)|_g[al]|' +
    'msclkid|twclid|ttclid|li_fat_id|yclid|ysclid|_openstat|igshid|igsh|mc_[ce]id|mkt_tok|srsltid|wickedid|epik|' +
    'rb_clickid|s_cid|vero_(id|conv)|oly_(anon|enc)_id|ml_subscriber(_hash)?|sc_cid|rdt_cid|irclickid|_branch_match_id|at_(campaign|medium|custom\\d))$',
  'i',
)

const nameOf = (pair: string): string => {
  const raw = (pair.split('=', 1)[0] ?? '').replaceAll('+', ' ')
  try {
    return decodeURIComponent(raw)
  } catch {
    return raw
  }
}

/** A query string without the pairs whose name is dropped; what stays keeps its very bytes. */
const queryWithout = (search: string, dropped: (name: string) => boolean): string => {
  const kept = search
    .slice(1)
    .split('&')
    .filter((pair) => pair !== '' && !dropped(nameOf(pair)))
  return kept.length > 0 ? `?${kept.join('&')}` : ''
}

/** A page's URL without tracking parameters and without our own code, on any origin. */
export function anywhere(text: string, field = 'url'): URL {
  const url = URL.parse(text)
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new AppError('invalid', 'is not an absolute http(s) URL', { field })
  }
  if (url.username || url.password)
    throw new AppError('invalid', 'carries a user name or password', { field })
  url.search = queryWithout(url.search, (name) => name === CODE_PARAM || TRACKING.test(name))
  if (url.href.length > URL_LENGTH)
    throw new AppError('invalid', `is longer than ${URL_LENGTH} characters`, { field })
  return url
}

/** The page's URL as it can be passed on: with its fragment, without tracking parameters and without our own code. */
export function sharedUrl(text: string, origins: readonly string[], field = 'url'): URL {
  const url = anywhere(text, field)
  if (!origins.includes(url.origin)) {
    throw new AppError('invalid', `is on ${url.origin}, which is not one of the site's origins`, { field })
  }
  return url
}

/** Percent-encoding with one spelling: unreserved characters plain, the rest upper case (RFC 3986 §6.2.2). */
const oneSpelling = (text: string): string =>
  text.replace(/%[0-9a-f]{2}/gi, (encoded) => {
    const character = String.fromCharCode(Number.parseInt(encoded.slice(1), 16))
    return /[0-9A-Za-z._~-]/.test(character) ? character : encoded.toUpperCase()
  })

/** What makes a page the same page: neither scheme, `www.`, a slash at the end nor a fragment splits it. */
export function pageIdentity(url: URL): string {
  const host = url.host.replace(/^www\./, '')
  return host + oneSpelling(url.pathname).replace(/\/+$/, '') + oneSpelling(url.search)
}

/** A URL that carries a share's code, its own query and fragment kept. */
export function withCode(url: string, code: string, extraQuery = ''): string {
  const [, base = '', query = '', fragment = ''] = /^([^?#]*)(\?[^#]*)?(#.*)?$/s.exec(url) ?? []
  const extra = queryWithout(extraQuery, (name) => name === CODE_PARAM)
  return `${base}${query}${query ? '&' : '?'}${extra ? `${extra.slice(1)}&` : ''}${CODE_PARAM}=${code}${fragment}`
}
