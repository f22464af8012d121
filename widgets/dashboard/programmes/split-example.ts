import type { Split } from '../../../server/contract/models.ts'

/** A chain of three, nearest to the buyer first. */
type Three = readonly [number, number, number]

const PURE: Readonly<Record<Exclude<Split, 'blend'>, Three>> = {
  nearest: [1, 0, 0],
  root: [0, 0, 1],
  linear: [1 / 3, 1 / 3, 1 / 3],
  halving: [1 / 2, 1 / 4, 1 / 8],
  leibniz: [1 / 3, 1 / 6, 1 / 3],
}

/** The parts of a pot that a chain of three people gets, as an illustration; what they leave stays with the site. */
export function exampleOf(split: Split, alpha: number): Three {
  if (split !== 'blend') return PURE[split]
  const part = (hop: 0 | 1 | 2): number => alpha * PURE.nearest[hop] + (1 - alpha) * PURE.leibniz[hop]
  return [part(0), part(1), part(2)]
}

/** The splits in the order in which they are offered: those that cannot be gamed first. */
export const OFFERED: readonly Split[] = ['leibniz', 'nearest', 'blend', 'root', 'halving', 'linear']
