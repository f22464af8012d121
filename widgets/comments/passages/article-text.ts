/** What is in a page and is no text of its article. */
const APART = /^(script|style|noscript|template|textarea|select|iframe|grapevine-\w+)$/i

/** The text of an article as one string, and where each part of it stands in the page. */
export class ArticleText {
  readonly text: string
  readonly #nodes: Text[] = []
  /** Where each node begins in the text. */
  readonly #starts: number[] = []

  constructor(root: Node) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
      node instanceof Element
        ? APART.test(node.localName)
          ? NodeFilter.FILTER_REJECT
          : NodeFilter.FILTER_SKIP
        : NodeFilter.FILTER_ACCEPT,
    )
    let text = ''
    while (walker.nextNode()) {
      const node = walker.currentNode as Text
      this.#nodes.push(node)
      this.#starts.push(text.length)
      text += node.data
    }
    this.text = text
  }

  /** The range of some characters. */
  rangeOf(start: number, end: number): Range {
    const range = document.createRange()
    // A passage ends in the node of its last character, not before the next one.
    const [first, last] = [this.#nodeAt(start), this.#nodeAt(Math.max(start, end - 1))]
    range.setStart(this.#nodes[first] as Text, start - (this.#starts[first] as number))
    range.setEnd(this.#nodes[last] as Text, end - (this.#starts[last] as number))
    return range
  }

  /** The characters of a range; undefined where it is not of this text. */
  placeOf(range: Range): { start: number; end: number } | undefined {
    const start = this.#offsetOf(range.startContainer, range.startOffset)
    const end = this.#offsetOf(range.endContainer, range.endOffset)
    return start === undefined || end === undefined || end <= start ? undefined : { start, end }
  }

  /** The node that holds a character: the last that begins at or before it. */
  #nodeAt(offset: number): number {
    let [low, high] = [0, this.#starts.length - 1]
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if ((this.#starts[middle] as number) <= offset) low = middle
      else high = middle - 1
    }
    return low
  }

  /** How many characters come before a place in the page. */
  #offsetOf(container: Node, offset: number): number | undefined {
    const own = this.#nodes.indexOf(container as Text)
    if (own >= 0) return (this.#starts[own] as number) + offset
    // Between elements: all nodes before that place count whole.
    const place = document.createRange()
    place.setStart(container, offset)
    const before = this.#nodes.findIndex((node) => place.comparePoint(node, 0) >= 0)
    return this.#nodes.length === 0 ? undefined : before < 0 ? this.text.length : this.#starts[before]
  }
}
