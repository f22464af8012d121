import { performance } from 'node:perf_hooks'
import { shareByCode, shareById } from '../../server/chains/find-share.ts'
import { recordShare } from '../../server/chains/record-share.ts'
import { recordVisit } from '../../server/chains/record-visit.ts'
import { idsOfPath } from '../../server/chains/rules.ts'
import { recordConversion } from '../../server/conversions/record-conversion.ts'
import { type Deps, openDeps, type Work } from '../../server/deps.ts'
import { conversionsReport } from '../../server/reports/conversions.ts'
import { createSite } from '../../server/sites/create-site.ts'
import { median, type Row, shown } from './figure.ts'
import { withFolder } from './processes.ts'
import { ORIGIN } from './shares.ts'

const DEPTHS = [1, 10, 100, 1000]
const TIMES = 300
const HOUR_MS = 60 * 60 * 1000

/** What a chain costs by its length, inside the process: reading it, and recording and reading a conversion at its end. */
export const chain = (): Promise<Row[]> =>
  withFolder(async (folder) => {
    const quiet = { info() {}, warn() {}, error: console.error }
    const publicUrl = 'http://localhost'
    const config = {
      port: 0,
      host: '',
      publicUrl,
      databaseUrl: `file:${folder}/bench.db`,
      trustProxy: 0,
      rateLimit: false,
      mailFrom: '',
      outboundPrivate: false,
    }
    const deps = await openDeps(config, quiet)
    try {
      const { id: site } = await deps.write((work) => createSite(work, { name: 'Bench', origins: [ORIGIN] }))
      const codes = await growChain(deps, site, Math.max(...DEPTHS))
      const measured: Depth[] = []
      for (const depth of DEPTHS) measured.push(await atDepth(deps, site, depth, codes[depth] as string))
      return measured.flatMap((one) => rowsOf(one, measured[0] as Depth))
    } finally {
      await deps.close()
    }
  })

/** Lets one person after another share on; answers their codes, root first. */
const growChain = ({ write, now }: Deps, site: string, depth: number): Promise<string[]> =>
  write(async (work) => {
    const codes: string[] = []
    for (let hop = 0; hop <= depth; hop++) {
      const url = new URL(`${ORIGIN}/article`)
      const share = {
        url,
        channel: 'copy' as const,
        visitor: `visitor-${hop}`,
        arrival: codes.at(-1),
        at: now(),
      }
      codes.push((await recordShare(work, site, share)).code)
    }
    return codes
  })

/** What a chain of so many hops costs, in µs: medians. */
interface Depth {
  depth: number
  read: number
  recorded: number
  durable: number
  reported: number
}

/** Most that a conversion may take at the deepest chain: as a factor of the shallowest, and in µs. */
const MOST_TIMES = 10
const MOST_MICROS = 5000

function rowsOf({ depth, read, recorded, durable, reported }: Depth, first: Depth): Row[] {
  const chain = `a chain of ${depth} hop${depth === 1 ? '' : 's'}`
  const deepest = depth === DEPTHS.at(-1)
  return [
    {
      name: `${chain}: recording a conversion`,
      ours: `${shown(recorded)} µs before its commit · ${shown(durable)} µs durable`,
      ...(depth === first.depth ? {} : { ratio: `${shown(recorded / first.recorded)} × one hop` }),
      ...(deepest
        ? {
            aim: `≤ ${MOST_TIMES} × one hop, ≤ ${MOST_MICROS / 1000} ms`,
            met: recorded <= MOST_TIMES * first.recorded && durable <= MOST_MICROS,
          }
        : {}),
    },
    {
      name: `${chain}: reading it`,
      ours: `${shown(read)} µs its ids · ${shown(reported)} µs a conversion with every hop, out of the report thread`,
    },
  ]
}

async function atDepth(deps: Deps, site: string, depth: number, code: string): Promise<Depth> {
  const reading = await times(async () => {
    const found = await shareByCode(deps.read, site, code)
    const { path } = await shareById(deps.read, site, found?.id ?? '')
    if (idsOfPath(path).length !== depth + 1) throw new Error('That is not the whole chain')
  })
  let buyers = 0
  // Each is a new buyer, who came through the last share of the chain.
  const buy = async (work: Work) => {
    const visitor = `buyer-${depth}-${buyers++}`
    await recordVisit(work, site, { code, url: new URL(`${ORIGIN}/article`), visitor, at: work.now() })
    const bought = { name: 'purchase', value: 4900, currency: 'EUR', proved: true, visitor, at: work.now() }
    return () => recordConversion(work, site, bought)
  }
  const recording = await deps.write(async (work) => {
    const measured: number[] = []
    for (let time = 0; time < TIMES; time++) {
      const record = await buy(work)
      measured.push(...(await times(record, 1)))
    }
    return measured
  })
  const lasting = await times(() =>
    deps.write((work) =>
      recordConversion(work, site, {
        ...{ name: 'purchase', value: 4900, currency: 'EUR', proved: true },
        ...{ arrival: code, at: work.now() },
      }),
    ),
  )
  const range = { from: deps.now() - HOUR_MS, to: deps.now() + HOUR_MS }
  const report = await times(() => conversionsReport(deps.reports, site, range, { limit: 1 }))
  return {
    depth,
    read: median(reading),
    recorded: median(recording),
    durable: median(lasting),
    reported: median(report),
  }
}

/** How long something takes each time, in µs. */
async function times(act: () => Promise<unknown>, count = TIMES): Promise<number[]> {
  const measured: number[] = []
  for (let time = 0; time < count; time++) {
    const begun = performance.now()
    await act()
    measured.push((performance.now() - begun) * 1000)
  }
  return measured
}
