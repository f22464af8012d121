/** Longest address a link may lead to, in characters. */
const HREF_LENGTH = 2_048

/** Where a link may lead: an http(s) or mailto address in the URL standard's own spelling, or undefined. */
export function safeHref(written: string): string | undefined {
  if (written.length > HREF_LENGTH || !/^(?:https?:\/\/|mailto:)/i.test(written)) return undefined
  const url = URL.parse(written)
  if (!url) return undefined
  // What a mail says is its writer's: a link gives the address alone.
  if (url.protocol === 'mailto:')
    return /^[^\s@]+@[^\s@]+$/.test(url.pathname) ? `mailto:${url.pathname}` : undefined
  // A name before the host looks like a host: https://bank.example@evil.example.
  if (!/^https?:$/.test(url.protocol) || url.username || url.password) return undefined
  return url.href.length > HREF_LENGTH ? undefined : url.href
}

/** Where a picture may come from: https, and a host that the owner allows. */
export function safeImage(written: string, hosts: readonly string[]): string | undefined {
  const href = safeHref(written)
  const url = href === undefined ? null : URL.parse(href)
  return url?.protocol === 'https:' && hosts.includes(url.host) ? url.href : undefined
}
