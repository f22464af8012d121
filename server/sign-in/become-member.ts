import { sql } from 'kysely'
import { NAME_LENGTH } from '../contract/models.ts'
import { line } from '../contract/people.ts'
import type { Work } from '../deps.ts'
import { AppError } from '../errors.ts'
import { guardName, takeFreeName } from '../identity/claim-name.ts'
import { mailMark, markMail } from '../identity/marks.ts'

/** Makes a person a member; what they chose before stays. Throws where they are somebody else by now. */
export async function becomeMember(
  work: Work,
  site: string,
  person: string,
  { name, mail }: { name?: string | undefined; mail?: string | undefined },
): Promise<void> {
  const { db, now } = work
  const became = await db
    .updateTable('person')
    .set({ member_since: sql`coalesce(member_since, ${now()})` })
    .where('site_id', '=', site)
    .where('id', '=', person)
    .where('merged_into', 'is', null)
    .returning('id')
    .executeTakeFirst()
  if (!became) throw new AppError('conflict', 'This guest has just become somebody else; try again')
  await guardName(work, site, person)
  const called = name === undefined ? undefined : spoken(name)
  if (called !== undefined) await takeFreeName(work, site, person, called)
  if (mail !== undefined) await noteMail(work, site, person, mail)
}

const Name = line(NAME_LENGTH)

/** A name as others tell it, if one may be called so here. */
function spoken(name: string): string | undefined {
  const short = [...name.normalize('NFC').trim()].slice(0, NAME_LENGTH).join('')
  return short.isWellFormed() ? Name.safeParse(short).data : undefined
}

/** A mail address that was shown to be theirs: replies go there, unless they have chosen another. */
async function noteMail(work: Work, site: string, person: string, mail: string): Promise<void> {
  const mark = mailMark(mail)
  if (mark) await markMail(work, site, person, mark)
  await work.db
    .updateTable('person')
    .set({ mail, mail_confirmed: 1 })
    .where('site_id', '=', site)
    .where('id', '=', person)
    .where((where) => where.or([where('mail', 'is', null), where('mail', '=', mail)]))
    .execute()
}
