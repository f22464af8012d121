import type { SignIn } from '../contract/sites.ts'
import type { Work } from '../deps.ts'
import { AppError } from '../errors.ts'
import { newKey, siteOfKey } from '../ids.ts'
import { hashSecret } from '../secrets.ts'
import { type Role, siteBySecretKey } from './find-site.ts'
import type { Site } from './site.ts'
import { dropOwnerSessions, insertOwnerSession, siteById, takeOwnerSession } from './store.ts'

const MINUTE = 60_000
/** How long a one-time link can be used. */
const LINK_MS = 60 * MINUTE
/** How long an owner stays signed in, in ms. */
export const SESSION_MS = 30 * 24 * 60 * MINUTE

/** Makes a one-time token that signs somebody in: the owner of a site, or a person who helps them. */
export async function issueSignInLink(
  { db, now }: Work,
  site: string,
  { role, person }: { role: Role; person: string | null } = { role: 'owner', person: null },
): Promise<string> {
  const token = newKey('ol', site, 32)
  await insertOwnerSession(db, {
    site_id: site,
    token_hash: hashSecret(token),
    kind: 'link',
    role,
    person_id: person,
    expires_at: now() + LINK_MS,
  })
  return token
}

/** Exchanges a one-time token or a secret key for a session. */
export async function signInOwner(
  work: Work,
  credential: SignIn,
): Promise<{ site: Site; session: string; role: Role }> {
  const link = 'token' in credential ? await takeLink(work, credential.token) : undefined
  const site = 'key' in credential ? await siteBySecretKey(work.db, credential.key) : link?.site
  if (!site) {
    throw 'token' in credential
      ? new AppError('unauthorized', 'This link has been used or is too old. Ask for a new one', {
          field: 'token',
        })
      : new AppError('unauthorized', 'No site has this secret key', { field: 'key' })
  }
  const session = newKey('os', site.id, 32)
  const expires = work.now() + SESSION_MS
  await insertOwnerSession(work.db, {
    site_id: site.id,
    token_hash: hashSecret(session),
    kind: 'session',
    role: link?.role ?? 'owner',
    person_id: link?.person ?? null,
    expires_at: expires,
  })
  return { site, session, role: link?.role ?? 'owner' }
}

/** Ends a session. */
export async function signOutOwner({ db, now }: Work, session: string): Promise<void> {
  const id = siteOfKey('os', session)
  if (id) await takeOwnerSession(db, { site_id: id, token_hash: hashSecret(session), kind: 'session' }, now())
}

/** Signs a person out of the dashboard, wherever they are in it. */
export const signOutPerson = ({ db }: Work, site: string, person: string): Promise<void> =>
  dropOwnerSessions(db, site, person)

async function takeLink({ db, now }: Work, token: string) {
  const id = siteOfKey('ol', token)
  if (!id) return undefined
  const link = await takeOwnerSession(db, { site_id: id, token_hash: hashSecret(token), kind: 'link' }, now())
  const site = link && (await siteById(db, id))
  return site && link && { site, role: link.role, person: link.person_id }
}
