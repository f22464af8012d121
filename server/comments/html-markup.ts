import { html } from 'hono/html'
import type { Block, Inline, Markup } from '../contract/markup.ts'

/** HTML in which all that came from elsewhere is escaped. */
export type Html = ReturnType<typeof html>

/** A link in something that people wrote. */
const outward = (href: string, inner: Html | Html[] | string): Html =>
  html`<a href="${href}" rel="ugc nofollow noopener">${inner}</a>`

function inlineHtml(piece: Inline): Html {
  if (typeof piece === 'string') return html`${piece}`
  switch (piece.t) {
    case 'em':
      return html`<em>${piece.c.map(inlineHtml)}</em>`
    case 'strong':
      return html`<strong>${piece.c.map(inlineHtml)}</strong>`
    case 'del':
      return html`<del>${piece.c.map(inlineHtml)}</del>`
    case 'code':
      return html`<code>${piece.text}</code>`
    case 'br':
      return html`<br>`
    case 'link':
      return outward(piece.href, piece.c.map(inlineHtml))
    case 'mention':
      return html`<bdi>@${piece.name}</bdi>`
    // Nothing is loaded from elsewhere before somebody asks for it.
    case 'image':
      return outward(piece.src, piece.alt || piece.src)
  }
}

function blockHtml(block: Block): Html {
  switch (block.t) {
    case 'p':
      return html`<p dir="auto">${block.c.map(inlineHtml)}</p>`
    case 'quote':
      return html`<blockquote>${markupHtml(block.c)}</blockquote>`
    case 'pre':
      return html`<pre dir="ltr"><code>${block.text}</code></pre>`
    case 'list': {
      const items = block.items.map((item) => html`<li>${markupHtml(item)}</li>`)
      return block.ordered ? html`<ol start="${block.start}">${items}</ol>` : html`<ul>${items}</ul>`
    }
  }
}

/** A comment's text as HTML. */
export const markupHtml = (markup: Markup): Html[] => markup.map(blockHtml)
