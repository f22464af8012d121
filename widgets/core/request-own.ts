import type { PageReads, PersonalReads, PersonalWrites } from '../../server/contract/api.ts'
import type { ErrorAnswer } from '../../server/contract/errors.ts'
import { request } from './api.ts'
import type { Failure } from './events.ts'
import { newKey, personToken } from './identity.ts'
import { recall, storageAllowed } from './storage.ts'

/** That the server refused, or could not be reached (`code` is `unreachable`). */
export class RequestFailure extends Error implements Failure {
  readonly code: string
  readonly field: string | undefined

  constructor({ code, message, field }: Failure) {
    super(message)
    this.code = code
    this.field = field
  }
}

/** The token that this person has already: looking never makes one. */
export const knownToken = (): string | null => (storageAllowed() ? recall('token') : null)

/** Reads what is the same for everybody. */
export const readShared = async <P extends keyof PageReads>(path: P, query = ''): Promise<PageReads[P]> =>
  (await answerOf(path + query, {}, null)) as PageReads[P]

/** Reads what a person may know, as whoever they are already. */
export const readOwn = async <P extends keyof PersonalReads>(
  path: P,
  query = '',
): Promise<PersonalReads[P]> => (await answerOf(path + query, {}, knownToken())) as PersonalReads[P]

/** Changes something of a person's own: a deliberate act, which makes them somebody. */
export async function writeOwn<R extends keyof PersonalWrites>(
  route: R,
  body: PersonalWrites[R]['body'],
): Promise<PersonalWrites[R]['answer']> {
  const [method = '', path = ''] = route.split(' ')
  const init = { method, body: JSON.stringify(body), keepalive: true }
  return (await answerOf(path, init, personToken())) as PersonalWrites[R]['answer']
}

async function answerOf(path: string, init: RequestInit, token: string | null | undefined): Promise<unknown> {
  const headers = {
    ...(init.body ? { 'Content-Type': 'application/json', 'Idempotency-Key': newKey() } : {}),
    ...(token && { Authorization: `Bearer ${token}` }),
  }
  const answer = await request(path, init, headers).catch((error: unknown) => {
    throw new RequestFailure({ code: 'unreachable', message: `${error}` })
  })
  const body = (await answer.json().catch(() => null)) as unknown
  if (answer.ok && body) return body
  const { error } = (body ?? {}) as Partial<ErrorAnswer>
  throw new RequestFailure(error ?? { code: 'refused', message: `The server answered ${answer.status}` })
}
