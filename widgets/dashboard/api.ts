import type { OwnerChanges, OwnerReads, OwnerWrites } from '../../server/contract/api.ts'
import type { ErrorAnswer } from '../../server/contract/errors.ts'
import type { SignIn, Site } from '../../server/contract/sites.ts'

/** A refused or failed request; `status` 0 is a server that could not be reached. */
export class RequestError extends Error {
  readonly status: number
  readonly requestId: string | undefined
  /** The input at fault, as a path: `rule.pot.percent`. */
  readonly field: string | undefined

  constructor(status: number, message: string, requestId?: string, field?: string) {
    super(message)
    this.status = status
    this.requestId = requestId
    this.field = field
  }
}

/** Parameters of a report; those that are undefined are left out. */
export type Query = Readonly<Record<string, string | number | undefined>>

/** Where a report is, with its parameters: what `read` asks for, and what a link to a file of it says. */
export function addressOf(path: string, query: Query = {}): string {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value !== undefined) params.set(name, String(value))
  return params.size > 0 ? `${path}?${params}` : path
}

/** Reads a report or the list of sites, with the owner's cookie. */
export async function read<P extends keyof OwnerReads>(path: P, query: Query = {}, signal?: AbortSignal) {
  const response = await request(addressOf(path, query), signal ? { signal } : {})
  return (await response.json()) as OwnerReads[P]
}

/** Makes or does something as the owner. Every call is an act of its own: a repeated click is a second one. */
export async function post<P extends keyof OwnerWrites>(path: P, body: OwnerWrites[P]['body']) {
  return (await (await send('POST', path, body)).json()) as OwnerWrites[P]['answer']
}

/** Changes something as the owner; what the body leaves out stays as it is. */
export async function patch<P extends keyof OwnerChanges>(path: P, body: OwnerChanges[P]['body']) {
  return (await (await send('PATCH', path, body)).json()) as OwnerChanges[P]['answer']
}

/** Takes something away as the owner. */
export async function remove(path: string): Promise<void> {
  await send('DELETE', path)
}

/** Signs in by a one-time token or a secret key; the answer sets the cookie. */
export const signIn = (by: SignIn): Promise<Site> => post('/v1/owner/session', by)

/** Signs out: the cookie is void afterwards. */
export const signOut = (): Promise<void> => remove('/v1/owner/session')

function send(method: string, path: string, body?: object): Promise<Response> {
  if (body === undefined) return request(path, { method })
  const headers = { 'content-type': 'application/json' }
  return request(path, { method, headers, body: JSON.stringify(body) })
}

async function request(path: string, init: RequestInit): Promise<Response> {
  let response: Response
  try {
    response = await fetch(path, { credentials: 'same-origin', ...init })
  } catch (cause) {
    if (init.signal?.aborted) throw cause
    throw new RequestError(0, 'unreachable')
  }
  if (response.ok) return response
  const answer = (await response.json().catch(() => undefined)) as Partial<ErrorAnswer> | undefined
  throw new RequestError(
    response.status,
    answer?.error?.message ?? response.statusText,
    answer?.error?.requestId,
    answer?.error?.field,
  )
}
