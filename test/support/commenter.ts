import assert from 'node:assert/strict'
import type { Posted } from '../../server/contract/comments.ts'
import type { CommentSettings, CommentSettingsChange } from '../../server/contract/screening.ts'
import type { Bench, TestSite } from './databases.ts'
import { ARTICLE, somebody } from './somebody.ts'

/** Somebody who comments on the article, under a name of their own. */
export function commenter(bench: Bench, site: TestSite, name = 'Carol') {
  const person = somebody(bench, site)
  const attempt = (body: string, more: object = {}, headers: Record<string, string> = {}) =>
    person.post('/v1/comments', { url: ARTICLE, name, body, ...more }, headers)
  return {
    ...person,
    attempt,
    /** Says something; the server has to take it. Answers its id and state. */
    async say(body: string, more: object = {}) {
      const response = await attempt(body, more)
      assert.equal(response.status, 201, await response.clone().text())
      const { comment } = (await response.json()) as Posted
      return { id: comment.id, state: comment.state }
    },
  }
}

/** What is kept of a comment that moderators see: state, whether its author alone sees it, and why. */
export async function keptOf({ deps }: Bench, site: TestSite, id: string) {
  const { state, shadow, reasons, person_id } = await deps.read
    .selectFrom('comment')
    .select(['state', 'shadow', 'reasons', 'person_id'])
    .where('site_id', '=', site.id)
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const why = JSON.parse(reasons) as { reason: string; detail: string }[]
  return { state, shadow: shadow === 1, person: person_id, reasons: why.map(({ reason }) => reason), why }
}

/** Sets how comments are on a site. */
export async function choose(bench: Bench, site: TestSite, change: CommentSettingsChange) {
  const response = await bench.request('/v1/moderation/settings', {
    method: 'PATCH',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${site.secretKey}` },
    body: JSON.stringify(change),
  })
  assert.equal(response.status, 200, await response.clone().text())
  return (await response.json()) as CommentSettings
}
