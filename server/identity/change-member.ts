import type { MemberChange } from '../contract/people.ts'
import type { Work } from '../deps.ts'
import { AppError } from '../errors.ts'
import { guardName } from './claim-name.ts'
import { outranks, type Role } from './staff.ts'

/** How far the owner trusts somebody from now on, null as it is computed; answers how it was. Another room keeps it. */
export type Leveller = (
  work: Work,
  site: string,
  person: string,
  level: number | null,
) => Promise<number | null>

/** What was changed of somebody: how it was, and how it is. */
export type Changed =
  | { act: 'role'; was: Role; is: Role }
  | { act: 'level'; was: number | null; is: number | null }

/** Whom to change, how, and what whoever does it may do. */
export interface Changing {
  id: string
  change: MemberChange
  by: Role
  setLevel: Leveller
}

/** Gives a member a role or a level; answers what that changed. Only owners decide who is owner or admin. */
export async function changeMember(
  work: Work,
  site: string,
  { id, change, by, setLevel }: Changing,
): Promise<Changed[]> {
  const { db } = work
  const person = await db
    .selectFrom('person')
    .select(['role', 'member_since'])
    .where('site_id', '=', site)
    .where('id', '=', id)
    .where('merged_into', 'is', null)
    .executeTakeFirst()
  if (!person) throw new AppError('not_found', 'No such person on this site')
  const changed: Changed[] = []
  const { role, level } = change
  if (role !== undefined && role !== person.role) {
    for (const one of [role, person.role])
      if (by !== 'owner' && !outranks(by, one))
        throw new AppError('forbidden', 'is for an owner to decide: who is owner or admin', { field: 'role' })
    if (person.member_since === null)
      throw new AppError('conflict', 'is for members: this guest has not signed in yet', { field: 'role' })
    await db.updateTable('person').set({ role }).where('site_id', '=', site).where('id', '=', id).execute()
    await guardName(work, site, id)
    changed.push({ act: 'role', was: person.role, is: role })
  }
  if (level !== undefined) {
    const was = await setLevel(work, site, id, level)
    if (was !== level) changed.push({ act: 'level', was, is: level })
  }
  return changed
}
