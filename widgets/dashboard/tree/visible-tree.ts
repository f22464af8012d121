import { type Branch, type Branches, chainOf, type Leaf } from './branches.ts'

/** What one has opened and closed by hand. */
export interface Openings {
  /** By share: how many of its children to show; 0 is closed. */
  open: ReadonlyMap<string, number>
  /** The node that must be in sight, with its way up. */
  pinned?: string | undefined
}

/** A node as shown. `more` stands for the hidden children of its parent. */
export interface Shown {
  kind: 'share' | 'buyer' | 'more'
  id: string
  /** The share or buyer; of a `more`, the share whose children it stands for. */
  source: Branch | Leaf
  /** Nodes not shown under here, at every depth. */
  hidden: number
  children: Shown[]
}

export interface Limits {
  /** Nodes shown unasked. */
  budget: number
  /** Children of one share shown unasked. */
  breadth: number
}

export const LIMITS: Limits = { budget: 300, breadth: 24 }
/** Children that one press on a closed share, or on “+n more”, adds. */
export const STEP = 24

/**
 * How many children each share shows unasked: from the root on, again and again the most interesting branch that hangs
 * on something shown is added, until the budget is spent. It knows nothing of what was opened by hand, so that
 * closing one branch never makes another grow.
 */
export function chooseUnasked({ root }: Branches, limits: Limits = LIMITS): ReadonlyMap<Branch, number> {
  const counts = new Map<Branch, number>([[root, 0]])
  for (let shown = 1; shown < limits.budget; shown++) {
    let best: Branch | undefined
    let most = 0
    for (const [branch, count] of counts) {
      const next = count < limits.breadth ? branch.children[count] : undefined
      if (next && next.interest > most) {
        best = branch
        most = next.interest
      }
    }
    if (!best) break
    const count = counts.get(best) ?? 0
    const child = best.children[count]
    counts.set(best, count + 1)
    if (child?.kind === 'share') counts.set(child, 0)
  }
  return counts
}

/** The tree to show: what is shown unasked, changed by what was opened, closed and pinned. */
export function showTree(
  branches: Branches,
  unasked: ReadonlyMap<Branch, number>,
  openings: Openings,
): Shown {
  const target = openings.pinned === undefined ? undefined : branches.byId.get(openings.pinned)
  const pinned = new Set(target ? chainOf(target) : [])

  const show = (node: Branch | Leaf): Shown => {
    if (node.kind === 'buyer') return { kind: 'buyer', id: node.id, source: node, hidden: 0, children: [] }
    const count = openings.open.get(node.id) ?? unasked.get(node) ?? 0
    const closed = openings.open.get(node.id) === 0
    const here = node.children.filter((child, index) => index < count || (!closed && pinned.has(child)))
    let left = node.children.length - here.length
    const last = node.children.at(-1)
    // “+1 more” would take the room of the one it hides.
    if (here.length > 0 && left === 1 && last?.weight === 1 && !here.includes(last)) {
      here.push(last)
      left = 0
    }
    const hidden = left === 0 ? 0 : node.weight - 1 - here.reduce((sum, child) => sum + child.weight, 0)
    const children = here.map(show)
    if (children.length > 0 && hidden > 0)
      children.push({ kind: 'more', id: moreId(node.id), source: node, hidden, children: [] })
    return { kind: 'share', id: node.id, source: node, hidden, children }
  }
  return show(branches.root)
}

/** The id of the node that stands for the hidden children of a share. */
export const moreId = (id: string): string => `more:${id}`

/** Opens a closed share, closes an open one. */
export function toggle(openings: Openings, node: Shown): Openings {
  return { ...openings, open: new Map(openings.open).set(node.id, node.children.length > 0 ? 0 : STEP) }
}

/** Shows the next children of the share that a `more` stands for. */
export function showMore(openings: Openings, more: Shown, shown: number): Openings {
  return { ...openings, open: new Map(openings.open).set(more.source.id, shown + STEP) }
}

/** Brings a node into the shown tree, opening whatever was closed above it. */
export function pin(openings: Openings, node: Branch | Leaf): Openings {
  const open = new Map(openings.open)
  for (const above of chainOf(node).slice(1)) if (open.get(above.id) === 0) open.delete(above.id)
  return { open, pinned: node.id }
}
