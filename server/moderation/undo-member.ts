import type { Work } from '../deps.ts'
import { AppError } from '../errors.ts'
import { roleOfPerson } from '../identity/staff.ts'
import { setLevel } from '../screening/set-level.ts'
import { type Actor, outranks, type Role } from './rules.ts'
import type { ActRow } from './store.ts'

/** How somebody's role, or how far they are trusted, was before it was set, and what it was set to. */
export interface MemberBefore<T> {
  was: T
  is: T
}

/** Gives somebody the role again that they had. Whoever undoes has to stand above both, or be an owner. */
export async function undoRole(
  { db }: Work,
  site: string,
  { subject, before }: ActRow,
  { role }: Actor,
): Promise<void> {
  const { was, is } = JSON.parse(before) as MemberBefore<Role>
  if (![was, is].every((one) => role === 'owner' || outranks(role, one)))
    throw new AppError('forbidden', 'Only owners decide who is owner or admin')
  if ((await roleOfPerson(db, site, subject)) !== is)
    throw new AppError('conflict', 'Their role has changed since')
  await db
    .updateTable('person')
    .set({ role: was })
    .where('site_id', '=', site)
    .where('id', '=', subject)
    .execute()
}

/** Trusts somebody as far as before. */
export async function undoLevel(work: Work, site: string, { subject, before }: ActRow): Promise<void> {
  const { was, is } = JSON.parse(before) as MemberBefore<number | null>
  const now = await setLevel(work, site, subject, was)
  if (now !== is) throw new AppError('conflict', 'How far they are trusted has changed since')
}
