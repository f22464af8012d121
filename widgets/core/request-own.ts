import type { PageReads, PersonalReads, PersonalWrites } from '../../server/contract/api.ts'
import type { ErrorAnswer } from '../../server/contract/errors.ts'
import { request } from './api.ts'
import { type Failure, GrapevineEvent } from './events.ts'
import { newKey, personToken } from './identity.ts'
import { forget, memory, recall, storageAllowed } from './storage.ts'

/** That the server refused, or could not be reached (`code` is `unreachable`). */
export class RequestFailure extends Error implements Failure {
  readonly code: string
  readonly field: string | undefined
  /** With `proof_required`: what to solve. */
  readonly challenge: unknown
  /** Seconds after which to try again; 0 where nothing is said. */
  readonly after: number

  constructor({ code, message, field, challenge }: Failure & { challenge?: unknown }, after = 0) {
    super(message)
    this.code = code
    this.field = field
    this.challenge = challenge
    this.after = after
  }
}

/** The token that this person has already: looking never makes one. */
export const knownToken = (): string | null => recall('token')

/** What somebody says or changes has an author, also where nothing may be stored: for as long as the page lives. */
function actingToken(): string {
  const token = personToken() ?? knownToken() ?? `pt_${newKey()}${newKey()}`.slice(0, 35)
  if (!storageAllowed()) memory.set('token', token)
  return token
}

/** Reads what is the same for everybody. */
export const readShared = async <P extends keyof PageReads>(path: P, query = ''): Promise<PageReads[P]> =>
  (await answerOf(path + query, {}, null)) as PageReads[P]

/** Reads what a person may know, as whoever they are already. */
export const readOwn = async <P extends keyof PersonalReads>(
  path: P,
  query = '',
): Promise<PersonalReads[P]> => (await answerOf(path + query, {}, knownToken())) as PersonalReads[P]

/** Changes something of a person's own: a deliberate act, which makes them somebody. The same `key` is the same act. */
export async function writeOwn<R extends keyof PersonalWrites>(
  route: R,
  body: PersonalWrites[R]['body'],
  key: string = newKey(),
): Promise<PersonalWrites[R]['answer']> {
  const [method = '', path = ''] = route.split(' ')
  const said = JSON.stringify(body) as string | undefined
  // A browser lets no more than 64 KiB outlive the page.
  const init = { method, body: said ?? null, keepalive: (said?.length ?? 0) < 16_000 }
  return (await answerOf(path, init, actingToken(), key)) as PersonalWrites[R]['answer']
}

async function answerOf(path: string, init: RequestInit, token: string | null, key = ''): Promise<unknown> {
  const headers = {
    ...(init.body ? { 'Content-Type': 'application/json', 'Idempotency-Key': key } : {}),
    ...(token && { Authorization: `Bearer ${token}` }),
  }
  const answer = await request(path, init, headers).catch((error: unknown) => {
    throw new RequestFailure({ code: 'unreachable', message: `${error}` })
  })
  const body = (await answer.json().catch(() => null)) as unknown
  if (answer.ok && (body || answer.status === 204)) return body ?? {}
  const { error } = (body ?? {}) as Partial<ErrorAnswer>
  // A session that was ended elsewhere, or is too old.
  if (answer.status === 401 && token && !error?.field && token === knownToken()) {
    forget('token')
    document.dispatchEvent(new GrapevineEvent('signed-in', { member: false, name: null }))
  }
  throw new RequestFailure(
    error ?? { code: 'refused', message: `The server answered ${answer.status}` },
    Number(answer.headers.get('Retry-After')),
  )
}
