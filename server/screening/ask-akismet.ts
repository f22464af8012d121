import type { CommentSettings } from '../contract/screening.ts'
import type { Deps } from '../deps.ts'
import { fetchOutbound } from '../outbound.ts'
import { type Found, HookFault, type Told } from './hook-answer.ts'

const TIMEOUT_MS = 3_000

/** Asks an Akismet-compatible service whether an attempt is spam: its `comment-check`. */
export async function askAkismet(
  deps: Deps,
  { url, onSpam }: NonNullable<CommentSettings['akismet']>,
  key: string,
  told: Told,
): Promise<Found> {
  const { status, headers, body } = await fetchOutbound(deps, url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: formOf(key, told).toString(),
    timeoutMs: TIMEOUT_MS,
    maxBytes: 1024,
  })
  const answer = body.trim()
  if (status !== 200 || !/^(true|false)$/.test(answer)) throw new HookFault(explained(status, headers))
  if (answer === 'false') return { verdict: 'visible' }
  // Spam that nobody needs to look at.
  const discard = headers['x-akismet-pro-tip'] === 'discard'
  return {
    verdict: discard ? 'refused' : onSpam,
    doubt: { reason: 'akismet', detail: discard ? 'discard' : 'spam' },
  }
}

function formOf(key: string, told: Told): URLSearchParams {
  const { home, url, body, name = '', mail = '', address, userAgent, referrer, edited, at } = told
  return new URLSearchParams({
    api_key: key,
    blog: home,
    blog_charset: 'UTF-8',
    user_ip: address,
    user_agent: userAgent,
    referrer,
    permalink: url,
    comment_type: 'comment',
    comment_author: name,
    comment_author_email: mail,
    comment_content: body,
    comment_date_gmt: new Date(at).toISOString(),
    ...(edited ? { recheck_reason: 'edit' } : {}),
  })
}

const explained = (status: number, headers: Record<string, string | string[] | undefined>): string =>
  `answers ${status}: ${String(headers['x-akismet-debug-help'] ?? 'neither true nor false').slice(0, 200)}`
