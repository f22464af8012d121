import type { Kysely } from 'kysely'
import type { Acts, ModerationAct } from '../contract/moderation.ts'
import { fromCursor, isRowId, toCursor } from '../cursor.ts'
import type { Database } from '../db/schema.ts'
import { overlap } from './rules.ts'
import { type ActRow, actsNamed, actsOf, standingActs } from './store.ts'
import { subjectTexts } from './subject-texts.ts'
import { readableWho } from './who-acts.ts'

type Queries = Kysely<Database>

const time = (at: number): string => new Date(at).toISOString()

/** What was done on a site, latest first: all of it, or what was done to one comment, person, thread, ban or notice. */
export async function listActs(
  db: Queries,
  site: string,
  { subject, limit, cursor }: { subject?: string | undefined; limit: number; cursor?: string | undefined },
): Promise<Acts> {
  const after = fromCursor(cursor, isRowId)
  const rows = await actsOf(db, site, { subject, after, most: limit + 1 })
  const listed = rows.slice(0, limit)
  const last = listed.at(-1)
  return {
    data: await showActs(db, site, listed),
    next: rows.length > limit && last ? toCursor(last.id) : null,
  }
}

/** These acts, in the order of their ids here. */
export async function actsByIds(db: Queries, site: string, ids: readonly string[]): Promise<ModerationAct[]> {
  const shown = await showActs(db, site, await actsNamed(db, site, ids))
  const byId = new Map(shown.map((act) => [act.id, act]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

/** Acts as they are read. */
export async function showActs(db: Queries, site: string, rows: readonly ActRow[]): Promise<ModerationAct[]> {
  if (rows.length === 0) return []
  const [who, texts, standing] = await Promise.all([
    readableWho(
      db,
      site,
      rows.flatMap((row) => [row.who, row.undone_by]),
    ),
    subjectTexts(db, site, rows),
    standingActs(db, site, [...new Set(rows.map(({ subject }) => subject))]),
  ])
  const bySubject = Map.groupBy(standing, ({ subject }) => subject)
  return rows.map((row) => ({
    id: row.id,
    at: time(row.at),
    who: who(row.who),
    act: row.act,
    subject: { kind: row.subject_kind, id: row.subject, text: texts(row) },
    note: row.note,
    undone: row.undone_at === null ? null : { at: time(row.undone_at), by: who(row.undone_by ?? '') },
    undoable:
      row.undone_at === null && !isPartOfNotice(row) && !laterThan(row, bySubject.get(row.subject) ?? []),
  }))
}

/** The first act since that changed the same of the subject, if one stands. */
export const laterThan = <T extends Pick<ActRow, 'id' | 'act' | 'subject_kind'>>(
  row: Pick<ActRow, 'id' | 'act' | 'subject_kind'>,
  others: readonly T[],
): T | undefined =>
  others.find(
    ({ id, act, subject_kind }) => id > row.id && subject_kind === row.subject_kind && overlap(row.act, act),
  )

/** Whether it came with the decision on a notice: that is undone as a whole. */
export const isPartOfNotice = ({ before }: Pick<ActRow, 'before'>): boolean =>
  typeof (JSON.parse(before) as { notice?: unknown }).notice === 'string'
