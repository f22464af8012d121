import type { Kysely } from 'kysely'
import type { Rule } from '../contract/programmes.ts'
import type { Database } from '../db/schema.ts'
import { invites } from './rules.ts'
import { runningProgrammes } from './store.ts'

/** A programme that pays those who invite, with its rule of today. */
export interface Inviting {
  id: string
  name: string
  rule: Rule
}

/** The latest programme of the site that pays those who invite, if one runs now. */
export async function invitingProgramme(
  db: Kysely<Database>,
  site: string,
  now: number,
): Promise<Inviting | undefined> {
  const running = await runningProgrammes(db, site)
  return running
    .map(({ id, name, rule }) => ({ id, name, rule: JSON.parse(rule) as Rule }))
    .find(({ rule }) => invites(rule, now))
}
