/** Cascades whose depth is within `from` … `to` hops. */
export interface DepthRow {
  from: number
  to: number
  count: number
}

/** Rows a histogram may have before its tail is put together. */
const ROWS = 8

/** A depth histogram, shallow first, without gaps; a long tail becomes one last row. */
export function depthRows(depths: Readonly<Record<string, number>>): DepthRow[] {
  const deepest = Math.max(0, ...Object.keys(depths).map(Number))
  const single = deepest > ROWS ? ROWS - 1 : deepest
  const rows = Array.from({ length: single }, (_, index) => {
    const depth = index + 1
    return { from: depth, to: depth, count: depths[depth] ?? 0 }
  })
  if (deepest > single) {
    const tail = Object.entries(depths).filter(([depth]) => Number(depth) > single)
    rows.push({ from: single + 1, to: deepest, count: tail.reduce((sum, [, count]) => sum + count, 0) })
  }
  return rows
}
