import type { Request } from 'autocannon'
import type { Row } from './figure.ts'
import { load } from './load.ts'
import { startOurs, startPeer, withFolder } from './processes.ts'
import { makeSite, ORIGIN } from './shares.ts'
import { openToAll, saying, talk, visitorHeaders } from './talk.ts'
import { compared } from './visits.ts'

const ROUNDS = 5
const READS = 21_000
const POSTS = 3_000
const AIM = 0.5
const PAGE = `${ORIGIN}/articles/1`

/** Comments read and written over 64 connections, against a bare Hono that sends the same bytes and reads the same bodies. */
export const threads = (): Promise<Row[]> =>
  withFolder(async (folder) => {
    const database = `file:${folder}/bench.db`
    const site = await makeSite(database)
    const ours = await startOurs(database)
    const peer = await startPeer()
    try {
      await openToAll(ours.url, site)
      await talk(ours.url, site, PAGE, 50)
      const path = `/v1/threads?url=${encodeURIComponent(PAGE)}`
      const { authorization, ...headers } = visitorHeaders(site, 1)
      const answer = await fetch(ours.url + path, { headers })
      const { data } = (await answer.clone().json()) as { data: unknown[] }
      if (data.length !== 50) throw new Error(`${data.length} comments came of 50`)
      await fetch(`${peer.url}/bytes`, { method: 'POST', body: await answer.arrayBuffer() })

      const reads: Request[] = [{ method: 'GET', path, headers }]
      const same: Request[] = [{ method: 'GET', path: '/bytes', headers }]
      let visitor = 0
      const posts: Request[] = [
        {
          method: 'POST',
          path: '/v1/comments',
          setupRequest: (request) => ({
            ...request,
            headers: { ...visitorHeaders(site, ++visitor), 'idempotency-key': `comment-${visitor}` },
            body: JSON.stringify({
              url: `${ORIGIN}/articles/${visitor % 20}`,
              body: saying(visitor),
              name: 'Ada',
            }),
          }),
        },
      ]
      const round = async (part: number) => ({
        reads: {
          ours: await load(ours, reads, READS / part, 200),
          peer: await load(peer, same, READS / part, 200),
        },
        posts: {
          ours: await load(ours, posts, POSTS / part, 201),
          peer: await load(peer, posts, POSTS / part, 201),
        },
      })
      await round(3)
      const rounds: Awaited<ReturnType<typeof round>>[] = []
      for (let i = 0; i < ROUNDS; i++) rounds.push(await round(1))
      return [
        compared(
          'lists of 50 comments / s, against a bare Hono that sends the same bytes',
          rounds.map((r) => r.reads),
          AIM,
        ),
        compared(
          'durable comments / s, against a bare Hono that reads the same bodies',
          rounds.map((r) => r.posts),
        ),
      ]
    } finally {
      await ours.stop()
      await peer.stop()
    }
  })
