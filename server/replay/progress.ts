import type { Replayed, ReplayProgress } from './replay-cascades.ts'

const barWidth = 30
const redrawEvery = { terminal: 100, plain: 5_000 }

/** Where progress is written; `process.stderr` is one. */
export interface ProgressOutput {
  isTTY?: boolean
  write: (text: string) => unknown
}

/** Draws a progress bar on a terminal, or now and then a plain line elsewhere. */
export function drawProgress(output: ProgressOutput, now: () => number = () => performance.now()) {
  const interval = output.isTTY ? redrawEvery.terminal : redrawEvery.plain
  const started = now()
  let drawn = Number.NEGATIVE_INFINITY
  return (progress: ReplayProgress): void => {
    const finished = progress.done === progress.total
    if (now() - drawn < interval && !finished) return
    drawn = now()
    const line = progressLine(progress, (now() - started) / 1000, output.isTTY ? barWidth : 0)
    output.write(output.isTTY ? `\r\u001b[K${line}${finished ? '\n' : ''}` : `${line}\n`)
  }
}

/** One line that says how far, how fast and how long still. */
export function progressLine(
  { done, total, before }: ReplayProgress,
  seconds: number,
  width: number,
): string {
  const part = total === 0 ? 1 : done / total
  const rate = seconds > 0 ? (done - before) / seconds : 0
  const bar = width > 0 ? `${'█'.repeat(Math.floor(part * width)).padEnd(width, '░')} ` : ''
  const rest = rate > 0 && done < total ? `, ${clock((total - done) / rate)} left` : ''
  const percent = `${Math.floor(part * 100)} %`.padStart(5)
  return `${bar}${percent}  ${grouped(done)} of ${grouped(total)} shares, ${grouped(Math.round(rate))} a second${rest}`
}

/** A finished replay in a few lines for people. */
export function describeReplay({
  site,
  shares,
  duplicates,
  orphans,
  seconds,
  perSecond,
  summary,
}: Replayed): string {
  const depths = Object.entries(summary.depths).map(([depth, cascades]) => `${depth}: ${grouped(cascades)}`)
  return [
    `Replayed ${grouped(shares)} shares to site ${site} in ${seconds.toFixed(1)} s, ${grouped(Math.round(perSecond))} a second`,
    `Left out ${grouped(duplicates)} duplicates; ${grouped(orphans)} had a parent the file does not show`,
    '',
    'The server reports:',
    `  cascades        ${grouped(summary.cascades)}, with ${grouped(summary.shares)} shares; ${grouped(summary.alone)} passed on by nobody`,
    `  size            ${summary.meanSize.toFixed(3)} on average, ${grouped(summary.maxSize)} at most`,
    `  breadth         ${grouped(summary.maxBreadth)} at most`,
    `  virality        ${summary.meanVirality.toFixed(6)} on average, ${summary.maxVirality.toFixed(6)} at most`,
    `  depth           ${grouped(summary.maxDepth)} at most (${depths.join(', ')})`,
  ].join('\n')
}

const grouped = (count: number): string => count.toLocaleString('en')

const clock = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`
