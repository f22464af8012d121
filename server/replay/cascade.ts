/** One act of passing on. */
export interface Repost {
  /** Names the person within the cascade. */
  name: string
  /** Index in the cascade's `reposts`, always smaller than its own; null for a root. */
  parent: number | null
  /** RFC 3339, where the file has times. */
  at: string | null
}

/** One page's spread: usually a single tree. */
export interface Cascade {
  id: string
  reposts: Repost[]
}

/** A file of cascades, read. */
export interface CascadeFile {
  format: 'twitter' | 'weibo'
  cascades: Cascade[]
  /** Lines or entries that repeat one seen before, and are left out. */
  duplicates: number
  /** Reposts whose parent the file does not show. */
  orphans: number
}

/** A line with its number in the file, from 1. */
export interface Line {
  text: string
  number: number
}

/** A repost as first read: its parent by position, in any order. */
export interface UnorderedRepost {
  name: string
  parent: number | null
  at: string | null
  line: number
}

/** A fault in a cascade file, with the line where it is; null where the file as a whole cannot be read. */
export class CascadeFileError extends Error {
  override name = 'CascadeFileError'
  line: number | null

  constructor(line: number | null, message: string) {
    super(line === null ? message : `Line ${line}: ${message}`)
    this.line = line
  }
}

/** Puts every repost after its parent. Throws on one that descends from itself. */
export function parentsFirst(reposts: UnorderedRepost[]): Repost[] {
  const children: number[][] = reposts.map(() => [])
  const order: number[] = []
  for (const [index, { parent }] of reposts.entries()) {
    if (parent === null) order.push(index)
    else children[parent]?.push(index)
  }
  // `order` grows while it is walked: level after level, whatever the depth.
  for (const index of order) for (const child of children[index] ?? []) order.push(child)

  const position = new Map(order.map((index, at) => [index, at]))
  const lost = reposts.find((_, index) => !position.has(index))
  if (lost)
    throw new CascadeFileError(lost.line, `${lost.name} descends from itself: its parents run in a circle`)
  return order.flatMap((index) => {
    const repost = reposts[index]
    if (!repost) return []
    const { name, parent, at } = repost
    return [{ name, parent: parent === null ? null : (position.get(parent) ?? null), at }]
  })
}
