import type { Work } from '../deps.ts'

/** Removes links and sessions of owners that can no longer be used. */
export async function sweepSessions({ db, now }: Work): Promise<void> {
  await db.deleteFrom('owner_session').where('expires_at', '<=', now()).execute()
}
