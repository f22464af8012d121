import { formatCount, formatFactor, formatPart } from '../format.ts'
import { language } from '../texts.ts'

/** The steps of SICAS, in their order. */
export const STEPS = ['sense', 'interact', 'connect', 'act', 'share'] as const
export type Step = (typeof STEPS)[number]
export type Steps = Readonly<Record<Step, number>>

/** What part of the step before went on to this one; none for the first, or where nobody came that far. */
export function rateOf(steps: Steps, step: Step): number | undefined {
  const before = STEPS[STEPS.indexOf(step) - 1]
  if (!before || steps[before] === 0) return undefined
  return steps[step] / steps[before]
}

/** The rate of a step as a part of the step before, or as a multiple where more came than had been there. */
export function rateText(steps: Steps, step: Step): string {
  const rate = rateOf(steps, step)
  if (rate === undefined) return ''
  return rate > 1 ? formatFactor(rate, language()) : formatPart(rate, language())
}

/** A step's count as it is written. */
export const countText = (steps: Steps, step: Step): string => formatCount(steps[step], language())
