/** Whom `@name` can mean, made ready to be found. */
export interface Names {
  byName: ReadonlyMap<string, { id: string; name: string }>
  /** Lengths that names have, longest first. */
  lengths: readonly number[]
}

const ready = new WeakMap<ReadonlyMap<string, string>, Names>()

/** Makes a thread's people ready to be found; kept as long as the map is. */
export function namesOf(people: ReadonlyMap<string, string>): Names {
  const known = ready.get(people)
  if (known) return known
  const byName = new Map<string, { id: string; name: string }>()
  for (const [name, id] of people) {
    if (!byName.has(name.toLowerCase())) byName.set(name.toLowerCase(), { id, name })
    byName.set(name, { id, name })
  }
  const lengths = [...new Set([...byName.keys()].map(({ length }) => length))].sort((a, b) => b - a)
  const names = { byName, lengths }
  ready.set(people, names)
  return names
}

const WORD = /[\p{L}\p{N}\p{M}_]/u
const wordBefore = (text: string, at: number) =>
  at > 0 && /[\p{L}\p{N}\p{M}_@]$/u.test(text.slice(Math.max(0, at - 2), at))
const wordAt = (text: string, at: number) => {
  const code = text.codePointAt(at)
  return code !== undefined && WORD.test(String.fromCodePoint(code))
}

/** The person whom the `@` at this place calls: the longest name that ends where a word does. */
export function findMention(
  { byName, lengths }: Names,
  text: string,
  at: number,
): { id: string; name: string; end: number } | undefined {
  if (wordBefore(text, at)) return undefined
  for (const length of lengths) {
    const end = at + 1 + length
    if (end > text.length) continue
    const written = text.slice(at + 1, end)
    const found = byName.get(written) ?? byName.get(written.toLowerCase())
    if (found && !wordAt(text, end)) return { ...found, end }
  }
  return undefined
}
