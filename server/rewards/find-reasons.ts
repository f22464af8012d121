import type { Reason } from '../contract/models.ts'
import type { Database } from '../db/schema.ts'
import type { Work } from '../deps.ts'

/** Why a reward of each of these people for this conversion has to wait for the owner: none, mostly. */
export async function findReasons(
  _work: Work,
  _site: string,
  _conversion: Database['conversion'],
  people: readonly string[],
): Promise<Map<string, Reason[]>> {
  return new Map(people.map((person) => [person, []]))
}
