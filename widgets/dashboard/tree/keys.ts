import type { Placed } from './layout.ts'

/** What a key does in the tree: another node gets the focus, or the node opens or closes. */
export type Move = { focus: Placed } | { toggle: Placed } | undefined

/** The keys of a tree (ARIA's tree pattern), over nodes in reading order. */
export function moveInTree(placed: readonly Placed[], at: Placed, key: string): Move {
  const index = placed.indexOf(at)
  const to = (node: Placed | undefined): Move => (node && node !== at ? { focus: node } : undefined)
  switch (key) {
    case 'ArrowDown':
      return to(placed[index + 1])
    case 'ArrowUp':
      return to(placed[index - 1])
    case 'Home':
      return to(placed[0])
    case 'End':
      return to(placed.at(-1))
    case 'ArrowRight':
      if (at.node.children.length > 0) return to(placed[index + 1])
      return at.node.kind === 'share' && at.node.hidden > 0 ? { toggle: at } : undefined
    case 'ArrowLeft':
      return at.node.children.length > 0 ? { toggle: at } : to(at.parent)
    default:
      return undefined
  }
}

/** How far an arrow key with Shift moves the view, in pixels. */
export function panOf(key: string): [dx: number, dy: number] | undefined {
  switch (key) {
    case 'ArrowLeft':
      return [80, 0]
    case 'ArrowRight':
      return [-80, 0]
    case 'ArrowUp':
      return [0, 80]
    case 'ArrowDown':
      return [0, -80]
    default:
      return undefined
  }
}
