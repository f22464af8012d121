import { setTimeout as sleep } from 'node:timers/promises'
import type { ErrorAnswer } from '../contract/errors.ts'

/** The server refused a call, or could not be reached for longer than the replay waits. */
export class ServerCallError extends Error {
  override name = 'ServerCallError'
  /** The HTTP status; null when no answer came. */
  status: number | null

  constructor(status: number | null, message: string) {
    super(message)
    this.status = status
  }
}

/** Calls to one server in one site's name. */
export interface ServerCalls {
  /** Posts until it is answered; the key makes a repeated call have one effect. */
  post: <Answer>(path: string, body: unknown, idempotencyKey: string) => Promise<Answer>
  get: <Answer>(path: string) => Promise<Answer>
}

const passing = new Set([408, 425, 429, 502, 503, 504])
const longestWait = 5_000

/** Opens calls with a secret key. A server that is busy, starting or gone is asked again for up to `patience` ms. */
export function openCalls(server: string, secretKey: string, patience = 60_000): ServerCalls {
  const headers = { authorization: `Bearer ${secretKey}`, 'user-agent': 'grapevine-replay' }

  async function call<Answer>(path: string, init: RequestInit): Promise<Answer> {
    const until = Date.now() + patience
    for (let wait = 100; ; wait = Math.min(wait * 2, longestWait)) {
      const response = await fetch(new URL(path, server), { ...init, redirect: 'error' }).catch(
        (error: Error) => error,
      )
      if (!(response instanceof Error)) {
        if (response.ok) return (await response.json()) as Answer
        if (!passing.has(response.status) || Date.now() > until) throw await refusal(path, response)
        await response.body?.cancel()
        wait = Math.max(wait, Math.min(Number(response.headers.get('retry-after')) * 1000 || 0, longestWait))
      } else if (Date.now() > until) {
        throw new ServerCallError(null, `${server} does not answer (${reason(response)})`)
      }
      // Spread, so that lanes refused together do not come back together.
      await sleep(wait * (0.5 + Math.random()))
    }
  }

  return {
    post: (path, body, idempotencyKey) =>
      call(path, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { ...headers, 'content-type': 'application/json', 'idempotency-key': idempotencyKey },
      }),
    get: (path) => call(path, { headers }),
  }
}

async function refusal(path: string, response: Response): Promise<ServerCallError> {
  const answer = (await response.json().catch(() => null)) as Partial<ErrorAnswer> | null
  const { message = 'no reason given', field } = answer?.error ?? {}
  const where = field ? ` (${field})` : ''
  return new ServerCallError(
    response.status,
    `${path} was refused with ${response.status}: ${message}${where}`,
  )
}

const reason = (error: Error): string => (error.cause instanceof Error ? error.cause.message : error.message)
