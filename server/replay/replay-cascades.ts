import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { CascadesReport } from '../contract/reports.ts'
import type { Visit } from '../contract/visits.ts'
import { type Cascade, type CascadeFile, CascadeFileError } from './cascade.ts'
import { readCascades } from './read-cascades.ts'
import { registerRepost } from './register-repost.ts'
import { openState, type ReplaySite, type ReplayState } from './replay-state.ts'
import { openCalls, ServerCallError } from './server-calls.ts'
import { walkCascades } from './walk-cascades.ts'

/** What to replay, and where. */
export interface ReplayOptions {
  /** A cascade file of either format. */
  file: string
  /** Base URL of the running server. */
  server: string
  /** Makes the site for the cascades. Not called when an interrupted replay of the same file goes on. */
  makeSite: () => Promise<ReplaySite>
  /** Folder that remembers how far it came, until it is finished: beside the database. */
  stateFolder: string
  onProgress?: (progress: ReplayProgress) => void
  /** Reposts under way at once. */
  concurrency?: number
}

/** How far a replay has come, in shares. */
export interface ReplayProgress {
  done: number
  total: number
  /** Of `done`, those of an earlier, interrupted run. */
  before: number
}

/** What was replayed, and what the server then reports. */
export interface Replayed {
  site: string
  format: CascadeFile['format']
  shares: number
  duplicates: number
  orphans: number
  /** Visits of this run, by what the server made of them. */
  visits: Partial<Record<Visit['outcome'], number>>
  resumed: boolean
  seconds: number
  perSecond: number
  summary: CascadesReport['summary']
}

const report = '/v1/reports/cascades?limit=1'
const saveEvery = 500

/**
 * Drives a file of real cascades through the HTTP API: each repost is a visit through its parent's share, then a share
 * of its own by a person of its own. Interrupted and run again, it goes on where it was and doubles nothing.
 * Throws CascadeFileError before anything is sent, and ServerCallError where the server refuses or stays away.
 */
export async function replayCascades(options: ReplayOptions): Promise<Replayed> {
  const { file, server, makeSite, stateFolder, onProgress = () => {}, concurrency = 64 } = options
  const bytes = await readFile(file).catch((error: Error) => {
    throw new CascadeFileError(null, `${file} cannot be read: ${error.message}`)
  })
  const { format, cascades, duplicates, orphans } = readCascades(bytes.toString('utf8'))
  const digest = createHash('sha256').update(bytes).digest('hex')

  await checkServer(server)
  const stateFile = openState(stateFolder, digest)
  const left = stateFile.read()
  const resumed = left !== null && (await isKnown(server, left.site))
  const state: ReplayState = resumed ? left : { site: await makeSite(), done: 0 }
  stateFile.save(state)

  const calls = openCalls(server, state.site.secretKey)
  const total = countShares(cascades)
  const before = countShares(cascades.slice(0, state.done))
  const visits: Replayed['visits'] = {}
  const started = performance.now()
  let done = before
  let saved = started
  onProgress({ done, total, before })
  try {
    await walkCascades(cascades, {
      from: state.done,
      concurrency,
      async act(step) {
        const outcome = await registerRepost({ calls, site: state.site, format, digest }, step)
        if (outcome) visits[outcome] = (visits[outcome] ?? 0) + 1
        onProgress({ done: ++done, total, before })
      },
      onFinished(finished) {
        state.done = finished
        if (performance.now() - saved < saveEvery) return
        saved = performance.now()
        stateFile.save(state)
      },
    })
  } finally {
    stateFile.save(state)
  }
  const seconds = (performance.now() - started) / 1000
  const { summary } = await calls.get<CascadesReport>(report)
  stateFile.remove()
  const perSecond = (total - before) / seconds
  return {
    site: state.site.id,
    format,
    shares: total,
    duplicates,
    orphans,
    visits,
    resumed,
    seconds,
    perSecond,
    summary,
  }
}

const countShares = (cascades: Cascade[]): number =>
  cascades.reduce((sum, { reposts }) => sum + reposts.length, 0)

// Asked once and at once: a server that is not there should be told before a site is made for the replay.
async function checkServer(server: string): Promise<void> {
  const answer = await fetch(new URL('/healthz', server)).catch(() => null)
  await answer?.body?.cancel()
  if (!answer?.ok)
    throw new ServerCallError(
      answer?.status ?? null,
      `No server answers at ${server}: start one with \`grapevine serve\``,
    )
}

// The database may have been replaced since the interrupted run.
const isKnown = (server: string, site: ReplaySite): Promise<boolean> =>
  openCalls(server, site.secretKey)
    .get(report)
    .then(
      () => true,
      (error: unknown) => {
        if (error instanceof ServerCallError && error.status === 401) return false
        throw error
      },
    )
