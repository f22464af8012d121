import type { DomainEvent } from '../events.ts'
import { Counting } from './counting.ts'

/** A share as far as counting needs it. */
export interface CountedShare {
  id: string
  parent: string | null
  root: string
  depth: number
  at: number
}

/**
 * Counts cascades from their shares alone, without any of the bookkeeping of growing ones: subtree sizes from the
 * leaves up, and the pairwise distances as Σ s·(n − s) over all edges. Shares come parents first.
 */
export function recountCascades(shares: readonly CountedShare[]) {
  const below = new Map<string, number>(shares.map((share) => [share.id, 0]))
  const trees = new Map<string, CountedShare[]>()
  for (const share of shares) {
    const tree = trees.get(share.root)
    if (tree) tree.push(share)
    else trees.set(share.root, [share])
  }
  for (const share of shares.toReversed()) {
    if (share.parent !== null)
      below.set(share.parent, (below.get(share.parent) ?? 0) + (below.get(share.id) ?? 0) + 1)
  }
  const cascades = [...trees]
    .filter(([, tree]) => tree.length > 1)
    .map(([root, tree]) => recountTree(root, tree, below))
  return { below, cascades }
}

function recountTree(root: string, tree: CountedShare[], below: Map<string, number>) {
  const levels = new Map<number, number>()
  const n = tree.length
  const [first] = tree
  const counted = { root, size: n, depth: 0, breadth: 1, depthSum: 0, startedAt: first?.at ?? 0, lastAt: 0 }
  let distances = 0n
  for (const { id, parent, depth, at } of tree) {
    if (depth > 0) levels.set(depth, (levels.get(depth) ?? 0) + 1)
    const size = (below.get(id) ?? 0) + 1
    if (parent !== null) distances += BigInt(size) * BigInt(n - size)
    counted.depth = Math.max(counted.depth, depth)
    counted.depthSum += depth
    counted.lastAt = Math.max(counted.lastAt, at)
  }
  counted.breadth = Math.max(1, ...levels.values())
  return { ...counted, distances, levels }
}

/** Counts events anew. */
export function recountEvents(events: Iterable<DomainEvent>): Counting {
  const counting = new Counting()
  for (const event of events) counting.add(event)
  return counting
}
