import {
  type Cascade,
  type CascadeFile,
  CascadeFileError,
  type Line,
  parentsFirst,
  type UnorderedRepost,
} from './cascade.ts'

interface Retweet {
  child: string
  parent: string
  line: number
}

/** Reads `child,parent,cascade,generation` lines, in any order. Ids are unique within one cascade only. */
export function readTwitter(lines: Line[]): CascadeFile {
  const byCascade = new Map<string, Map<string, Retweet>>()
  let duplicates = 0
  for (const { text, number } of isHeader(lines[0]) ? lines.slice(1) : lines) {
    const [child, parent, cascade] = fields(text, number)
    const retweets = byCascade.get(cascade) ?? new Map<string, Retweet>()
    byCascade.set(cascade, retweets)
    if (retweets.has(child)) duplicates++
    else retweets.set(child, { child, parent, line: number })
  }
  const cascades = Array.from(byCascade, ([id, retweets]) => grow(id, [...retweets.values()]))
  const orphans = cascades.reduce((sum, { reposts }) => sum + roots(reposts) - 1, 0)
  return { format: 'twitter', cascades, duplicates, orphans }
}

const isHeader = (line: Line | undefined): boolean =>
  line !== undefined && line.text.split(',').length === 4 && !/\d/.test(line.text)

// The generation is what the parents say already, so it is checked for its form and then left aside.
function fields(text: string, line: number): [child: string, parent: string, cascade: string] {
  const [child = '', parent = '', cascade = '', generation = '', ...more] = text
    .split(',')
    .map((part) => part.trim())
  const wellFormed =
    [child, parent, cascade].every((id) => /^[\w-]{1,50}$/.test(id)) && /^\d+$/.test(generation)
  if (!wellFormed || more.length > 0)
    throw new CascadeFileError(
      line,
      `expected child,parent,cascade,generation but found “${text.slice(0, 80)}”`,
    )
  return [child, parent, cascade]
}

/** A parent that is nobody's child is a root: the seed, or one whose own line is missing. */
function grow(id: string, retweets: Retweet[]): Cascade {
  const children = new Set(retweets.map(({ child }) => child))
  const seeds = new Map<string, number>()
  for (const { parent, line } of retweets)
    if (!children.has(parent) && !seeds.has(parent)) seeds.set(parent, line)

  const names = [...seeds.keys(), ...children]
  const indexOf = new Map(names.map((name, index) => [name, index]))
  const reposts: UnorderedRepost[] = [
    ...Array.from(seeds, ([name, line]) => ({ name, parent: null, at: null, line })),
    ...retweets.map(({ child, parent, line }) => ({
      name: child,
      parent: indexOf.get(parent) ?? null,
      at: null,
      line,
    })),
  ]
  return { id, reposts: parentsFirst(reposts) }
}

const roots = (reposts: Cascade['reposts']): number => reposts.filter(({ parent }) => parent === null).length
