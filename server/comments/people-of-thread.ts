import type { Kysely } from 'kysely'
import type { Named } from '../contract/values.ts'
import type { Database } from '../db/schema.ts'
import { namesOf } from '../identity/names.ts'
import { stands } from './rules.ts'
import { lateSpeakers } from './store.ts'

/** Most names that are offered while somebody types. */
const MOST_OFFERED = 10

/** Who spoke lately on a page and has a name, latest first. */
export async function peopleOf(
  db: Kysely<Database>,
  site: string,
  page: string,
): Promise<{ id: string; name: string }[]> {
  const spoke = (await lateSpeakers(db, site, page)).filter(stands)
  const ids = [...new Set(spoke.map(({ person_id }) => person_id))]
  const names = await namesOf(db, site, ids)
  return ids.map(names).flatMap(({ id, name }) => (name === null ? [] : [{ id, name }]))
}

/** Whom `@name` means in what is said on a page: of two with one name, who spoke last. */
export async function namesIn(
  db: Kysely<Database>,
  site: string,
  page: string | undefined,
  body: string,
): Promise<ReadonlyMap<string, string>> {
  if (page === undefined || !body.includes('@')) return new Map()
  const people = await peopleOf(db, site, page)
  return new Map(people.toReversed().map(({ id, name }) => [name, id]))
}

const plain = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()

/** Those of some people whose name, or a word of it, begins so. */
export function beginningWith(people: readonly { id: string; name: string }[], begun: string): Named[] {
  const start = plain(begun.trim())
  return people
    .filter(({ name }) => plain(name).startsWith(start) || plain(name).includes(` ${start}`))
    .slice(0, MOST_OFFERED)
}
