import { hash } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Database } from '../db/schema.ts'
import type { Work } from '../deps.ts'

/** What avatars are kept and served as. */
export const AVATAR_TYPE = 'image/webp'

/** Gives a person a picture in place of the one they had. The same picture of the same person has the same id. */
export async function setAvatar(work: Work, site: string, person: string, picture: Buffer): Promise<void> {
  const id = hash('sha256', Buffer.concat([Buffer.from(`${person} `), picture]), 'base64url').slice(0, 22)
  await clearAvatar(work, site, person)
  await work.db
    .insertInto('avatar')
    .values({
      site_id: site,
      id,
      person_id: person,
      type: AVATAR_TYPE,
      bytes: picture.toString('base64'),
      at: work.now(),
    })
    .onConflict((conflict) => conflict.columns(['site_id', 'id']).doNothing())
    .execute()
  await nameAvatar(work, site, person, id)
}

/** Takes a person's picture away; initials are drawn again. */
export async function clearAvatar(work: Work, site: string, person: string): Promise<void> {
  await work.db.deleteFrom('avatar').where('site_id', '=', site).where('person_id', '=', person).execute()
  await nameAvatar(work, site, person, null)
}

const nameAvatar = ({ db }: Work, site: string, person: string, avatar: string | null) =>
  db.updateTable('person').set({ avatar }).where('site_id', '=', site).where('id', '=', person).execute()

/** The bytes of a picture. */
export async function findAvatar(
  db: Kysely<Database>,
  site: string,
  id: string,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const row = await db
    .selectFrom('avatar')
    .select('bytes')
    .where('site_id', '=', site)
    .where('id', '=', id)
    .executeTakeFirst()
  return row && new Uint8Array(Buffer.from(row.bytes, 'base64'))
}
