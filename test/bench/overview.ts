import { performance } from 'node:perf_hooks'
import { enterCounts } from './counts.ts'
import { median, quantile, type Row, shown } from './figure.ts'
import { type Measured, startOurs, withFolder } from './processes.ts'
import { makeSite, type Site } from './shares.ts'
import { enterYear } from './year.ts'

const DAY_MS = 24 * 60 * 60 * 1000
const VISITS = 945_000
const AIM_MS = 20

/** A report, over the last so many days. */
interface Asked {
  name: string
  path: string
  days: number
  /** How often it is asked for. */
  times: number
  aimed?: boolean
}

const ASKED: Asked[] = [
  { name: 'overview, 30 days', path: 'overview', days: 30, times: 100, aimed: true },
  { name: 'overview, 12 months', path: 'overview', days: 365, times: 100, aimed: true },
  { name: 'timeseries by day, 30 days', path: 'timeseries?interval=day', days: 30, times: 50 },
  { name: 'timeseries by day, 12 months', path: 'timeseries?interval=day', days: 365, times: 50 },
  { name: 'people, 30 days', path: 'people', days: 30, times: 20 },
  { name: 'people, 12 months', path: 'people', days: 365, times: 7 },
  { name: 'pages, 12 months', path: 'pages', days: 365, times: 7 },
  { name: 'cascades, by size', path: 'cascades?sort=size', days: 0, times: 20 },
]

/** How long an owner waits for a report on a site with a million events in twelve months: HTTP, one after another. */
export const overview = (): Promise<Row[]> =>
  withFolder(async (folder) => {
    const file = `${folder}/bench.db`
    const site = await makeSite(`file:${file}`)
    const year = enterYear(file, site.id, VISITS)
    enterCounts(file, site.id, year)
    const ours = await startOurs(`file:${file}`)
    try {
      const rows: Row[] = []
      for (const asked of ASKED) {
        const times = await latencies(ours, site, asked)
        const row = {
          name: `${asked.name} (${shown(year.happened.length / 1e6)} M events)`,
          ours: `${shown(median(times))} ms median, ${shown(quantile(times, 0.95))} ms p95`,
        }
        rows.push(asked.aimed ? { ...row, aim: `≤ ${AIM_MS} ms`, met: median(times) <= AIM_MS } : row)
      }
      return rows
    } finally {
      await ours.stop()
    }
  })

async function latencies(server: Measured, site: Site, { path, days, times }: Asked): Promise<number[]> {
  const headers = { authorization: `Bearer ${site.secretKey}` }
  const measured: number[] = []
  for (let time = -2; time < times; time++) {
    // Another end each time, so that no answer could be kept from the last.
    const to = new Date(Date.now() - (times - time) * 60 * 60 * 1000)
    const from = new Date(to.getTime() - days * DAY_MS)
    const range = days
      ? `${path.includes('?') ? '&' : '?'}from=${from.toISOString()}&to=${to.toISOString()}`
      : ''
    const begun = performance.now()
    const response = await fetch(`${server.url}/v1/reports/${path}${range}`, { headers })
    const answer = await response.text()
    // The first two warm the connection and the statements up.
    if (time >= 0) measured.push(performance.now() - begun)
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${answer}`)
  }
  return measured
}
