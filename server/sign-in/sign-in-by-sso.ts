import type { SignedIn } from '../contract/sign-in.ts'
import type { Work } from '../deps.ts'
import { isDisposable } from '../disposable-mail.ts'
import { personByKey, visitorKey } from '../identity/find-person.ts'
import { meOf } from '../identity/me.ts'
import { mailbox } from '../identity/rules.ts'
import type { Joining } from '../identity/take-over.ts'
import { mergeInto } from './merge-guest.ts'
import { signIn } from './sign-in.ts'
import type { SsoClaims } from './verify-sso.ts'

/**
 * Signs somebody in whom the host knows. The host's id of them is its customer id, too: what its server told of that
 * customer is theirs.
 */
export async function signInBySso(
  work: Work,
  site: string,
  claims: SsoClaims,
  { visitor, ...joining }: Joining & { visitor: string | undefined },
): Promise<SignedIn> {
  const { db } = work
  const customer = visitorKey({ customerId: claims.sub })
  const known = await personByKey(db, site, customer)
  const signed = await signIn(work, site, {
    kind: 'sso',
    subject: claims.sub,
    data: {},
    name: claims.name,
    mail: provenMail(claims),
    guest: known,
    visitor,
    ...joining,
  })
  const { id } = signed.me
  if (known === undefined) await knowCustomer(work, site, id, customer)
  else if (known !== id) await mergeInto(work, site, known, id, joining.takeOver)
  if (claims.grapevine_role) await takeRole(work, site, id, claims.grapevine_role)
  return { ...signed, me: await meOf(db, site, id) }
}

/** The address, where the host vouches for it and it is one that can be written to. */
function provenMail({ email, email_verified }: SsoClaims): string | undefined {
  const address = email?.trim()
  const usable = address !== undefined && address.length <= 254 && mailbox(address) !== undefined
  return usable && email_verified === true && !isDisposable(address) ? address : undefined
}

async function knowCustomer({ db, now }: Work, site: string, person: string, key: string): Promise<void> {
  await db
    .insertInto('person_key')
    .values({
      site_id: site,
      key_hash: key,
      person_id: person,
      created_at: now(),
      kind: 'customer',
      expires_at: null,
    })
    .onConflict((conflict) => conflict.columns(['site_id', 'key_hash']).doNothing())
    .execute()
}

/** What the host says of somebody's role holds, but of an owner's. */
async function takeRole(
  { db }: Work,
  site: string,
  person: string,
  role: NonNullable<SsoClaims['grapevine_role']>,
): Promise<void> {
  await db
    .updateTable('person')
    .set({ role })
    .where('site_id', '=', site)
    .where('id', '=', person)
    .where('role', '<>', 'owner')
    .execute()
}
