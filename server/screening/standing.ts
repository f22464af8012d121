import type { Kysely } from 'kysely'
import type { Trust } from '../contract/moderation.ts'
import type { Database } from '../db/schema.ts'
import type { Work } from '../deps.ts'

/** How far people are trusted, and why. */
export async function trustOf(
  _db: Kysely<Database>,
  _site: string,
  people: readonly string[],
): Promise<Map<string, Trust>> {
  return new Map(people.map((id) => [id, { level: 0, reasons: [] }]))
}

/** Counts how somebody's comment fared: `by` is 1, or -1 when that is taken back. */
export async function noteOutcome(
  _work: Work,
  _site: string,
  _person: string,
  _outcome: 'approved' | 'refused',
  _by: 1 | -1,
): Promise<void> {}
