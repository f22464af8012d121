import type { Cascade } from '../../server/replay/cascade.ts'

/** Slow and plain: virality as the mean distance between all pairs, each found by walking up to the meeting point. */
export function measureCascade({ reposts }: Cascade) {
  const parents = reposts.map(({ parent }) => parent)
  const up = (node: number): number[] => {
    const path = [node]
    for (let at = parents[node]; at !== null && at !== undefined; at = parents[at]) path.push(at)
    return path
  }
  const paths = reposts.map((_, node) => up(node))
  const levels = new Map<number, number>()
  for (const path of paths) levels.set(path.length - 1, (levels.get(path.length - 1) ?? 0) + 1)
  let distances = 0
  for (const [index, a] of paths.entries())
    for (const b of paths.slice(index + 1)) {
      const meeting = a.findIndex((node) => b.includes(node))
      distances += meeting + b.indexOf(a[meeting] ?? 0)
    }
  const size = reposts.length
  return {
    size,
    depth: Math.max(...levels.keys()),
    breadth: Math.max(...levels.values()),
    virality: (2 * distances) / (size * (size - 1)),
  }
}
