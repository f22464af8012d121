import { css } from 'lit'
import { common, createLowlight } from 'lowlight'

type Node = ReturnType<ReturnType<typeof createLowlight>['highlight']>['children'][number]

const lowlight = createLowlight(common)
/** Longer code (characters) would hold the page up. */
const MOST = 10_000

/** Colours the code of a block by its language. */
export function colour(block: HTMLElement): void {
  const { lang = '' } = block.dataset
  const code = block.querySelector('code')
  const text = code?.textContent ?? ''
  if (!code || text.length > MOST || !lowlight.registered(lang.toLowerCase())) return
  code.replaceChildren(...lowlight.highlight(lang.toLowerCase(), text).children.map(drawn))
}

/** A piece of coloured code as text nodes and spans. */
function drawn(node: Node): globalThis.Node {
  if (node.type === 'text') return document.createTextNode(node.value)
  const span = document.createElement('span')
  if (node.type !== 'element') return span
  const names = node.properties.className
  span.className = Array.isArray(names) ? names.join(' ') : ''
  span.append(...node.children.map(drawn))
  return span
}

/** Colours of code, which stand out from its tinted background in light and in dark. */
export const colours = css`
  .hljs-comment,
  .hljs-quote {
    color: var(--_quiet);
    font-style: italic;
  }
  .hljs-keyword,
  .hljs-selector-tag,
  .hljs-type,
  .hljs-meta {
    color: light-dark(#8a2699, #d9a0ee);
  }
  .hljs-string,
  .hljs-regexp,
  .hljs-addition,
  .hljs-symbol {
    color: light-dark(#1a6430, #8fd6a4);
  }
  .hljs-number,
  .hljs-literal,
  .hljs-attr,
  .hljs-attribute {
    color: light-dark(#8f4400, #f0b274);
  }
  .hljs-title,
  .hljs-name,
  .hljs-section,
  .hljs-built_in,
  .hljs-variable {
    color: light-dark(#1552a8, #94bdf7);
  }
  .hljs-deletion {
    color: light-dark(#a3231b, #ffb4ab);
  }
`
