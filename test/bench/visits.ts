import type { Request } from 'autocannon'
import type { Overview } from '../../server/contract/reports.ts'
import { median, type Row, shown } from './figure.ts'
import { load, type Round } from './load.ts'
import { startOurs, startPeer, withFolder } from './processes.ts'
import { BROWSER, makeShares, makeSite, ORIGIN, readReport } from './shares.ts'

const ROUNDS = 5
const AMOUNT = 20_000
const AIM = 0.5

/**
 * Durable visits a second, each by another visitor, as a page's widget sends them: with a key that makes a repeated
 * request harmless. The row without keys is the price of them.
 */
export const visits = (): Promise<Row[]> =>
  withFolder(async (folder) => {
    const database = `file:${folder}/bench.db`
    const site = await makeSite(database)
    const ours = await startOurs(database)
    const peer = await startPeer()
    try {
      const shares = await makeShares(ours.url, site, 1000)
      let visitor = 0
      const requests = (keyed: boolean): Request[] => [
        {
          method: 'POST',
          path: '/v1/visits',
          setupRequest: (request) => {
            const headers: Record<string, string> = {
              'content-type': 'application/json',
              'user-agent': BROWSER,
              origin: ORIGIN,
              'x-grapevine-site': site.publishableKey,
              authorization: `Bearer pt_${String(++visitor).padStart(32, '0')}`,
            }
            if (keyed) headers['idempotency-key'] = `visit-${visitor}`
            return { ...request, headers, body: JSON.stringify(shares[visitor % shares.length]) }
          },
        },
      ]
      const round = async (amount: number) => ({
        keyed: await load(ours, requests(true), amount, 200),
        peer: await load(peer, requests(true), amount, 200),
        plain: await load(ours, requests(false), amount, 200),
      })
      await round(AMOUNT / 4)
      const rounds: Awaited<ReturnType<typeof round>>[] = []
      for (let i = 0; i < ROUNDS; i++) rounds.push(await round(AMOUNT))

      const { totals } = await readReport<Overview>(ours.url, site, 'overview')
      const answered = 2 * (AMOUNT / 4 + ROUNDS * AMOUNT)
      if (totals.visits !== answered)
        throw new Error(`${answered} visits were answered, ${totals.visits} are counted`)
      const row = (name: string, which: 'keyed' | 'plain', aim?: number) =>
        compared(
          name,
          rounds.map((r) => ({ ours: r[which], peer: r.peer })),
          aim,
        )
      return [row('durable visits / s', 'keyed', AIM), row('the same without Idempotency-Key', 'plain')]
    } finally {
      await ours.stop()
      await peer.stop()
    }
  })

/** Medians of rounds, and of the ratio within each round. */
export function compared(name: string, rounds: { ours: Round; peer: Round }[], aim?: number): Row {
  const ratio = median(rounds.map(({ ours, peer }) => ours.rate / peer.rate))
  const side = (all: Round[]) =>
    `${shown(median(all.map(({ rate }) => rate)))} (${shown(median(all.map(({ cpu }) => cpu)))} µs CPU each)`
  const row = {
    name,
    ours: side(rounds.map(({ ours }) => ours)),
    peer: side(rounds.map(({ peer }) => peer)),
    ratio: shown(ratio),
  }
  return aim === undefined ? row : { ...row, aim: `≥ ${aim}`, met: ratio >= aim }
}
