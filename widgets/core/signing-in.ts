import type { Me } from '../../server/contract/people.ts'
import type { SignedIn } from '../../server/contract/sign-in.ts'
import { GrapevineEvent } from './events.ts'
import { knownToken, RequestFailure, readOwn, writeOwn } from './request-own.ts'
import { forget, keep, recall } from './storage.ts'

/** What this browser did as a guest before somebody signed in who is not that guest: theirs only if they say so. */
export interface Guest {
  token: string
  name: string | null
  comments: number
  shares: number
}

/** Whoever the page signs in stays so for an hour before the server is asked again. */
const AGAIN_MS = 60 * 60 * 1000
/** Claims of a JWT that are new in each. */
const PASSING = ['exp', 'iat', 'jti', 'nbf']

/** Takes a new session in place of the token that this browser had, and tells everything on the page. */
export function takeSession({ token, me, guest }: SignedIn): Me {
  const before = knownToken()
  if (guest && before) keep('guest', JSON.stringify({ ...guest, token: before }))
  keep('token', token)
  tell(me)
  return me
}

/** The guest that this browser was, as long as nobody has said whether they were the same. */
export function formerGuest(): Guest | undefined {
  try {
    const guest = JSON.parse(recall('guest') ?? 'null') as Guest | null
    return guest?.token ? guest : undefined
  } catch {
    return undefined // the page can write there too
  }
}

/** Makes what the guest did the member's own, or leaves it as it is: either is asked once. */
export async function settleGuest(theirs: boolean): Promise<Me | undefined> {
  const guest = formerGuest()
  const me = theirs && guest ? await writeOwn('POST /v1/me/merge', { guest: guest.token }) : undefined
  forget('guest')
  if (me) tell(me)
  return me
}

/** Ends the session of this browser, which is nobody's then. */
export async function signOut(everywhere = false): Promise<void> {
  const route = `DELETE /v1/session${everywhere ? '?everywhere=true' : ''}` as 'DELETE /v1/session'
  if (knownToken())
    await writeOwn(route, undefined).catch((error: unknown) => {
      // A session that is over already is what was wanted.
      if (!(error instanceof RequestFailure && error.code === 'unauthorized')) throw error
    })
  for (const key of ['token', 'guest', 'sso']) forget(key)
  document.dispatchEvent(new GrapevineEvent('signed-in', { member: false, name: null }))
}

/**
 * Signs in whom the page's own server vouches for, by the JWT it signed; null signs out whoever was signed in so. May be
 * called on every page: the server is asked when it is somebody else, or once an hour.
 */
export async function identify({ token }: { token: string | null }): Promise<Me | null> {
  const [was, at] = (recall('sso') ?? '').split(' ')
  try {
    if (token === null) {
      if (was) await signOut()
      return null
    }
    const who = markOf(token)
    const fresh = was === who && Date.now() - Number(at) < AGAIN_MS && knownToken()
    const me = fresh ? await readOwn('/v1/me') : undefined
    if (me?.member) return me
    const signedIn = takeSession(await writeOwn('POST /v1/sign-in/sso', { token }))
    keep('sso', `${who} ${Date.now()}`)
    return signedIn
  } catch (error) {
    const { code = 'sign_in_failed', message, field } = error as Partial<RequestFailure>
    document.dispatchEvent(new GrapevineEvent('error', { code, message: message ?? `${error}`, field }))
    return null
  }
}

const tell = ({ member, name }: Me) =>
  document.dispatchEvent(new GrapevineEvent('signed-in', { member, name }))

/** A short mark of what a JWT says, to know it again; it proves nothing. */
function markOf(token: string): string {
  let said = token
  try {
    const part = token.split('.')[1] ?? ''
    const claims = JSON.parse(atob(part.replaceAll('-', '+').replaceAll('_', '/'))) as Record<string, unknown>
    said = JSON.stringify(Object.entries(claims).filter(([name]) => !PASSING.includes(name)))
  } catch {
    // no JWT: the server will say so
  }
  let mark = 0
  for (const letter of said) mark = (Math.imul(mark, 31) + (letter.codePointAt(0) ?? 0)) | 0
  return (mark >>> 0).toString(36)
}
