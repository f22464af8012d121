import { sql } from 'kysely'
import type { Database } from '../db/schema.ts'
import type { Work } from '../deps.ts'
import { AppError } from '../errors.ts'
import { takeFreeName } from '../identity/claim-name.ts'
import { endSessions } from '../identity/sessions.ts'
import type { TakeOver } from '../identity/take-over.ts'
import { heldBy } from './held-by.ts'

type Person = Database['person']

/** A member, and the hash of the token of a guest who they say they were. */
export interface Merging {
  member: string
  guestKey: string
  takeOver: TakeOver
}

/** Makes all that was a guest's a member's, once and for good: the member asked for it. */
export async function mergeGuest(
  work: Work,
  site: string,
  { member, guestKey, takeOver }: Merging,
): Promise<void> {
  const { db } = work
  const is = await db
    .selectFrom('person')
    .select('member_since')
    .where('site_id', '=', site)
    .where('id', '=', member)
    .executeTakeFirst()
  if (is?.member_since == null)
    throw new AppError('forbidden', 'Sign in first: a guest cannot be merged with another')
  // Asked again, as the answer was lost, say.
  if ((await everHeldBy(work, site, guestKey)) === member) return
  const holder = await heldBy(db, site, guestKey)
  if (!holder) throw new AppError('not_found', 'is nobody’s token', { field: 'guest' })
  if (!holder.guest)
    throw new AppError('conflict', 'is a member’s token: only a guest can be merged', { field: 'guest' })
  const merged = await mergeInto(work, site, holder.id, member, takeOver)
  if (!merged && (await everHeldBy(work, site, guestKey)) !== member)
    throw new AppError('conflict', 'has just become somebody else’s', { field: 'guest' })
}

/** Whose a token is or was. What hashes like the site's own id of somebody is no token. */
async function everHeldBy({ db }: Work, site: string, key: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('person_key')
    .select('person_id')
    .where('site_id', '=', site)
    .where('key_hash', '=', key)
    .where('kind', '<>', 'customer')
    .executeTakeFirst()
  return row?.person_id
}

/**
 * Makes a guest a member's own past: shares stay where they stand, all else is re-pointed, what the member has not
 * chosen is as the guest chose it. Answers false where the guest is somebody else's by now, or a member.
 */
export async function mergeInto(
  work: Work,
  site: string,
  guest: string,
  member: string,
  takeOver: TakeOver,
): Promise<boolean> {
  const { db } = work
  const merged = await db
    .updateTable('person')
    .set({ merged_into: member })
    .where('site_id', '=', site)
    .where('id', '=', guest)
    .where('merged_into', 'is', null)
    .where('member_since', 'is', null)
    .returningAll()
    .executeTakeFirst()
  if (!merged) return false
  await endSessions(work, site, guest)
  for (const [table, column] of [
    ['person', 'merged_into'],
    ['person_key', 'person_id'],
    ['avatar', 'person_id'],
  ] as const)
    await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${member}
      where site_id = ${site} and ${sql.ref(column)} = ${guest}`.execute(db)
  await moveMarks(work, site, guest, member)
  await chooseAlike(work, site, merged, member)
  await takeOver.person(work, site, guest, member)
  return true
}

/** What the member has not chosen is as the guest chose it; the guest's own row tells nothing any more. */
async function chooseAlike(work: Work, site: string, guest: Person, member: string): Promise<void> {
  const { db } = work
  const { name, payout, mail, mail_confirmed, avatar } = guest
  await db
    .updateTable('person')
    .set({ name: null, name_key: null, listed: 0, payout: null, mail: null, mail_confirmed: 0, avatar: null })
    .where('site_id', '=', site)
    .where('id', '=', guest.id)
    .execute()
  await sql`update person set payout = coalesce(payout, ${payout}), avatar = coalesce(avatar, ${avatar}),
      mail_confirmed = case when mail is null then ${mail_confirmed} else mail_confirmed end, mail = coalesce(mail, ${mail})
    where site_id = ${site} and id = ${member}`.execute(db)
  if (name !== null) await takeFreeName(work, site, member, name)
}

async function moveMarks({ db }: Work, site: string, guest: string, member: string): Promise<void> {
  const marks = await db
    .deleteFrom('person_mark')
    .where('site_id', '=', site)
    .where('person_id', '=', guest)
    .returningAll()
    .execute()
  if (marks.length === 0) return
  await db
    .insertInto('person_mark')
    .values(marks.map((mark) => ({ ...mark, person_id: member })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
