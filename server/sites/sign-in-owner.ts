import type { SignIn } from '../contract/sites.ts'
import type { Work } from '../deps.ts'
import { AppError } from '../errors.ts'
import { newKey, siteOfKey } from '../ids.ts'
import { hashSecret } from '../secrets.ts'
import { siteBySecretKey } from './find-site.ts'
import type { Site } from './site.ts'
import { insertOwnerSession, siteById, takeOwnerSession } from './store.ts'

const MINUTE = 60_000
/** How long a one-time link can be used. */
const LINK_MS = 60 * MINUTE
/** How long an owner stays signed in, in ms. */
export const SESSION_MS = 30 * 24 * 60 * MINUTE

/** Makes a one-time token that signs the owner of a site in. */
export async function issueSignInLink({ db, now }: Work, site: string): Promise<string> {
  const token = newKey('ol', site, 32)
  await insertOwnerSession(db, {
    site_id: site,
    token_hash: hashSecret(token),
    kind: 'link',
    expires_at: now() + LINK_MS,
  })
  return token
}

/** Exchanges a one-time token or a secret key for a session. */
export async function signInOwner(work: Work, credential: SignIn): Promise<{ site: Site; session: string }> {
  const site =
    'token' in credential
      ? await siteOfLink(work, credential.token)
      : await siteBySecretKey(work.db, credential.key)
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
    expires_at: expires,
  })
  return { site, session }
}

/** Ends a session. */
export async function signOutOwner({ db, now }: Work, session: string): Promise<void> {
  const id = siteOfKey('os', session)
  if (id) await takeOwnerSession(db, { site_id: id, token_hash: hashSecret(session), kind: 'session' }, now())
}

async function siteOfLink({ db, now }: Work, token: string): Promise<Site | undefined> {
  const id = siteOfKey('ol', token)
  const good =
    id && (await takeOwnerSession(db, { site_id: id, token_hash: hashSecret(token), kind: 'link' }, now()))
  return good ? siteById(db, id) : undefined
}
