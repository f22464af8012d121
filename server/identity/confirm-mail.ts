import type { Work } from '../deps.ts'
import { AppError } from '../errors.ts'
import { enqueue } from '../outbox.ts'
import { hashSecret } from '../secrets.ts'
import { type MailPace, mayMail } from './mail-pace.ts'
import { mailbox } from './rules.ts'

/** How long a link that confirms an address is good, in ms. */
const LINK_MS = 7 * 24 * 60 * 60_000
/** How often an address is asked, whoever names it: it is left alone for a while, and for the day after some times. */
const PACES: MailPace[] = [
  { kind: 'confirm-asked', most: 1, withinMs: 10 * 60_000 },
  { kind: 'confirm-day', most: 5, withinMs: 24 * 60 * 60_000 },
]

/** What is asked of an address: a job's body. */
export interface Asking {
  kind: 'confirm'
  person: string
  mail: string
}

/** Sets where somebody hears of replies; null for nowhere. Until the address says yes, nothing but that question goes there. */
export async function askToConfirm(
  work: Work,
  site: string,
  person: string,
  mail: string | null,
): Promise<void> {
  const { db } = work
  const known = await db
    .selectFrom('person')
    .select(['mail', 'mail_confirmed'])
    .where('site_id', '=', site)
    .where('id', '=', person)
    .executeTakeFirstOrThrow()
  if (mail !== null && mailbox(mail) === undefined)
    throw new AppError('invalid', 'is not a mail address', { field: 'mail' })
  if (mail === known.mail && (mail === null || known.mail_confirmed === 1)) return
  await db
    .updateTable('person')
    .set({ mail, mail_confirmed: 0 })
    .where('site_id', '=', site)
    .where('id', '=', person)
    .execute()
  if (mail !== null && (await mayMail(work, site, mail, PACES)))
    await enqueue(work, site, 'send-mail', { kind: 'confirm', person, mail } satisfies Asking)
}

/** Keeps the secret of a link that was made for an address, as its hash. */
export async function enterLink(
  { db, now }: Work,
  site: string,
  token: string,
  asked: Asking,
): Promise<void> {
  const { person, mail } = asked
  const row = { data: JSON.stringify({ person, mail }), attempts: 0, at: now(), expires_at: now() + LINK_MS }
  await db
    .insertInto('sign_in')
    .values({ site_id: site, kind: 'confirm', token_hash: hashSecret(token), ...row })
    .execute()
}

/** Says yes for an address, once; answers false where the link is spent, too old, or about another address by now. */
export async function confirmMail({ db, now }: Work, site: string, token: string): Promise<boolean> {
  const link = await db
    .deleteFrom('sign_in')
    .where('site_id', '=', site)
    .where('kind', '=', 'confirm')
    .where('token_hash', '=', hashSecret(token))
    .returning(['data', 'expires_at'])
    .executeTakeFirst()
  if (!link || link.expires_at <= now()) return false
  const { person, mail } = JSON.parse(link.data) as { person: string; mail: string }
  const { id } = await whoIsNow(db, site, person)
  const confirmed = await db
    .updateTable('person')
    .set({ mail_confirmed: 1 })
    .where('site_id', '=', site)
    .where('id', '=', id)
    .where('mail', '=', mail)
    .returning('id')
    .executeTakeFirst()
  return confirmed !== undefined
}

/** A person, or the one that they turned out to be. */
export async function whoIsNow(db: Work['db'], site: string, person: string) {
  const find = (id: string) =>
    db
      .selectFrom('person')
      .select(['id', 'name', 'mail', 'mail_confirmed', 'merged_into'])
      .where('site_id', '=', site)
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
  const found = await find(person)
  return found.merged_into === null ? found : find(found.merged_into)
}
