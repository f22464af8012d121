import { QUOTE_CONTEXT, QUOTE_LENGTH } from '../../../server/contract/comment-limits.ts'
import type { Anchor } from '../../../server/contract/comments.ts'

/** A passage by its own words, the words around it and its place (TextQuoteSelector, TextPositionSelector); undefined when it is blank or too long. */
export function describePassage(text: string, start: number, end: number): Anchor | undefined {
  const chosen = text.slice(start, end)
  const from = start + chosen.length - chosen.trimStart().length
  const to = from + chosen.trim().length
  if (to <= from || to - from > QUOTE_LENGTH) return undefined
  return {
    exact: text.slice(from, to),
    prefix: whole(text.slice(Math.max(0, from - QUOTE_CONTEXT), from)),
    suffix: whole(text.slice(to, to + QUOTE_CONTEXT)),
    start: from,
    end: to,
  }
}

/** Without half of a surrogate pair at its ends. */
const whole = (text: string): string => text.replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, '')
