import { performance } from 'node:perf_hooks'
import autocannon, { type Request } from 'autocannon'
import type { Measured } from './processes.ts'

/** What a round of load came to. */
export interface Round {
  /** Answers a second. */
  rate: number
  /** Processor time the server took for one answer, in µs. */
  cpu: number
}

/** Sends exactly `amount` requests over 64 connections kept alive; every answer has to carry the expected status. */
export async function load(
  server: Measured,
  requests: Request[],
  amount: number,
  expected: number,
): Promise<Round> {
  const before = await server.cpu()
  const idle = performance.eventLoopUtilization()
  const begun = performance.now()
  const run = autocannon({ url: server.url, connections: 64, amount, timeout: 30, requests })
  // autocannon itself ends at the next full second.
  let ended = begun
  run.on('response', () => {
    ended = performance.now()
  })
  const result = await run
  const { utilization } = performance.eventLoopUtilization(idle)
  const answered = Object.entries(result.statusCodeStats)
  const right = answered.find(([status]) => Number(status) === expected)?.[1].count ?? 0
  if (right !== amount || result.errors > 0) {
    throw new Error(
      `${right} of ${amount} answers were ${expected}: ${JSON.stringify(answered)}, ${result.errors} errors`,
    )
  }
  if (utilization > 0.95) throw new Error('The load generator was the bottleneck: nothing was measured')
  const seconds = (ended - begun) / 1000
  return { rate: amount / seconds, cpu: (((await server.cpu()) - before) * 1000) / amount }
}
