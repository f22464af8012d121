import type { Work } from '../deps.ts'

/** Removes what has waited too long for a code that nobody registered. */
export async function sweepWaiting({ db, now }: Work): Promise<void> {
  await db.deleteFrom('waiting').where('expires_at', '<=', now()).execute()
}
