import { createRoute } from '@hono/zod-openapi'
import { streamSSE } from 'hono/streaming'
import { IDS_AT_ONCE } from '../contract/comment-limits.ts'
import { MineQuery } from '../contract/comments.ts'
import { asPage } from '../credentials.ts'
import type { Deps } from '../deps.ts'
import type { ThreadChange } from '../events.ts'
import { createRouter, refusals } from '../http.ts'
import { pageByUrl } from '../pages/find-page.ts'
import { sharedUrl } from '../pages/rules.ts'
import { rateLimited } from '../rate-limit.ts'
import { latestOn } from './store.ts'

const getLive = createRoute({
  method: 'get',
  path: '/v1/threads/live',
  tags: ['page'],
  summary: 'Server-sent events: `thread` with the ids of comments that are new or no longer as they were',
  security: [{ publishableKey: [] }],
  middleware: [asPage, rateLimited({ perMinute: 60, burst: 60 })] as const,
  request: { query: MineQuery },
  responses: { 200: { description: 'text/event-stream' }, ...refusals },
})

/** How often a quiet stream says that it is alive, in ms: proxies close silent connections. */
const HEARTBEAT_MS = 25_000

/** What happens in a thread, as it happens. */
export const liveRoutes = () =>
  createRouter().openapi(getLive, async (c) => {
    const deps = c.get('deps')
    const { id: site, origins } = c.get('site')
    const { url, pageId } = c.req.valid('query')
    const named = { url: sharedUrl(url, origins), pageId }
    c.header('cache-control', 'no-store')
    c.header('x-accel-buffering', 'no')
    return streamSSE(c, async (stream) => {
      const stop = listen(deps, site, named, ({ fresh, changed }) => {
        void stream.writeSSE({ event: 'thread', data: JSON.stringify({ fresh, changed }) })
      })
      await stream.write(': here\n\n')
      const heartbeat = setInterval(() => void stream.write(': still here\n\n'), HEARTBEAT_MS)
      await new Promise<void>((resolve) => stream.onAbort(resolve))
      clearInterval(heartbeat)
      ;(await stop)()
    })
  })

type Told = (change: Pick<ThreadChange, 'fresh' | 'changed'>) => void

/** Listens to the thread of a page, which may not be there before somebody speaks; answers how to stop. */
async function listen(
  { live, read }: Deps,
  site: string,
  { url, pageId }: { url: URL; pageId?: string | undefined },
  tell: Told,
): Promise<() => void> {
  const known = await pageByUrl(read, site, url, pageId)
  if (known !== undefined) return live.listenToThread(site, known, tell)
  let stopped = false
  let stop = live.listen(site, async ({ comments }) => {
    if (comments === 0) return
    const page = await pageByUrl(read, site, url, pageId)
    if (page === undefined || stopped) return
    stop()
    stop = live.listenToThread(site, page, tell)
    tell({ fresh: await latestOn(read, site, page, IDS_AT_ONCE), changed: [] })
  })
  return () => {
    stopped = true
    stop()
  }
}
