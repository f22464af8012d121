import type { Request } from 'autocannon'
import type { Overview } from '../../server/contract/reports.ts'
import { median, type Row, shown } from './figure.ts'
import { load, type Round } from './load.ts'
import { startOurs, startPeer, withFolder } from './processes.ts'
import { BROWSER, makeShares, makeSite, ORIGIN, readReport } from './shares.ts'

const ROUNDS = 5
const AMOUNT = 20_000
const AIM = 0.5

/** A user agent that the server answers at once: it reads and checks the request, and records nothing. */
const BOT = 'Examplebot/1.0'

/**
 * Durable visits a second, each by another visitor, as a page's widget sends them: with a key that makes a repeated
 * request harmless. The peer is the same server answering a constant to the same requests, as it does to a bot; the
 * rows below it are the price of the keys, and a bare Hono that reads the same bodies and checks nothing.
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
      const requests = (keyed: boolean, agent = BROWSER): Request[] => [
        {
          method: 'POST',
          path: '/v1/visits',
          setupRequest: (request) => {
            const headers: Record<string, string> = {
              'content-type': 'application/json',
              'user-agent': agent,
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
        constant: await load(ours, requests(true, BOT), amount, 200),
        plain: await load(ours, requests(false), amount, 200),
        bare: await load(peer, requests(true), amount, 200),
      })
      await round(AMOUNT / 4)
      const rounds: Awaited<ReturnType<typeof round>>[] = []
      for (let i = 0; i < ROUNDS; i++) rounds.push(await round(AMOUNT))

      const { totals } = await readReport<Overview>(ours.url, site, 'overview')
      const answered = 2 * (AMOUNT / 4 + ROUNDS * AMOUNT)
      if (totals.visits !== answered)
        throw new Error(`${answered} visits were answered, ${totals.visits} are counted`)
      const row = (name: string, which: 'keyed' | 'plain', against: 'constant' | 'bare', aim?: number) =>
        compared(
          name,
          rounds.map((r) => ({ ours: r[which], peer: r[against] })),
          aim,
        )
      return [
        row('durable visits / s, against our server answering a constant', 'keyed', 'constant', AIM),
        row('the same without Idempotency-Key', 'plain', 'constant'),
        row('durable visits / s, against a bare Hono', 'keyed', 'bare'),
      ]
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
