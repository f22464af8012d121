import { z } from '@hono/zod-openapi'

/** Every error code, with the HTTP status it is answered with. */
export const ERROR_STATUS = {
  malformed: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  unsupported_type: 415,
  invalid: 422,
  proof_required: 428,
  rate_limited: 429,
  internal: 500,
  unavailable: 503,
} as const

export type ErrorCode = keyof typeof ERROR_STATUS

/** The one shape of every error answer. */
export const ErrorAnswer = z
  .object({
    error: z.object({
      code: z.enum(Object.keys(ERROR_STATUS) as [ErrorCode, ...ErrorCode[]]),
      message: z.string().openapi({ description: 'What went wrong and what to do about it' }),
      field: z
        .string()
        .optional()
        .openapi({ description: 'The input at fault, as a path: `conversions[3].value`' }),
      challenge: z
        .unknown()
        .optional()
        .openapi({ description: 'With `proof_required`: the ALTCHA challenge to solve and send as `proof`' }),
      requestId: z.string(),
    }),
  })
  .openapi('Error')
export type ErrorAnswer = z.infer<typeof ErrorAnswer>
