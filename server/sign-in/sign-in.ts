import type { SignedIn } from '../contract/sign-in.ts'
import type { Work } from '../deps.ts'
import type { DomainEvent } from '../events.ts'
import { personForAct } from '../identity/find-person.ts'
import { enterIdentity, type Identity, memberByIdentity } from '../identity/identities.ts'
import { meOf } from '../identity/me.ts'
import { endSessions, openSession, retireVisitor } from '../identity/sessions.ts'
import type { Joining } from '../identity/take-over.ts'
import { becomeMember } from './become-member.ts'
import { heldBy } from './held-by.ts'

/** Somebody who has shown who they are, by whichever way. */
export interface SigningIn extends Identity, Joining {
  /** What they are called there; taken where they chose no name and it is free. */
  name?: string | undefined
  /** A mail address that has been shown to be theirs. */
  mail?: string | undefined
  /** A guest who they are known as elsewhere: they become the member where the browser is no guest. */
  guest?: string | undefined
  /** The hash of the token that their browser sent; none where it keeps none. */
  visitor: string | undefined
}

/** Whoever had a browser's token before. */
type Before = Awaited<ReturnType<typeof heldBy>>

/**
 * Signs somebody in: the one verb that all ways end in. A guest who shows themselves for the first time becomes the
 * member, with all that was theirs. Whoever is known already gets a token of theirs, and is told of the guest that this
 * browser was. The token that the browser sent works no longer, unless it is that guest's.
 */
export async function signIn(work: Work, site: string, signing: SigningIn): Promise<SignedIn> {
  const { visitor } = signing
  const before = visitor === undefined ? undefined : await heldBy(work.db, site, visitor)
  const known = await memberByIdentity(work.db, site, signing)
  const person = known ?? (await newMember(work, site, signing, before))
  const { token, key, expiresAt } = await openSession(work, site, person)
  if (visitor !== undefined) await leave(work, site, { ...signing, visitor, before, person, key })
  return {
    token,
    expiresAt: new Date(expiresAt).toISOString(),
    me: await meOf(work.db, site, person),
    guest: before?.guest && before.id !== person ? before.guest : null,
  }
}

/** Makes a member of the guest that the browser is, or of somebody born now; of two at once, both get the first. */
async function newMember(work: Work, site: string, signing: SigningIn, before: Before): Promise<string> {
  const { visitor, broughtBy } = signing
  const events: DomainEvent[] = []
  const share = visitor === undefined || before ? null : await broughtBy(work, site, visitor)
  const quiet = { ...work, emit: (event: DomainEvent) => events.push(event) }
  const guest = before?.guest ? before.id : await guestOf(work.db, site, signing.guest)
  const person = guest ?? (await personForAct(quiet, site, undefined, share))
  if (await enterIdentity(work, site, person, signing)) {
    events.forEach(work.emit)
    await becomeMember(work, site, person, signing)
    return person
  }
  if (guest === undefined)
    await work.db.deleteFrom('person').where('site_id', '=', site).where('id', '=', person).execute()
  return (await memberByIdentity(work.db, site, signing)) as string
}

async function guestOf(db: Work['db'], site: string, id: string | undefined): Promise<string | undefined> {
  if (id === undefined) return undefined
  const row = await db
    .selectFrom('person')
    .select('id')
    .where('site_id', '=', site)
    .where('id', '=', id)
    .where('member_since', 'is', null)
    .where('merged_into', 'is', null)
    .executeTakeFirst()
  return row?.id
}

/** What becomes of the token that the browser had. */
async function leave(
  work: Work,
  site: string,
  {
    visitor,
    before,
    person,
    key,
    takeOver,
  }: SigningIn & { visitor: string; before: Before; person: string; key: string },
): Promise<void> {
  if (before && before.id !== person) {
    if (before.guest) await takeOver.bans(work, site, before.id, person)
    else await endSessions(work, site, before.id, visitor)
    return
  }
  await takeOver.key(work, site, visitor, key)
  if (before) await endSessions(work, site, person, visitor)
  else await retireVisitor(work, site, person, visitor)
}
