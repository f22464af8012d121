import type { CommentSettings } from '../contract/screening.ts'
import type { Work } from '../deps.ts'
import { AppError } from '../errors.ts'
import { mayModerate, roleOfPerson } from '../identity/staff.ts'
import { type ThreadSet, threadState } from './rules.ts'

const WHY = {
  locked: 'This thread is locked: nothing can be added',
  closed: 'This thread is closed: its time is over',
  read_only: 'This thread can only be read',
}

/** Refuses new comments where a thread takes none; those who run the site may speak until it is read-only. */
export async function checkOpen(
  { db, now }: Work,
  site: string,
  { thread, settings, person }: { thread: ThreadSet | undefined; settings: CommentSettings; person: string },
): Promise<void> {
  const state = thread ? threadState(thread, settings.closeAfterDays, now()) : 'open'
  if (state === 'open') return
  if (state !== 'read_only' && mayModerate(await roleOfPerson(db, site, person))) return
  throw new AppError('forbidden', WHY[state])
}

/** Refuses what changes anything in a thread that can only be read. */
export function checkWritable(thread: ThreadSet | undefined): void {
  if (thread?.state === 'read_only') throw new AppError('forbidden', WHY.read_only)
}
