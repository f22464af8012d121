import { performance } from 'node:perf_hooks'
import { shareByCode, shareById } from '../../server/chains/find-share.ts'
import { recordShare } from '../../server/chains/record-share.ts'
import { idsOfPath } from '../../server/chains/rules.ts'
import { recordConversion } from '../../server/conversions/record-conversion.ts'
import { type Deps, openDeps } from '../../server/deps.ts'
import { conversionsReport } from '../../server/reports/conversions.ts'
import { createSite } from '../../server/sites/create-site.ts'
import { median, type Row, shown } from './figure.ts'
import { withFolder } from './processes.ts'
import { ORIGIN } from './shares.ts'

const DEPTHS = [1, 10, 1000]
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
    }
    const deps = await openDeps(config, quiet)
    try {
      const { id: site } = await deps.write((work) => createSite(work, { name: 'Bench', origins: [ORIGIN] }))
      const codes = await growChain(deps, site, Math.max(...DEPTHS))
      const rows: Row[] = []
      for (const depth of DEPTHS) rows.push(await atDepth(deps, site, depth, codes[depth] as string))
      return rows
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

async function atDepth(deps: Deps, site: string, depth: number, code: string): Promise<Row> {
  const reading = await times(async () => {
    const found = await shareByCode(deps.read, site, code)
    const { path } = await shareById(deps.read, site, found?.id ?? '')
    if (idsOfPath(path).length !== depth + 1) throw new Error('That is not the whole chain')
  })
  const recording = await deps.write((work) =>
    times(async () => {
      const bought = {
        name: 'purchase',
        value: 4900,
        currency: 'EUR',
        proved: true,
        arrival: code,
        at: work.now(),
      }
      await recordConversion(work, site, bought)
    }),
  )
  const range = { from: deps.now() - HOUR_MS, to: deps.now() + HOUR_MS }
  const report = await times(() => conversionsReport(deps.reports, site, range, { limit: 1 }))
  const parts = [
    `${shown(median(reading))} µs its ids`,
    `${shown(median(recording))} µs a conversion, before its commit`,
    `${shown(median(report))} µs that conversion with every hop, out of the report thread`,
  ]
  return { name: `a chain of ${depth} hop${depth === 1 ? '' : 's'}`, ours: parts.join(' · ') }
}

/** How long something takes each time, in µs. */
async function times(act: () => Promise<unknown>): Promise<number[]> {
  const measured: number[] = []
  for (let time = 0; time < TIMES; time++) {
    const begun = performance.now()
    await act()
    measured.push((performance.now() - begun) * 1000)
  }
  return measured
}
