import { hierarchy, tree } from 'd3-hierarchy'
import type { Shown } from './visible-tree.ts'

/** A shown node with its place: x grows with each hop, y down the page. In pixels at zoom 1. */
export interface Placed {
  node: Shown
  parent: Placed | undefined
  x: number
  y: number
  depth: number
  /** Where it stands among its siblings, from 1, and how many they are. */
  position: number
  siblings: number
}

export interface Box {
  left: number
  top: number
  width: number
  height: number
}

export const ROW = 23
export const COLUMN = 224

/** Lays a tree out from left to right (Reingold and Tilford's tidy tree), in reading order. */
export function layTree(root: Shown): Placed[] {
  const laid = tree<Shown>()
    .nodeSize([ROW, COLUMN])
    .separation((a, b) => (a.parent === b.parent ? 1 : 1.35))(hierarchy(root))
  const placed: Placed[] = []
  const walk = (from: typeof laid, parent: Placed | undefined, position: number): void => {
    const siblings = from.parent?.children?.length ?? 1
    const here = { node: from.data, parent, x: from.y, y: from.x, depth: from.depth, position, siblings }
    placed.push(here)
    for (const [index, child] of from.children?.entries() ?? []) walk(child, here, index + 1)
  }
  walk(laid, undefined, 1)
  return placed
}

/** The box around some nodes and their labels, which run to the right. */
export function boxOf(placed: readonly Placed[]): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const { x, y } of placed) {
    left = Math.min(left, x)
    right = Math.max(right, x)
    top = Math.min(top, y)
    bottom = Math.max(bottom, y)
  }
  return {
    left: left - 24,
    top: top - ROW,
    width: right - left + COLUMN + 24,
    height: bottom - top + 2 * ROW,
  }
}

/** The line from a parent to its child, level at both ends. It leaves `after` pixels from the parent, where its label ends. */
export function linkPath(from: Placed, to: Placed, after: number): string {
  const start = Math.min(from.x + after, to.x - 28)
  const middle = (start + to.x) / 2
  return `M${start},${from.y}C${middle},${from.y} ${middle},${to.y} ${to.x},${to.y}`
}

/** A node's radius: area grows with what it counts, within what a row can hold. */
export function radiusOf(count: number, most: number): number {
  return most > 0 ? 3.5 + 7 * Math.sqrt(Math.min(1, count / most)) : 3.5
}
