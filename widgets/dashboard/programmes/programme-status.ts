import { html, type TemplateResult } from 'lit'
import type { ProgrammeStatus } from '../../../server/contract/models.ts'
import { text } from '../texts.ts'

/** What can be done about a programme's status, and what it is then. */
export const STEPS = { start: 'running', pause: 'paused', resume: 'running', end: 'ended' } as const
export type Step = keyof typeof STEPS

/** The steps from each status, the likeliest first. Ended is final. */
export const STEPS_FROM: Readonly<Record<ProgrammeStatus, readonly Step[]>> = {
  draft: ['start', 'end'],
  running: ['pause', 'end'],
  paused: ['resume', 'end'],
  ended: [],
}

/** A programme's status as a badge. */
export function statusBadge(status: ProgrammeStatus): TemplateResult {
  return html`<span class="badge ${status}">${text(`programme_${status}`)}</span>`
}
