import { ERROR_STATUS, type ErrorCode } from './contract/errors.ts'

/** Something the caller should know. Anything else that is thrown is a bug. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly field: string | undefined
  /** Seconds after which to try again. */
  readonly retryAfter: number | undefined
  /** What has to be solved first. */
  readonly challenge: unknown

  constructor(
    code: ErrorCode,
    message: string,
    details: { field?: string; retryAfter?: number; challenge?: unknown } = {},
  ) {
    super(message)
    this.name = 'AppError'
    this.code = code
    this.field = details.field
    this.retryAfter = details.retryAfter
    this.challenge = details.challenge
  }

  get status() {
    return ERROR_STATUS[this.code]
  }
}
