import type { Kysely } from 'kysely'
import type { Trust } from '../contract/moderation.ts'
import type { Database } from '../db/schema.ts'
import type { Work } from '../deps.ts'
import { trustFrom } from './rules.ts'
import { countOutcome, standingsOf } from './store.ts'

/** How far people are trusted, and why; who is not known is not in the answer. */
export async function trustOf(
  db: Kysely<Database>,
  site: string,
  people: readonly string[],
): Promise<Map<string, Trust>> {
  const standings = await standingsOf(db, site, people)
  return new Map([...standings].map(([id, standing]) => [id, trustFrom(standing)]))
}

/** Counts how somebody's comment fared: `by` is 1, or -1 when that is taken back. */
export const noteOutcome = (
  work: Work,
  site: string,
  person: string,
  outcome: 'approved' | 'refused',
  by: 1 | -1,
): Promise<void> => countOutcome(work, site, person, outcome, by)
