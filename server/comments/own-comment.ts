import type { Kysely } from 'kysely'
import type { Source } from '../contract/comments.ts'
import type { Database } from '../db/schema.ts'
import { AppError } from '../errors.ts'
import { mayModerate, roleOfPerson } from '../identity/staff.ts'
import { noComment } from './set-state.ts'
import { type CommentRow, commentById, editsOf } from './store.ts'

/** Refuses a comment to whoever did not write it: what they cannot see is not there. */
export function checkOwn(row: CommentRow | undefined, person: string | undefined): asserts row is CommentRow {
  if (!row || (row.person_id !== person && row.shown === 0)) throw noComment()
  if (row.person_id !== person) throw new AppError('forbidden', 'Only its author may do this')
}

/** Refuses what is gone to its author, too. */
export function checkThere({ state }: CommentRow): void {
  if (state === 'deleted' || state === 'refused') throw new AppError('conflict', 'This comment is gone')
}

/** What a comment's author wrote, for them and for those who run the site. */
export async function readSource(
  db: Kysely<Database>,
  site: string,
  id: string,
  person: string | undefined,
): Promise<Source> {
  const row = await commentById(db, site, id)
  const runs = row !== undefined && person !== undefined && mayModerate(await roleOfPerson(db, site, person))
  if (!runs) {
    checkOwn(row, person)
    checkThere(row)
  }
  const edits = await editsOf(db, site, id)
  return {
    body: row.body,
    edits: edits.map(({ at, body }) => ({ at: new Date(at).toISOString(), body })),
  }
}
