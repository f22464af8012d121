import type { Kysely } from 'kysely'
import type { ChannelsReport, PagesReport, PeopleReport } from '../contract/reports.ts'
import { fromCursor, isOffset, toCursor } from '../cursor.ts'
import type { Database } from '../db/schema.ts'
import { namesOf } from '../identity/names.ts'
import { type Range, rangeText } from './ranges.ts'
import {
  COUNTED,
  type Counted,
  type Kind,
  pageUrls,
  topSubjects,
  valueOfPeople,
  valueOfSubjects,
} from './store.ts'

type Queries = Kysely<Database>

/** What a list of subjects is asked for. */
export interface TopAsked {
  sort: Counted
  limit: number
  cursor?: string | undefined
}

async function top(db: Queries, site: string, kind: Kind, range: Range, { sort, limit, cursor }: TopAsked) {
  const offset = fromCursor(cursor, isOffset) ?? 0
  const found = await topSubjects(db, site, kind, range, COUNTED, { sort, limit: limit + 1, offset })
  const rows = found.slice(0, limit)
  const subjects = rows.map(({ subject }) => subject)
  const values =
    kind === 'person'
      ? await valueOfPeople(db, site, range, subjects)
      : await valueOfSubjects(db, site, kind, range, subjects)
  return {
    range: rangeText(range),
    rows: rows.map(({ subject, shares, visits, conversions }) => ({
      subject,
      counts: { shares, visits, conversions, value: values.get(subject) ?? [] },
    })),
    next: found.length > limit ? toCursor(offset + limit) : null,
  }
}

/** Who brought what. */
export async function topPeople(
  db: Queries,
  site: string,
  range: Range,
  asked: TopAsked,
): Promise<PeopleReport> {
  const { rows, ...rest } = await top(db, site, 'person', range, asked)
  const named = await namesOf(
    db,
    site,
    rows.map(({ subject }) => subject),
  )
  return { ...rest, data: rows.map(({ subject, counts }) => ({ person: named(subject), ...counts })) }
}

/** Which pages were passed on, and what came of it. */
export async function topPages(
  db: Queries,
  site: string,
  range: Range,
  asked: TopAsked,
): Promise<PagesReport> {
  const { rows, ...rest } = await top(db, site, 'page', range, asked)
  const urls = await pageUrls(
    db,
    site,
    rows.map(({ subject }) => subject),
  )
  return { ...rest, data: rows.map(({ subject, counts }) => ({ url: urls.get(subject) ?? '', ...counts })) }
}

/** Over which channels. */
export async function topChannels(
  db: Queries,
  site: string,
  range: Range,
  asked: TopAsked,
): Promise<ChannelsReport> {
  const { rows, ...rest } = await top(db, site, 'channel', range, asked)
  return { ...rest, data: rows.map(({ subject, counts }) => ({ channel: subject, ...counts })) }
}
