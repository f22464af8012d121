import type { Work } from '../deps.ts'
import { AppError } from '../errors.ts'
import { changeMember } from '../identity/change-member.ts'
import { type Role, roleOfPerson } from '../identity/staff.ts'
import { setLevel } from '../screening/set-level.ts'
import type { Actor } from './rules.ts'
import type { ActRow } from './store.ts'

/** How somebody's role, or how far they are trusted, was before it was set, and what it was set to. */
interface MemberBefore<T> {
  was: T
  is: T
}

/** Gives somebody the role again that they had, as far as whoever undoes may give it. */
export async function undoRole(
  work: Work,
  site: string,
  { subject: id, before }: ActRow,
  { role: by }: Actor,
): Promise<void> {
  const { was, is } = JSON.parse(before) as MemberBefore<Role>
  if ((await roleOfPerson(work.db, site, id)) !== is)
    throw new AppError('conflict', 'Their role has changed since')
  await changeMember(work, site, { id, change: { role: was }, by, setLevel })
}

/** Trusts somebody as far as before. */
export async function undoLevel(work: Work, site: string, { subject, before }: ActRow): Promise<void> {
  const { was, is } = JSON.parse(before) as MemberBefore<number | null>
  const now = await setLevel(work, site, subject, was)
  if (now !== is) throw new AppError('conflict', 'How far they are trusted has changed since')
}
