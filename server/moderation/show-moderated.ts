import type { Kysely } from 'kysely'
import type { Markup } from '../contract/markup.ts'
import type { ModeratedComment } from '../contract/moderation.ts'
import type { Database } from '../db/schema.ts'
import { type Naming, namesOf } from '../identity/names.ts'
import { activeBans } from '../screening/bans.ts'
import { trustOf } from '../screening/standing.ts'
import { authorsKnown, commentsNamed, type DescribedComment, openReports } from './queue-store.ts'

type Queries = Kysely<Database>
type Author = ModeratedComment['author']

const time = (at: number): string => new Date(at).toISOString()

/** Comments as moderators see them, in the order of their rows here. */
export async function showModerated(
  db: Queries,
  site: string,
  rows: readonly DescribedComment[],
  at: number,
): Promise<ModeratedComment[]> {
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  const [authors, open] = await Promise.all([
    moderatedAuthors(db, site, [...new Set(rows.map(({ person_id }) => person_id))], at),
    openReports(db, site, ids),
  ])
  const reports = Map.groupBy(open, ({ comment_id }) => comment_id)
  const others = [...rows.map(({ above_person }) => above_person), ...open.map(({ person_id }) => person_id)]
  const named = await namesOf(db, site, others)
  return rows.map((row) => ({
    ...toModerated(row, named),
    author: authors.get(row.person_id) ?? nobody(row.person_id),
    reports: (reports.get(row.id) ?? []).map(({ reason, note, at, person_id }) => ({
      reason,
      note,
      at: time(at),
      person: named(person_id),
    })),
  }))
}

/** These comments as moderators see them, in the order of their ids here. */
export async function moderatedByIds(
  db: Queries,
  site: string,
  ids: readonly string[],
  at: number,
): Promise<ModeratedComment[]> {
  const shown = await showModerated(db, site, await commentsNamed(db, site, ids), at)
  const byId = new Map(shown.map((comment) => [comment.id, comment]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

const toModerated = (row: DescribedComment, named: Naming): Omit<ModeratedComment, 'author' | 'reports'> => ({
  id: row.id,
  state: row.state,
  shadow: row.shadow === 1,
  body: row.body,
  markup: JSON.parse(row.markup) as Markup,
  at: time(row.at),
  editedAt: row.edited_at === null ? null : time(row.edited_at),
  page: { id: row.page_id, url: row.url, title: row.title },
  parent:
    row.parent_id === null || row.above_person === null
      ? null
      : { id: row.parent_id, name: named(row.above_person).name, body: row.above_body ?? '' },
  reasons: JSON.parse(row.reasons) as ModeratedComment['reasons'],
  ups: row.ups,
  downs: row.downs,
  pinned: row.pinned_at !== null,
})

/** What moderators are told of some authors, by person. */
async function moderatedAuthors(
  db: Queries,
  site: string,
  people: readonly string[],
  at: number,
): Promise<Map<string, Author>> {
  const [known, trust, bans] = await Promise.all([
    authorsKnown(db, site, people),
    trustOf(db, site, people),
    activeBans(db, site, people, at),
  ])
  const named = await namesOf(
    db,
    site,
    known.map(({ bringer }) => bringer),
  )
  return new Map(
    known.map(({ id, name, role, member_since, approved, refused, bringer }) => [
      id,
      {
        ...nobody(id),
        name,
        member: member_since !== null,
        role,
        approved: approved ?? 0,
        refused: refused ?? 0,
        trust: trust.get(id) ?? UNKNOWN,
        broughtBy: bringer === null ? null : named(bringer),
        banned: bans.get(id)?.kind ?? null,
      },
    ]),
  )
}

const UNKNOWN: Author['trust'] = { level: 0, reasons: [] }

const nobody = (id: string): Author => ({
  ...{ id, name: null, member: false, role: 'member', approved: 0, refused: 0 },
  ...{ trust: UNKNOWN, broughtBy: null, banned: null },
})
