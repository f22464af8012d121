import type { DividendReport } from '../../../server/contract/reports.ts'

export const FACTORS = ['information', 'chain', 'interaction'] as const
export type FactorName = (typeof FACTORS)[number]

/** One bar of the waterfall: from where to where it reaches, in minor units. `before` and `now` stand on zero. */
export interface Step {
  name: 'before' | FactorName | 'now'
  from: number
  to: number
}

/** From the value before to the value now, factor by factor; without the factors where they cannot be told apart. */
export function waterfallSteps(report: DividendReport): Step[] {
  const steps: Step[] = [{ name: 'before', from: 0, to: report.before.value }]
  let at = report.before.value
  for (const name of FACTORS) {
    const { part } = report[name]
    if (part === null) continue
    steps.push({ name, from: at, to: at + part })
    at += part
  }
  return [...steps, { name: 'now', from: 0, to: report.now.value }]
}

/** Where an amount lies between the least and the most of the steps, in percent of the width. */
export function scaleOf(steps: readonly Step[]): (amount: number) => number {
  const ends = steps.flatMap(({ from, to }) => [from, to])
  const [least, most] = [Math.min(0, ...ends), Math.max(0, ...ends)]
  return (amount) => (most > least ? ((amount - least) / (most - least)) * 100 : 0)
}
