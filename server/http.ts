import type { HttpBindings } from '@hono/node-server'
import { OpenAPIHono, type z } from '@hono/zod-openapi'
import type { Context, MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { HTTPException } from 'hono/http-exception'
import { ErrorAnswer, type ErrorCode } from './contract/errors.ts'
import type { Deps } from './deps.ts'
import { AppError } from './errors.ts'
import { checkText, readJsonBody } from './input-gate.ts'
import { invalid } from './invalid.ts'
import type { Site } from './sites/site.ts'

/** What a request carries through its handlers. */
export interface Env {
  Bindings: Partial<HttpBindings>
  Variables: {
    deps: Deps
    requestId: string
    /** Set once a key or a session has named it. */
    site: Site
    /** The hash of the visitor's token, when the request carries one. */
    visitor: string | undefined
    /** The request carries a secret key. */
    proved: boolean
    /** Who acts as the owner, for the record of decisions. */
    actor: string
    /** The person who acts as the owner or for them, where they are one of the site's persons. */
    staff: string | undefined
    /** What whoever acts as the owner may do. */
    role: 'owner' | 'admin' | 'moderator'
  }
}

/** Largest body, in bytes. */
const BODY_LIMIT = 256 * 1024

/** A room's router: its schemas describe and check what goes in; the first fault is told with its field. */
export const createRouter = () =>
  new OpenAPIHono<Env>({
    defaultHook: (result) => {
      if (!result.success) throw invalid(result.error.issues, result.target)
    },
  })

/** A JSON answer, for a route's description. */
export const json = <T extends z.ZodType>(schema: T, description: string) => ({
  description,
  content: { 'application/json': { schema } },
})

/** A JSON body, for a route's description. */
export const body = <T extends z.ZodType>(schema: T) => ({
  body: { required: true, content: { 'application/json': { schema } } },
})

/** The answers that every route may give when it refuses. */
export const refusals = {
  400: json(ErrorAnswer, 'The body is no JSON'),
  401: json(ErrorAnswer, 'No such key, token or session'),
  403: json(ErrorAnswer, 'Not from this origin, or not without a secret key'),
  404: json(ErrorAnswer, 'No such code, share or page on this site'),
  409: json(ErrorAnswer, 'It means something else already, or has been revoked'),
  413: json(ErrorAnswer, 'The body is too large'),
  415: json(ErrorAnswer, 'The body is not sent as application/json'),
  422: json(ErrorAnswer, 'A field is not what it should be; `field` names it'),
  428: json(ErrorAnswer, 'A proof of work is wanted first; `challenge` is what to solve'),
  429: json(ErrorAnswer, 'Too many requests; `Retry-After` says when to come again'),
} as const

/** Names a request, and makes the dependencies known to its handlers. */
export function nameRequest(c: Context<Env>, deps: Deps, requestId: string): void {
  c.set('deps', deps)
  c.set('requestId', requestId)
}

const tooLarge = () => new AppError('too_large', `The body is larger than ${BODY_LIMIT} bytes`)

const limited = bodyLimit({
  maxSize: BODY_LIMIT,
  onError: () => {
    throw tooLarge()
  },
})

/** Reads a JSON body through the gate, and query strings too, before any handler sees them. */
export const inputGate: MiddlewareHandler<Env> = async (c, next) => {
  if (c.req.url.includes('?')) checkQuery(c.req.queries())
  if (!/^(POST|PUT|PATCH)$/.test(c.req.method)) return next()
  if (!/^application\/(ld\+)?json(;\s*[\w-]+=[^;]+)*$/i.test(c.req.header('content-type') ?? '')) {
    throw new AppError('unsupported_type', 'Send the body as application/json')
  }
  // A body that tells its length is measured by it; only another one has to be counted as it comes.
  const length = c.req.header('content-length')
  if (length !== undefined && Number(length) > BODY_LIMIT) throw tooLarge()
  if (length === undefined || c.req.header('transfer-encoding')) return limited(c, readBody)
  return readBody()

  async function readBody() {
    const text = readJsonBody(await c.req.arrayBuffer())
    // Typed as what it will be, kept as the promise of it.
    c.req.bodyCache.text = Promise.resolve(text) as unknown as string
    await next()
  }
}

function checkQuery(queries: Record<string, string[]>): void {
  for (const [name, values] of Object.entries(queries)) for (const value of values) checkText(value, name)
}

/** Every error in its one shape. What is no AppError is a bug: logged whole, told as nothing. */
export function answerError(error: Error, c: Context<Env>): Response {
  const known = error instanceof AppError ? error : (fromHttpException(error) ?? fromDatabase(error))
  const requestId = c.get('requestId')
  if (!known) {
    c.get('deps').log.error('request failed', {
      requestId,
      path: c.req.path,
      error: error.stack ?? String(error),
    })
  }
  const { code, message, field } =
    known ?? new AppError('internal', 'Something went wrong here; it has been noted')
  if (known?.retryAfter) c.header('retry-after', String(Math.ceil(known.retryAfter)))
  c.header('x-request-id', requestId)
  c.header('access-control-expose-headers', 'retry-after, x-request-id')
  const answer: ErrorAnswer = { error: { code, message: field ? `${field} ${message}` : message, requestId } }
  if (field) answer.error.field = field
  if (known?.challenge) answer.error.challenge = known.challenge
  return c.json(answer, (known ?? new AppError('internal', '')).status)
}

const BY_STATUS: Record<number, ErrorCode> = {
  400: 'malformed',
  404: 'not_found',
  413: 'too_large',
  415: 'unsupported_type',
}

function fromHttpException(error: Error): AppError | undefined {
  const code = error instanceof HTTPException ? BY_STATUS[error.status] : undefined
  return code && new AppError(code, error.message)
}

/** Faults that pass by themselves: PostgreSQL gone, starting or full of connections; SQLite locked by another process. */
const PASSING = /^(ECONNREFUSED|ECONNRESET|57P0[1-3]|53300|08...)$/

function fromDatabase(error: Error): AppError | undefined {
  const { code, errcode, message } = error as Error & { code?: string; errcode?: number }
  const busy = code === 'ERR_SQLITE_ERROR' && errcode !== undefined && (errcode & 0xff) === 5
  const gone =
    PASSING.test(code ?? '') || /Connection terminated|timeout exceeded when trying to connect/.test(message)
  return busy || gone
    ? new AppError('unavailable', 'The database is busy; try again', { retryAfter: 2 })
    : undefined
}
