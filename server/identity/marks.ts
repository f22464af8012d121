import type { Work } from '../deps.ts'
import { fingerprint } from '../secrets.ts'
import { mailbox, payoutIdentity } from './rules.ts'

/** The hash by which two mail addresses are known to be one mailbox; none for what is no address. */
export function mailMark(text: string): string | undefined {
  const known = mailbox(text)
  return known && fingerprint(`mail:${known}`)
}

/** Notes that a person is known to have a mailbox: two persons with one may be one. */
export async function markMail({ db, now }: Work, site: string, person: string, hash: string): Promise<void> {
  await db
    .insertInto('person_mark')
    .values({ site_id: site, kind: 'mail', hash, person_id: person, at: now() })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Notes where a person's money goes, in place of where it went before: two persons with one purse may be one. */
export async function markPayout(
  { db, now }: Work,
  site: string,
  person: string,
  payout: string | null,
): Promise<void> {
  await db
    .deleteFrom('person_mark')
    .where('site_id', '=', site)
    .where('person_id', '=', person)
    .where('kind', '=', 'payout')
    .execute()
  if (payout === null) return
  const mail = mailMark(payout)
  const marks = [
    { kind: 'payout' as const, hash: fingerprint(`payout:${payoutIdentity(payout)}`) },
    ...(mail ? [{ kind: 'mail' as const, hash: mail }] : []),
  ]
  await db
    .insertInto('person_mark')
    .values(marks.map((mark) => ({ site_id: site, person_id: person, at: now(), ...mark })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
