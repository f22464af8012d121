import type { Row } from './figure.ts'
import { load } from './load.ts'
import { startOurs, startPeer, withFolder } from './processes.ts'
import { makeShares, makeSite } from './shares.ts'
import { compared } from './visits.ts'

const ROUNDS = 7
const AMOUNT = 30_000

/** Short links followed a second, over a thousand codes, against a bare redirect. */
export const redirect = (): Promise<Row[]> =>
  withFolder(async (folder) => {
    const database = `file:${folder}/bench.db`
    const site = await makeSite(database)
    const ours = await startOurs(database)
    const peer = await startPeer()
    try {
      const shares = await makeShares(ours.url, site, 1000)
      const requests = shares.map(({ code }) => ({ method: 'GET' as const, path: `/r/${code}` }))
      const round = async (amount: number) => ({
        ours: await load(ours, requests, amount, 302),
        peer: await load(peer, requests, amount, 302),
      })
      await round(AMOUNT / 3)
      const rounds = []
      for (let i = 0; i < ROUNDS; i++) rounds.push(await round(AMOUNT))
      return [compared('redirects / s', rounds, 0.8)]
    } finally {
      await ours.stop()
      await peer.stop()
    }
  })
