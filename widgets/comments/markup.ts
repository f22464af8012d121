import { html, nothing } from 'lit'
import type { Block, Inline, Markup } from '../../server/contract/markup.ts'

/** Where a link of a comment may lead. The server says so too; what it sends is not believed. */
const LINK = /^(https?:\/\/|mailto:)/i

const inline = (pieces: readonly Inline[]): unknown => pieces.map(piece)

function piece(of: Inline): unknown {
  if (typeof of === 'string') return of
  switch (of.t) {
    case 'em':
      return html`<em>${inline(of.c)}</em>`
    case 'strong':
      return html`<strong>${inline(of.c)}</strong>`
    case 'del':
      return html`<del>${inline(of.c)}</del>`
    case 'code':
      return html`<code>${of.text}</code>`
    case 'br':
      return html`<br />`
    case 'link':
      return LINK.test(of.href)
        ? html`<a href=${of.href} rel="ugc nofollow noopener" target="_blank">${inline(of.c)}</a>`
        : inline(of.c)
    case 'mention':
      return html`<bdi class="mention">@${of.name}</bdi>`
    case 'image':
      return LINK.test(of.src)
        ? html`<img src=${of.src} alt=${of.alt} loading="lazy" referrerpolicy="no-referrer" />`
        : of.alt
    default:
      return nothing
  }
}

/** The blocks of a comment, as text nodes inside elements. */
export const markup = (blocks: Markup): unknown => blocks.map(block)

function block(of: Block): unknown {
  switch (of.t) {
    case 'p':
      return html`<p dir="auto">${inline(of.c)}</p>`
    case 'quote':
      return html`<blockquote dir="auto">${markup(of.c)}</blockquote>`
    case 'list': {
      const items = of.items.map((item) => html`<li>${markup(item)}</li>`)
      return of.ordered
        ? html`<ol start=${of.start} dir="auto">${items}</ol>`
        : html`<ul dir="auto">${items}</ul>`
    }
    case 'pre':
      // The text is the element's own, so that its colours may come later without Lit knowing.
      return html`<pre dir="ltr" tabindex="0" data-lang=${of.lang}><code .textContent=${of.text}></code></pre>`
    default:
      return nothing
  }
}

/** What begins a line, in the JSON of a comment. */
const LINE = /"t":"(p|list|pre|br)"|\\n/g

/** About how many lines a comment takes, at some 80 characters a line. */
export function linesOf(blocks: Markup): number {
  const json = JSON.stringify(blocks)
  return (json.match(LINE)?.length ?? 0) + json.length / 100
}
