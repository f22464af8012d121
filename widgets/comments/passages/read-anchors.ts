import type { AnnotationPage } from '../../../server/contract/annotations.ts'
import type { Anchor } from '../../../server/contract/comments.ts'
import { request } from '../../core/api.ts'

/** Most pages of annotations that are read. */
const MOST_PAGES = 20

/** A selector of the W3C Web Annotation Data Model, as far as it is ours. */
interface Selector {
  type?: string
  exact?: string
  prefix?: string
  suffix?: string
  start?: number
  end?: number
}

/** Reads which passages of a page are spoken of: each comment's id and its passage. */
export async function* readAnchors(
  url: string,
  pageId: string | undefined,
): AsyncGenerator<[id: string, anchor: Anchor]> {
  const query = new URLSearchParams({ url, ...(pageId && { pageId }) })
  let path: string | undefined = `/v1/annotations?${query}`
  for (let page = 0; path && page < MOST_PAGES; page++) {
    const answer = await request(path, {}, {})
    if (!answer.ok) return
    const { items, next } = (await answer.json()) as AnnotationPage
    for (const { id = '', target } of items) {
      const anchor = anchorOf(target)
      // An annotation's address ends in the comment's id, and names the site after it.
      if (anchor) yield [id.replace(/\?.*/s, '').replace(/.*\//s, ''), anchor]
    }
    path = next?.slice(next.indexOf('/v1/'))
  }
}

function anchorOf(target: unknown): Anchor | undefined {
  const { selector } = (target ?? {}) as { selector?: Selector | Selector[] }
  const selectors = Array.isArray(selector) ? selector : selector ? [selector] : []
  const quote = selectors.find(({ type }) => type === 'TextQuoteSelector')
  const position = selectors.find(({ type }) => type === 'TextPositionSelector')
  if (!quote?.exact) return undefined
  const { start, end } = position ?? {}
  return {
    ...{ exact: quote.exact, prefix: quote.prefix ?? '', suffix: quote.suffix ?? '' },
    ...(start === undefined ? {} : { start }),
    ...(end === undefined ? {} : { end }),
  }
}
