import { performance } from 'node:perf_hooks'
import { createApp } from '../../server/app.ts'
import type { Thread } from '../../server/contract/comments.ts'
import type { Database } from '../../server/db/schema.ts'
import { type Deps, openDeps } from '../../server/deps.ts'
import { personForAct } from '../../server/identity/find-person.ts'
import { pageForUrl } from '../../server/pages/find-page.ts'
import { createSite } from '../../server/sites/create-site.ts'
import { median, quantile, type Row, shown } from './figure.ts'
import { withFolder } from './processes.ts'
import { ORIGIN } from './shares.ts'
import { saying } from './talk.ts'

const COMMENTS = 100_000
const PEOPLE = 500
const AIM_MS = 10
const PAGE = `${ORIGIN}/articles/long`

/** The first page of a thread of 100,000 comments that nobody has asked for yet, by each order, inside the process. */
export const longThread = (): Promise<Row[]> =>
  withFolder(async (folder) => {
    const quiet = { info() {}, warn() {}, error: console.error }
    const config = {
      ...{ port: 0, host: '', publicUrl: 'http://localhost', databaseUrl: `file:${folder}/bench.db` },
      ...{ trustProxy: 0, rateLimit: false, mailFrom: '', outboundPrivate: false },
    }
    const deps = await openDeps(config, quiet)
    try {
      const site = await deps.write((work) => createSite(work, { name: 'Bench', origins: [ORIGIN] }))
      await enterThread(deps, site.id)
      const app = createApp(deps, 'dist/widgets')
      const rows: Row[] = []
      for (const sort of ['best', 'newest', 'oldest'] as const) {
        const times: number[] = []
        // Another length each time, so that no answer could be kept from the last.
        for (let limit = 50; limit > 20; limit--) {
          const begun = performance.now()
          const answer = await app.request(
            `/v1/threads?url=${encodeURIComponent(PAGE)}&sort=${sort}&limit=${limit}`,
            { headers: { 'x-grapevine-site': site.publishableKey } },
          )
          const { data, count } = (await answer.json()) as Thread
          times.push(performance.now() - begun)
          if (data.length < limit || count !== COMMENTS)
            throw new Error(`${data.length} of ${count} comments came`)
        }
        rows.push({
          name: `the first page of ${shown(COMMENTS)} comments, ${sort} first`,
          ours: `${shown(median(times))} ms median, ${shown(quantile(times, 0.95))} ms p95`,
          aim: `≤ ${AIM_MS} ms`,
          met: median(times) <= AIM_MS,
        })
      }
      return rows
    } finally {
      await deps.close()
    }
  })

/** Half of them at the top, the other half replies to what came before. */
async function enterThread({ write, now }: Deps, site: string): Promise<void> {
  const { page, people } = await write(async (work) => ({
    page: await pageForUrl(work, site, new URL(PAGE)),
    people: await Promise.all(
      Array.from({ length: PEOPLE }, (_, i) => personForAct(work, site, `visitor-${i}`)),
    ),
  }))
  const tops: { id: string; replies: number }[] = []
  const rows: Database['comment'][] = []
  await write(async ({ newId }) => {
    for (let i = 0; i < COMMENTS; i++) {
      const id = newId()
      const parent = i % 2 === 1 ? tops[(i * 7919) % tops.length] : undefined
      const body = saying(i)
      rows.push({
        ...{ site_id: site, id, page_id: page, person_id: people[i % PEOPLE] as string },
        ...{ parent_id: parent?.id ?? null, root_id: parent?.id ?? id, depth: parent ? 1 : 0 },
        ...{ body, markup: JSON.stringify([{ t: 'p', c: [body] }]), state: 'visible', shown: 1, shadow: 0 },
        ...{ reasons: '[]', replies: 0, below: 0, ups: i % 40, downs: i % 7 },
        ...{
          best: (i * 104_729) % 1_000_000_000,
          reactions: '{}',
          reports: 0,
          pinned_at: null,
          accepted_id: null,
        },
        ...{ status: null, status_note: null, anchor: null, print: id, simhash: '' },
        ...{ at: now(), edited_at: null, decided_at: null },
      } as Database['comment'])
      if (parent) parent.replies++
      else tops.push({ id, replies: 0 })
    }
  })
  const replies = new Map(tops.map((top) => [top.id, top.replies]))
  for (const row of rows) {
    row.replies = replies.get(row.id) ?? 0
    row.below = row.replies
  }
  for (let from = 0; from < rows.length; from += 500)
    await write(({ db }) =>
      db
        .insertInto('comment')
        .values(rows.slice(from, from + 500))
        .execute(),
    )
  const at = now()
  await write(({ db }) =>
    db
      .insertInto('thread')
      .values({
        ...{ site_id: site, page_id: page, mode: 'discussion', state: 'open', closes_at: null },
        ...{ comments: COMMENTS, first_at: at, last_at: at },
      } as Database['thread'])
      .execute(),
  )
}
