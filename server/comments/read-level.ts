import type { Kysely } from 'kysely'
import { LEVELS_ALONG, REPLIES_ALONG } from '../contract/comment-limits.ts'
import type { Comment } from '../contract/comments.ts'
import type { Database } from '../db/schema.ts'
import { authorsOf } from '../identity/authors.ts'
import { BEGINNING, type Place, toPlace } from './places.ts'
import { toComment } from './show-comments.ts'
import { commentsByIds, firstReplies, partOfLevel, pinnedOn, type ShownRow } from './store.ts'

type Queries = Kysely<Database>

/** Most replies that come along with a level, over all: a bound on the answer. */
const MOST_ALONG = 200

/** A level of a page's thread: what stands at its top, or right below one comment. */
export interface Asked {
  page: string
  /** Whose replies; none for the top. */
  above: ShownRow | null
  place: Place
  limit: number
}

/** Some rows of a level, and where it goes on. */
interface Part {
  rows: ShownRow[]
  next: string | null
}

/** Reads a level, each comment with its first replies after it, and theirs. */
export async function readLevel(
  db: Queries,
  site: string,
  asked: Asked,
): Promise<{ data: Comment[]; next: string | null }> {
  const part = await readPart(db, site, asked)
  const below = await readAlong(db, site, asked.page, part.rows)
  return { data: await inOrder(db, site, part.rows, below), next: part.next }
}

/** The comments in the order they are shown, each before its replies. */
export async function inOrder(
  db: Queries,
  site: string,
  rows: readonly ShownRow[],
  below: ReadonlyMap<string, Part>,
): Promise<Comment[]> {
  const ordered: ShownRow[] = []
  const put = (row: ShownRow) => {
    ordered.push(row)
    for (const reply of below.get(row.id)?.rows ?? []) put(reply)
  }
  for (const row of rows) put(row)
  const authors = await authorsOf(
    db,
    site,
    ordered.map(({ person_id }) => person_id),
  )
  return ordered.map((row) => {
    const part = below.get(row.id)
    return toComment(row, authors, part ? part.next : row.replies > 0 ? BEGINNING : null)
  })
}

/** What was asked for of the level itself. What is pinned, or accepted, stands before all else, once. */
async function readPart(db: Queries, site: string, { page, above, place, limit }: Asked): Promise<Part> {
  const accepted = above?.accepted_id ?? null
  const [found, first] = await Promise.all([
    partOfLevel(db, site, page, above?.id ?? null, place),
    place.id !== '' ? [] : above === null ? pinnedOn(db, site, page) : readAccepted(db, site, accepted),
  ])
  const rest = found.filter(({ id }) => id !== accepted)
  const rows = rest.slice(0, limit)
  const last = rows.at(-1)
  const next =
    rest.length > limit && last ? toPlace({ sort: place.sort, best: last.best, id: last.id }) : null
  return { rows: [...first, ...rows], next }
}

const readAccepted = async (db: Queries, site: string, accepted: string | null): Promise<ShownRow[]> =>
  accepted === null ? [] : (await commentsByIds(db, site, [accepted])).filter(({ shown }) => shown === 1)

/** The first replies of some comments, and of those, some levels down, as long as there is room. */
async function readAlong(
  db: Queries,
  site: string,
  page: string,
  tops: readonly ShownRow[],
): Promise<Map<string, Part>> {
  const below = new Map<string, Part>()
  let room = MOST_ALONG
  let level = tops
  for (let depth = 0; depth < LEVELS_ALONG && room > 0; depth++) {
    const parents = level.filter(({ replies }) => replies > 0).slice(0, Math.ceil(room / REPLIES_ALONG))
    if (parents.length === 0) break
    const parts = await firstParts(db, site, page, parents)
    for (const [id, part] of parts) below.set(id, part)
    level = [...parts.values()].flatMap(({ rows }) => rows)
    room -= level.length
  }
  return below
}

async function firstParts(
  db: Queries,
  site: string,
  page: string,
  parents: readonly ShownRow[],
): Promise<Map<string, Part>> {
  const answered = parents.flatMap(({ accepted_id }) => accepted_id ?? [])
  const accepted = new Map(
    (answered.length > 0 ? await commentsByIds(db, site, answered) : []).map((row) => [row.id, row]),
  )
  const found = Map.groupBy(
    await firstReplies(
      db,
      site,
      page,
      parents.map(({ id }) => id),
    ),
    ({ parent_id }) => parent_id,
  )
  return new Map(
    parents.map(({ id, accepted_id, replies }) => {
      const first = (accepted_id !== null && accepted.get(accepted_id)) || undefined
      const others = (found.get(id) ?? []).filter((row) => row.id !== first?.id)
      const rows = [...(first?.shown === 1 ? [first] : []), ...others].slice(0, REPLIES_ALONG)
      const last = rows.filter((row) => row.id !== first?.id).at(-1)
      const next = toPlace({ sort: 'oldest', best: 0, id: last?.id ?? '' })
      return [id, { rows, next: rows.length < replies ? next : null }]
    }),
  )
}
