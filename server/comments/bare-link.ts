import { safeHref } from './safe-href.ts'

/** What may stand in an address; also no quotation marks and no punctuation of Chinese or Japanese. */
const ADDRESS = /[^\s<>"`“”„«»\p{Cc}\p{Z}\u3000-\u303f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff65]{1,1001}/uy
/** What ends a sentence, or marks it, but no address. */
const TRAILING = /[.,:;!?'*_~|([{\\]+$/

const CLOSES: Record<string, string> = { ')': '(', ']': '[', '}': '{' }

/** Where the address ends in this text: before a bracket that was opened outside of it. */
function endOfAddress(text: string): number {
  const open: Record<string, number> = { '(': 0, '[': 0, '{': 0 }
  for (let at = 0; at < text.length; at++) {
    const character = text[at] as string
    const opener = CLOSES[character]
    if (open[character] !== undefined) open[character] += 1
    else if (opener !== undefined) {
      if (open[opener] === 0) return at
      open[opener] = (open[opener] as number) - 1
    }
  }
  return text.length
}

/** The address that is written around the `:` at this place, with where it begins and ends. */
export function findAddress(
  text: string,
  colon: number,
): { start: number; end: number; href: string } | undefined {
  const scheme = /(?<![\p{Script=Latin}\p{N}_:/])(?:https?|mailto)$/iu.exec(
    text.slice(Math.max(0, colon - 8), colon),
  )?.[0]
  if (scheme === undefined || (scheme.length < 6 && !text.startsWith('//', colon + 1))) return undefined
  const start = colon - scheme.length
  ADDRESS.lastIndex = colon + 1
  const rest = ADDRESS.exec(text)?.[0] ?? ''
  // Cut short it would lead elsewhere.
  if (rest.length > 1000) return undefined
  const address = rest.slice(0, endOfAddress(rest)).replace(TRAILING, '')
  const href = safeHref(`${scheme}:${address}`)
  return href === undefined ? undefined : { start, end: colon + 1 + address.length, href }
}
