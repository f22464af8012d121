import type { OwnerReads } from '../../server/contract/api.ts'
import type { ErrorAnswer } from '../../server/contract/errors.ts'
import type { SignIn, Site } from '../../server/contract/sites.ts'

/** A refused or failed request; `status` 0 is a server that could not be reached. */
export class RequestError extends Error {
  readonly status: number
  readonly requestId: string | undefined

  constructor(status: number, message: string, requestId?: string) {
    super(message)
    this.status = status
    this.requestId = requestId
  }
}

/** Parameters of a report; those that are undefined are left out. */
export type Query = Readonly<Record<string, string | number | undefined>>

/** Reads a report or the list of sites, with the owner's cookie. */
export async function read<P extends keyof OwnerReads>(path: P, query: Query = {}, signal?: AbortSignal) {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value !== undefined) params.set(name, String(value))
  const search = params.size > 0 ? `?${params}` : ''
  const response = await request(`${path}${search}`, signal ? { signal } : {})
  return (await response.json()) as OwnerReads[P]
}

/** Signs in by a one-time token or a secret key; the answer sets the cookie. */
export async function signIn(by: SignIn): Promise<Site> {
  const headers = { 'content-type': 'application/json' }
  const response = await request('/v1/owner/session', { method: 'POST', headers, body: JSON.stringify(by) })
  return (await response.json()) as Site
}

/** Signs out: the cookie is void afterwards. */
export async function signOut(): Promise<void> {
  await request('/v1/owner/session', { method: 'DELETE' })
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
  )
}
