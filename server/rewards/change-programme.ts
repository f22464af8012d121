import type { z } from '@hono/zod-openapi'
import type { ProgrammeStatus } from '../contract/models.ts'
import type { ProgrammeChange, Rule } from '../contract/programmes.ts'
import type { Work } from '../deps.ts'
import { AppError } from '../errors.ts'
import { insertVersion, lockProgramme, updateProgramme } from './programme-store.ts'
import { recordDecision } from './record-decision.ts'
import { noProgramme } from './show-programmes.ts'

/** Where a programme may go from where it is. Ended is final. */
const NEXT: Record<ProgrammeStatus, readonly ProgrammeStatus[]> = {
  draft: ['running', 'ended'],
  running: ['paused', 'ended'],
  paused: ['running', 'ended'],
  ended: [],
}

const ACT = { draft: 'draft', running: 'run', paused: 'pause', ended: 'end' } as const

/** Both have passed the schema, which puts their fields in one order. */
const isSame = (one: Rule, other: Rule): boolean => JSON.stringify(one) === JSON.stringify(other)

/** Changes a programme's name, rule or status. A rule that differs is a new version; those before are kept. */
export async function changeProgramme(
  work: Work,
  site: string,
  who: string,
  id: string,
  change: z.output<typeof ProgrammeChange>,
): Promise<void> {
  const { db } = work
  const known = await lockProgramme(db, site, id)
  if (!known) throw noProgramme()
  const { name = known.name, rule = known.rule, status = known.status } = change
  const ruled = !isSame(rule, known.rule)
  const edited = ruled || name !== known.name
  const moved = status !== known.status
  if (!edited && !moved) return
  if (known.status === 'ended') throw new AppError('conflict', 'The programme has ended, which is final')
  if (moved && !NEXT[known.status].includes(status))
    throw new AppError('conflict', `cannot become ${status} from ${known.status}`, { field: 'status' })
  const version = known.version + (ruled ? 1 : 0)
  const next = { ...known, name, rule, status, version, updated_at: work.now() }
  if (ruled) await insertVersion(db, next)
  await updateProgramme(db, next)
  const decision = { who, subject: id, detail: `${name}, version ${version}` }
  if (edited) await recordDecision(work, site, { ...decision, act: 'change' })
  if (moved) await recordDecision(work, site, { ...decision, act: ACT[status] })
}
