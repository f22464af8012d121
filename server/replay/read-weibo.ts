import {
  type Cascade,
  type CascadeFile,
  CascadeFileError,
  type Line,
  parentsFirst,
  type UnorderedRepost,
} from './cascade.ts'

interface Entry {
  /** The users it came through, `a/b/c`, the reposter last. */
  path: string
  user: string
  seconds: number
}

/** Reads lines of `id, author, unix time, participants, a/b/c:seconds …`: c reposted through b, which had it from a. */
export function readWeibo(lines: Line[]): CascadeFile {
  const file: CascadeFile = { format: 'weibo', cascades: [], duplicates: 0, orphans: 0 }
  const lineOf = new Map<string, number>()
  for (const line of lines) {
    const { id, author, start, entries, duplicates } = fields(line)
    const before = lineOf.get(id)
    if (before) throw new CascadeFileError(line.number, `cascade ${id} is on line ${before} already`)
    lineOf.set(id, line.number)
    const { cascade, orphans } = grow(id, start, withSeed(entries, author), line.number)
    file.cascades.push(cascade)
    file.duplicates += duplicates
    file.orphans += orphans
  }
  return file
}

function fields({ text, number }: Line) {
  const fault = (message: string) => new CascadeFileError(number, message)
  const [id = '', author = '', time = '', participants = '', list = '', ...more] = text
    .split('\t')
    .map((part) => part.trim())
  if (
    ![id, author].every((name) => /^[\w-]{1,50}$/.test(name)) ||
    !/^\d+$/.test(participants) ||
    more.length > 0
  )
    throw fault('expected id, author, unix time, participants and reposts, separated by tabs')
  if (!/^\d{1,10}$/.test(time)) throw fault(`“${time.slice(0, 40)}” is not a unix time in seconds`)

  const entries = new Map<string, Entry>()
  let duplicates = 0
  for (const entry of list.split(/\s+/).filter(Boolean)) {
    const [, path, seconds] = /^([\w-]{1,50}(?:\/[\w-]{1,50})*):(\d{1,10})$/.exec(entry) ?? []
    if (!path || !seconds) throw fault(`“${entry.slice(0, 80)}” is not a repost like 12/34:56`)
    const key = `${path}:${Number(seconds)}`
    if (entries.has(key)) duplicates++
    else entries.set(key, { path, user: path.slice(path.lastIndexOf('/') + 1), seconds: Number(seconds) })
  }
  return { id, author, start: Number(time), entries: [...entries.values()], duplicates }
}

// The post itself is an entry too, `author:0`, and comes first whatever its place in the line.
function withSeed(entries: Entry[], author: string): [Entry, ...Entry[]] {
  const own = entries.filter(({ path }) => path === author)
  const seed = own.length > 0 ? own.reduce(earlier) : { path: author, user: author, seconds: 0 }
  return [seed, ...entries.filter((entry) => entry !== seed)]
}

function grow(id: string, start: number, entries: [Entry, ...Entry[]], line: number) {
  const [seed] = entries
  const byPath = earliestBy(entries, ({ path }) => path)
  const byUser = earliestBy(entries, ({ user }) => user)
  const parents = new Map<Entry, Entry>()
  let orphans = 0
  for (const entry of entries) {
    if (entry === seed) continue
    const above = entry.path.split('/').slice(0, -1)
    const parent = byPath.get(above.join('/')) ?? byUser.get(above.at(-1) ?? '')
    if (!parent) orphans++
    parents.set(entry, parent ?? seed)
  }
  // A parent known by its user only may turn out to descend from the entry. Such a circle is cut at its first repost.
  for (const circle of circles(parents, seed)) {
    parents.set(circle.reduce(earlier), seed)
    orphans++
  }

  const names = nameEntries(entries)
  const index = new Map(entries.map((entry, at) => [entry, at]))
  const reposts: UnorderedRepost[] = entries.map((entry) => {
    const parent = parents.get(entry)
    return {
      name: names.get(entry) ?? entry.user,
      parent: parent ? (index.get(parent) ?? null) : null,
      at: new Date((start + entry.seconds) * 1000).toISOString(),
      line,
    }
  })
  const cascade: Cascade = { id, reposts: parentsFirst(reposts) }
  return { cascade, orphans }
}

const earlier = (a: Entry, b: Entry): Entry => (b.seconds < a.seconds ? b : a)

function earliestBy(entries: Entry[], keyOf: (entry: Entry) => string): Map<string, Entry> {
  const earliest = new Map<string, Entry>()
  for (const entry of entries) {
    const known = earliest.get(keyOf(entry))
    earliest.set(keyOf(entry), known ? earlier(known, entry) : entry)
  }
  return earliest
}

function circles(parents: Map<Entry, Entry>, seed: Entry): Entry[][] {
  const found: Entry[][] = []
  const settled = new Set<Entry>([seed])
  for (const start of parents.keys()) {
    const walked: Entry[] = []
    const walking = new Set<Entry>()
    let entry: Entry | undefined = start
    while (entry && !settled.has(entry) && !walking.has(entry)) {
      walked.push(entry)
      walking.add(entry)
      entry = parents.get(entry)
    }
    if (entry && walking.has(entry)) found.push(walked.slice(walked.indexOf(entry)))
    for (const seen of walked) settled.add(seen)
  }
  return found
}

// Somebody who reposts again is a person of its own each time: 42, 42.2, 42.3.
function nameEntries(entries: Entry[]): Map<Entry, string> {
  const times = new Map<string, number>()
  return new Map(
    entries.map((entry) => {
      const time = (times.get(entry.user) ?? 0) + 1
      times.set(entry.user, time)
      return [entry, time === 1 ? entry.user : `${entry.user}.${time}`]
    }),
  )
}
