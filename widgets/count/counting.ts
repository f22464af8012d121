import { IDS_AT_ONCE } from '../../server/contract/comment-limits.ts'
import type { NewCounts } from '../../server/contract/shares.ts'
import { request } from '../core/api.ts'

type Page = NewCounts['pages'][number]
type Asked = { page: Page; answer(count: number): void; fail(error: unknown): void }

let asked: Asked[] = []

/** How many comments a page has. All that is asked for in one turn is asked of the server at once. */
export const countOf = (page: Page): Promise<number> =>
  new Promise((answer, fail) => {
    if (asked.push({ page, answer, fail }) === 1) setTimeout(ask)
  })

async function ask(): Promise<void> {
  const all = asked
  asked = []
  for (let at = 0; at < all.length; at += IDS_AT_ONCE) void askFor(all.slice(at, at + IDS_AT_ONCE))
}

async function askFor(some: Asked[]): Promise<void> {
  try {
    const body = JSON.stringify({ pages: some.map(({ page }) => page) })
    const headers = { 'Content-Type': 'application/json' }
    const answer = await request('/v1/counts', { method: 'POST', body }, headers)
    if (!answer.ok) throw new Error(`/v1/counts answered ${answer.status}`)
    const { data } = (await answer.json()) as { data: { comments: number }[] }
    some.forEach(({ answer }, at) => {
      answer(data[at]?.comments ?? 0)
    })
  } catch (error) {
    for (const { fail } of some) fail(error)
  }
}
