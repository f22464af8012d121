import type { Kysely } from 'kysely'
import type { Anchor, Comment } from '../contract/comments.ts'
import type { Markup } from '../contract/markup.ts'
import type { Database } from '../db/schema.ts'
import { authorsOf, type Showing } from '../identity/authors.ts'
import { BEGINNING } from './places.ts'
import { shownState, stands } from './rules.ts'
import { commentsByIds, type ShownRow } from './store.ts'

type Queries = Kysely<Database>

const time = (at: number): string => new Date(at).toISOString()

/** How often each emoji was given, in the order they came first. */
export const reactionsOf = (kept: string): Comment['reactions'] =>
  kept === '{}'
    ? []
    : Object.entries(JSON.parse(kept) as Record<string, number>).map(([emoji, count]) => ({ emoji, count }))

/** A comment as all readers see it. `next` is where its replies go on. */
export function toComment(row: ShownRow, authors: Showing, next: string | null): Comment {
  const state = shownState(row)
  return state === 'visible'
    ? written(row, authors(row.person_id), state, next)
    : { ...written(row, null, state, next), ...GONE }
}

/** The same as its author sees it, whatever others see. */
export const toOwnComment = (row: ShownRow, authors: Showing): Comment =>
  written(row, authors(row.person_id), row.state === 'held' ? 'held' : 'visible', null)

/** A comment as it is answered to its author. */
export const showOwn = (row: ShownRow, authors: Showing): Comment =>
  stands(row) ? toComment(row, authors, row.replies > 0 ? BEGINNING : null) : toOwnComment(row, authors)

const GONE = {
  ...{ body: [], editedAt: null, ups: 0, downs: 0, reactions: [], pinned: false },
  ...{ accepted: null, status: null, anchor: null },
}

function written(
  row: ShownRow,
  author: Comment['author'],
  state: Comment['state'],
  next: string | null,
): Comment {
  return {
    id: row.id,
    parent: row.parent_id,
    depth: row.depth,
    author,
    state,
    body: JSON.parse(row.markup) as Markup,
    at: time(row.at),
    editedAt: row.edited_at === null ? null : time(row.edited_at),
    ups: row.ups,
    downs: row.downs,
    reactions: reactionsOf(row.reactions),
    pinned: row.pinned_at !== null,
    accepted: row.accepted_id,
    status: row.status === null ? null : { status: row.status, note: row.status_note ?? '' },
    anchor: row.anchor === null ? null : (JSON.parse(row.anchor) as Anchor),
    replies: row.replies,
    below: row.below,
    next,
  }
}

/** Some comments as all readers see them, in the order of their ids here; what has no place is left out. */
export async function showComments(db: Queries, site: string, ids: readonly string[]): Promise<Comment[]> {
  return showRows(db, site, ids, await commentsByIds(db, site, ids))
}

/** The same, out of their rows. */
export async function showRows(
  db: Queries,
  site: string,
  ids: readonly string[],
  found: readonly ShownRow[],
): Promise<Comment[]> {
  const rows = new Map(found.map((row) => [row.id, row]))
  const authors = await authorsOf(
    db,
    site,
    [...rows.values()].map(({ person_id }) => person_id),
  )
  return [...new Set(ids)].flatMap((id) => {
    const row = rows.get(id)
    return row?.shown === 1 ? [toComment(row, authors, row.replies > 0 ? BEGINNING : null)] : []
  })
}
