import assert from 'node:assert/strict'
import type { Comment, Mine, NewComment, Posted, Thread } from '../../server/contract/comments.ts'
import { type Bench, BROWSER, newToken, type TestSite } from './databases.ts'
import { ARTICLE } from './somebody.ts'

/** A site's page as all readers see it. */
export function reader(bench: Bench, site: TestSite) {
  const ask = (path: string, headers: Record<string, string> = {}) =>
    bench.request(path, { headers: { 'x-grapevine-site': site.publishableKey, ...headers } })
  const get = async <T>(path: string): Promise<T> => {
    const response = await ask(path)
    assert.equal(response.status, 200, await response.clone().text())
    return (await response.json()) as T
  }
  return {
    ask,
    get,
    thread: (query = '', url = ARTICLE) =>
      get<Thread>(`/v1/threads?url=${encodeURIComponent(url)}${query && `&${query}`}`),
  }
}

/** Somebody who talks on a site's pages: a guest with a name, unless told otherwise. */
export function talker(bench: Bench, site: TestSite, name: string | undefined = 'Ada', token = newToken()) {
  const ask = (method: string, path: string, body?: object, headers: Record<string, string> = {}) =>
    bench.request(path, {
      method,
      headers: {
        'content-type': 'application/json',
        'user-agent': BROWSER,
        'x-grapevine-site': site.publishableKey,
        authorization: `Bearer ${token}`,
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  const answered = async <T>(response: Response): Promise<T> => {
    assert.ok(response.ok, await response.clone().text())
    return (await response.json()) as T
  }
  const tell = (comment: Partial<NewComment> = {}) =>
    ask('POST', '/v1/comments', { url: ARTICLE, body: 'Hello', ...(name ? { name } : {}), ...comment })
  return {
    token,
    ask,
    tell,
    /** Posts a comment; the server has to take it. */
    say: async (body = 'Hello', more: Partial<NewComment> = {}): Promise<Comment> =>
      (await answered<Posted>(await tell({ body, ...more }))).comment,
    edit: (id: string, body: string) => ask('PATCH', `/v1/comments/${id}`, { body }),
    remove: (id: string) => ask('DELETE', `/v1/comments/${id}`),
    vote: (id: string, value: number) => ask('PUT', `/v1/comments/${id}/vote`, { value }),
    react: (id: string, emoji: string, on = true) =>
      ask('PUT', `/v1/comments/${id}/reactions`, { emoji, on }),
    report: (id: string, reason = 'spam') => ask('POST', `/v1/comments/${id}/reports`, { reason }),
    mine: async (url = ARTICLE) =>
      answered<Mine>(await ask('GET', `/v1/threads/mine?url=${encodeURIComponent(url)}`)),
    answered,
  }
}

/** How comments are on a site from now on. */
export async function settingsOf(bench: Bench, site: TestSite, settings: object): Promise<void> {
  await bench.deps.write(async ({ db, now }) => {
    const row = { site_id: site.id, area: 'comments', value: JSON.stringify(settings), updated_at: now() }
    await db
      .insertInto('setting')
      .values(row)
      .onConflict((conflict) => conflict.columns(['site_id', 'area']).doUpdateSet(row))
      .execute()
  })
  // What was ready is read anew.
  bench.clock.now += 10_000
}

/** Lets everybody speak at once on a site, with whatever else is set. */
export const openToAll = (bench: Bench, site: TestSite, more: object = {}): Promise<void> =>
  settingsOf(bench, site, { policy: 'open', proofOfWork: 'never', perMinute: 100, ...more })
