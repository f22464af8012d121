import type { Work } from '../deps.ts'
import { readStop, stops } from './mail-links.ts'

/** Takes an address off the list by the token of a mail that went there, and forgets it; done twice it stays done. */
export async function stopMail({ db }: Work, secret: string, token: string): Promise<boolean> {
  const who = readStop(token)
  if (!who) return false
  const person = await db
    .selectFrom('person')
    .select('mail')
    .where('site_id', '=', who.site)
    .where('id', '=', who.person)
    .executeTakeFirst()
  if (!person) return false
  if (person.mail === null) return true
  if (!stops(secret, token, who, person.mail)) return false
  await db
    .updateTable('person')
    .set({ mail: null, mail_confirmed: 0 })
    .where('site_id', '=', who.site)
    .where('id', '=', who.person)
    .execute()
  return true
}
