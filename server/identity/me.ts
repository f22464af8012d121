import type { Kysely } from 'kysely'
import type { Me } from '../contract/people.ts'
import type { Database } from '../db/schema.ts'
import type { Work } from '../deps.ts'
import { avatarPath } from './authors.ts'
import { claimName } from './claim-name.ts'
import { askToConfirm } from './confirm-mail.ts'
import { waysOfPerson } from './identities.ts'
import { markPayout } from './marks.ts'

/** What a person may change of themselves. */
export interface Change {
  name?: string | null | undefined
  listed?: boolean | undefined
  payout?: string | null | undefined
  mail?: string | null | undefined
}

/** A person as they see themselves. */
export async function meOf(db: Kysely<Database>, site: string, person: string): Promise<Me> {
  const { id, name, listed, payout, created_at, member_since, role, mail, mail_confirmed, avatar } = await db
    .selectFrom('person')
    .selectAll()
    .where('site_id', '=', site)
    .where('id', '=', person)
    .executeTakeFirstOrThrow()
  return {
    id,
    name,
    listed: listed === 1,
    payout,
    createdAt: new Date(created_at).toISOString(),
    member: member_since !== null,
    role,
    avatar: avatarPath(site, avatar),
    mail: mail === null ? null : { address: mail, confirmed: mail_confirmed === 1 },
    signsInBy: await waysOfPerson(db, site, id),
  }
}

/** Changes what a person says of themselves; what is not named stays. */
export async function changeMe(
  work: Work,
  site: string,
  person: string,
  { name, listed, payout, mail }: Change,
): Promise<Me> {
  if (name) await claimName(work, site, person, name)
  const changed = {
    ...(name === null ? { name, name_key: null } : {}),
    ...(listed === undefined ? {} : { listed: Number(listed) }),
    ...(payout === undefined ? {} : { payout }),
  }
  if (Object.keys(changed).length > 0)
    await work.db
      .updateTable('person')
      .set(changed)
      .where('site_id', '=', site)
      .where('id', '=', person)
      .execute()
  if (payout !== undefined) await markPayout(work, site, person, payout)
  if (mail !== undefined) await askToConfirm(work, site, person, mail)
  return meOf(work.db, site, person)
}
