import { performance } from 'node:perf_hooks'
import { DatabaseSync } from 'node:sqlite'
import { type ChannelPath, markov as solve } from '../../server/attribution/markov.ts'
import { CHANNELS } from '../../server/contract/channels.ts'
import { rowIds } from '../../server/ids.ts'
import { seeded } from '../support/random-life.ts'
import { median, type Row, shown } from './figure.ts'
import { startOurs, withFolder } from './processes.ts'
import { makeSite, ORIGIN, readReport, type Site } from './shares.ts'

const PATHS = 100_000
const TIMES = 7
const AIM_MS = 1000
const DAY_MS = 24 * 60 * 60 * 1000

/** What it costs to find the removal effects of all channels: out of paths in memory, and out of visits as a report. */
export const markov = (): Promise<Row[]> =>
  withFolder(async (folder) => {
    const paths = pathsAtRandom()
    const solving = await times(() => solve(paths))
    const file = `${folder}/bench.db`
    const site = await makeSite(`file:${file}`)
    const visits = enterPaths(file, site, paths)
    const ours = await startOurs(`file:${file}`)
    try {
      const { paths: found } = await readReport<{ paths: { paths: number } }>(ours.url, site, REPORT)
      if (found.paths !== PATHS) throw new Error(`The report knows ${found.paths} paths`)
      const reading = await times(() => readReport(ours.url, site, REPORT))
      return [
        {
          ...row(`Markov, ${shown(PATHS)} paths over ${CHANNELS.length} channels`, solving),
          aim: `≤ ${shown(AIM_MS)} ms`,
          met: median(solving) <= AIM_MS,
        },
        row(`the same as a report, read from ${shown(visits)} visits`, reading),
      ]
    } finally {
      await ours.stop()
    }
  })

const REPORT = 'attribution?touch=markov&by=channel'

const row = (name: string, measured: number[]): Row => ({
  name,
  ours: `${shown(median(measured))} ms median, ${shown(Math.max(...measured))} ms at most`,
})

/** Ways of one to eight visits; a tenth of them converted. */
function pathsAtRandom(): ChannelPath[] {
  const random = seeded(20_261_122)
  return Array.from({ length: PATHS }, () => {
    const channels = Array.from({ length: 1 + random.below(8) }, () => random.pick(CHANNELS))
    const converted = random.next() < 0.1 ? 1 : 0
    return { channels, converted, lost: 1 - converted }
  })
}

/** Enters a person for each path, with their visits, as raw rows; answers how many visits. */
function enterPaths(file: string, { id: site }: Site, paths: ChannelPath[]): number {
  const db = new DatabaseSync(file)
  db.exec('pragma foreign_keys = off; pragma synchronous = off; begin')
  const enter = (table: string, columns: string) =>
    db.prepare(
      `insert into ${table} (site_id, ${columns}) values (?${', ?'.repeat(columns.split(',').length)})`,
    )
  const page = enter('page', 'id, identity, url, created_at')
  const share = enter('share', 'id, code, person_id, page_id, url, channel, root_id, depth, path, people, at')
  const visit = enter('visit', 'id, share_id, visitor, page_id, rung, day, at, last_at')
  const conversion = enter('conversion', 'id, name, value, currency, visitor, share_id, touches, proved, at')
  const now = Date.now() - 20 * DAY_MS
  const newId = rowIds(() => now)
  const pageId = newId()
  page.run(site, pageId, 'shop.example/', ORIGIN, now)
  const shareOf = new Map<string, string>()
  for (const [index, channel] of CHANNELS.entries()) {
    const id = newId()
    const code = site + String(index).padStart(10, '0')
    share.run(site, id, code, id, pageId, ORIGIN, channel, id, 0, id, id, now)
    shareOf.set(channel, id)
  }
  let visits = 0
  for (const [index, { channels, converted }] of paths.entries()) {
    const visitor = String(index).padStart(22, '0')
    const touches = channels.map(
      (channel, place) => [shareOf.get(channel) as string, now + place * DAY_MS] as const,
    )
    for (const [through, at] of touches) {
      visit.run(site, newId(), through, visitor, pageId, 'code', Math.floor(at / DAY_MS), at, at)
      visits++
    }
    const [through, at] = touches.at(-1) ?? ['', now]
    if (converted)
      conversion.run(site, newId(), 'purchase', 4900, 'EUR', visitor, through, JSON.stringify(touches), 1, at)
  }
  db.exec('commit')
  db.close()
  return visits
}

/** How long something takes each time, in ms. */
async function times(act: () => unknown): Promise<number[]> {
  const measured: number[] = []
  for (let time = 0; time < TIMES; time++) {
    const begun = performance.now()
    await act()
    measured.push(performance.now() - begun)
  }
  return measured
}
