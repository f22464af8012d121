/** The name of our highlights, for a page that wants them otherwise: `::highlight(grapevine-passage)`. */
const NAME = 'grapevine-passage'
const CHOSEN = 'grapevine-passage-chosen'

/** Marks ranges without touching the page's elements (CSS Custom Highlight API), or by marks where that is not known. */
export function highlightRanges(ranges: readonly Range[], chosen?: Range): void {
  if (!('highlights' in CSS)) {
    markRanges(ranges)
    return
  }
  dress()
  set(NAME, ranges)
  set(CHOSEN, chosen ? [chosen] : [])
}

const set = (name: string, ranges: readonly Range[]): void => {
  if (ranges.length > 0) CSS.highlights.set(name, new Highlight(...ranges))
  else CSS.highlights.delete(name)
}

let dressed = false

/** A sheet of the page itself, since highlights are drawn by the page: nothing but these two can be reached by it. */
function dress(): void {
  if (dressed) return
  dressed = true
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(`
    ::highlight(${NAME}) { background-color: color-mix(in srgb, #8b5cf6 22%, transparent) }
    ::highlight(${CHOSEN}) { background-color: color-mix(in srgb, #8b5cf6 48%, transparent) }`)
  // First, so that the page's own rules win.
  document.adoptedStyleSheets.unshift(sheet)
}

/** Marks of ours, to be taken away again. */
let marks: HTMLElement[] = []

function markRanges(ranges: readonly Range[]): void {
  for (const mark of marks) mark.replaceWith(...mark.childNodes)
  marks = []
  for (const range of ranges.toReversed()) for (const text of textsOf(range)) marks.push(marked(text))
}

function marked(text: Text): HTMLElement {
  const mark = document.createElement('mark')
  text.replaceWith(mark)
  mark.append(text)
  return mark
}

/** The text nodes of a range, cut where it begins and ends. */
function textsOf(range: Range): Text[] {
  const { startContainer, startOffset, endContainer, endOffset, commonAncestorContainer } = range
  const walker = document.createTreeWalker(commonAncestorContainer, NodeFilter.SHOW_TEXT)
  const all: Text[] = commonAncestorContainer instanceof Text ? [commonAncestorContainer] : []
  while (walker.nextNode()) if (range.intersectsNode(walker.currentNode)) all.push(walker.currentNode as Text)
  return all.map((text) => {
    if (text === endContainer && endOffset < text.length) text.splitText(endOffset)
    return text === startContainer && startOffset > 0 ? text.splitText(startOffset) : text
  })
}
