import { createHmac, randomUUID } from 'node:crypto'
import { z } from '@hono/zod-openapi'
import { VERDICTS } from '../contract/moderation-models.ts'
import type { CommentSettings } from '../contract/screening.ts'
import type { Deps } from '../deps.ts'
import { fetchOutbound } from '../outbound.ts'
import { type Found, HookFault, type Told } from './hook-answer.ts'

/** What a hook answers. */
const Answer = z.object({ verdict: z.enum(VERDICTS), reason: z.string().max(500).optional() })

/** Asks the owner's own hook what becomes of an attempt: JSON, signed as Standard Webhooks says. */
export async function askHook(
  deps: Deps,
  { url, timeoutMs }: NonNullable<CommentSettings['hook']>,
  secret: string,
  { home: _, at, ...told }: Told,
): Promise<Found> {
  const payload = JSON.stringify({ type: 'comment.check', timestamp: new Date(at).toISOString(), data: told })
  const { status, body } = await fetchOutbound(deps, url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...signed(secret, at, payload) },
    body: payload,
    timeoutMs,
    maxBytes: 16 * 1024,
  })
  const answer = status === 200 ? Answer.safeParse(parsed(body)) : undefined
  if (!answer?.success) throw new HookFault(`answers ${status}${status === 200 ? ' without a verdict' : ''}`)
  const { verdict, reason = '' } = answer.data
  return verdict === 'visible' ? { verdict } : { verdict, doubt: { reason: 'hook', detail: reason } }
}

/** The headers of Standard Webhooks 1.0. A secret that begins with `whsec_` is base64, any other is taken as it is. */
function signed(secret: string, at: number, payload: string): Record<string, string> {
  const [id, seconds] = [`msg_${randomUUID()}`, Math.floor(at / 1000)]
  const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : secret
  const signature = createHmac('sha256', key).update(`${id}.${seconds}.${payload}`).digest('base64')
  return { 'webhook-id': id, 'webhook-timestamp': `${seconds}`, 'webhook-signature': `v1,${signature}` }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // no JSON: no verdict
  }
}
