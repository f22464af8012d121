import type { z } from '@hono/zod-openapi'
import type { NewProgramme } from '../contract/programmes.ts'
import type { Work } from '../deps.ts'
import { insertProgramme } from './programme-store.ts'
import { recordDecision } from './record-decision.ts'

/** Makes a programme, as a draft or running at once. Answers its id. */
export async function createProgramme(
  work: Work,
  site: string,
  who: string,
  { name, rule, status }: z.output<typeof NewProgramme>,
): Promise<string> {
  const id = work.newId()
  const at = work.now()
  const times = { created_at: at, updated_at: at }
  await insertProgramme(work.db, { site_id: site, id, name, status, version: 1, rule, ...times })
  await recordDecision(work, site, { who, act: 'create', subject: id, detail: name })
  if (status === 'running') await recordDecision(work, site, { who, act: 'run', subject: id })
  return id
}
