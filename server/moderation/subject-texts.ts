import type { Kysely } from 'kysely'
import { isAmong } from '../db/dialect.ts'
import type { Database } from '../db/schema.ts'
import { namesOf } from '../identity/names.ts'
import type { ActRow } from './store.ts'

type Queries = Kysely<Database>
type Subject = Pick<ActRow, 'subject_kind' | 'subject'>

/** Longest text that stands for a subject, in characters. */
const TEXT_LENGTH = 140

/** Says in a few words what acts were about: the beginning of a comment, a name, an address. */
export async function subjectTexts(
  db: Queries,
  site: string,
  acts: readonly Subject[],
): Promise<(act: Subject) => string> {
  const ids = (kind: Subject['subject_kind']) => [
    ...new Set(acts.filter(({ subject_kind }) => subject_kind === kind).map(({ subject }) => subject)),
  ]
  const [comments, pages, notices, bans] = await Promise.all([
    bodies(db, site, ids('comment')),
    titles(db, site, ids('thread')),
    places(db, site, ids('notice')),
    banned(db, site, ids('ban')),
  ])
  const named = await namesOf(db, site, [
    ...ids('person'),
    ...bans.flatMap(({ person_id }) => person_id ?? []),
  ])
  const texts = new Map<string, string>([
    ...comments.map(({ id, body }) => [`comment ${id}`, beginning(body)] as const),
    ...pages.map(({ id, title, url }) => [`thread ${id}`, title ?? url] as const),
    ...notices.map(({ id, url }) => [`notice ${id}`, url] as const),
    ...bans.map(
      ({ id, person_id, code }) =>
        [`ban ${id}`, person_id === null ? (code ?? '') : (named(person_id).name ?? person_id)] as const,
    ),
    ...ids('person').map((id) => [`person ${id}`, named(id).name ?? id] as const),
  ])
  return ({ subject_kind, subject }) => texts.get(`${subject_kind} ${subject}`) ?? subject
}

/** The beginning of a text on one line, without a letter cut in two. */
function beginning(body: string): string {
  const line = body.replaceAll(/\s+/gu, ' ').trim()
  return line.length <= TEXT_LENGTH ? line : `${line.slice(0, TEXT_LENGTH).replace(/[\ud800-\udbff]$/, '')}…`
}

const bodies = (db: Queries, site: string, ids: string[]) =>
  db
    .selectFrom('comment')
    .select(['id', 'body'])
    .where('site_id', '=', site)
    .where(isAmong(db, 'id', ids))
    .execute()

const titles = (db: Queries, site: string, ids: string[]) =>
  db
    .selectFrom('page')
    .select(['id', 'title', 'url'])
    .where('site_id', '=', site)
    .where(isAmong(db, 'id', ids))
    .execute()

const places = (db: Queries, site: string, ids: string[]) =>
  db
    .selectFrom('notice')
    .select(['id', 'url'])
    .where('site_id', '=', site)
    .where(isAmong(db, 'id', ids))
    .execute()

const banned = (db: Queries, site: string, ids: string[]) =>
  db
    .selectFrom('ban')
    .leftJoin('share', (join) =>
      join.onRef('share.site_id', '=', 'ban.site_id').onRef('share.id', '=', 'ban.share_id'),
    )
    .select(['ban.id', 'ban.person_id', 'share.code'])
    .where('ban.site_id', '=', site)
    .where(isAmong(db, 'ban.id', ids))
    .execute()
