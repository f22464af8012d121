import type { Branches } from './branches.ts'
import { boxOf, layTree } from './layout.ts'
import { chooseUnasked, LIMITS, type Limits, showTree } from './visible-tree.ts'

const BUDGETS = [LIMITS.budget, 220, 170, 130, 105, 85, 72, 62, 54, 47, 41, 36, 32, 28, 24, 20, 16]
const LEAST = 12

/** The largest budget whose tree is no taller than `height` (at zoom 1), so that a first look takes it in whole. */
export function fittingLimits(branches: Branches, height: number): Limits {
  for (const budget of BUDGETS) {
    const limits = { ...LIMITS, budget }
    const tree = showTree(branches, chooseUnasked(branches, limits), { open: new Map() })
    if (boxOf(layTree(tree)).height <= height) return limits
  }
  return { ...LIMITS, budget: LEAST }
}
