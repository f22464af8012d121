import { changeThread, type ThreadSetting } from '../comments/change-thread.ts'
import type { Work } from '../deps.ts'
import { recordAct } from './record-act.ts'
import type { Actor } from './rules.ts'

/** Sets how a page's thread is, and writes it down. */
export async function setThread(
  work: Work,
  site: string,
  { who }: Actor,
  page: string,
  setting: ThreadSetting,
): Promise<void> {
  const row = await changeThread(work, site, page, setting)
  const was = { mode: row.mode, state: row.state, closesAt: row.closes_at }
  const is = { ...was, ...Object.fromEntries(Object.entries(setting).filter(([, to]) => to !== undefined)) }
  if (JSON.stringify(was) === JSON.stringify(is)) return
  const subject = { kind: 'thread' as const, id: page }
  await recordAct(work, site, { who, act: 'thread', subject, before: was })
}
