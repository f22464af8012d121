import type { Work } from '../deps.ts'

/** Forgets used proofs of work that are too old to be used anyway. */
export async function sweepProofs({ db, now }: Work): Promise<void> {
  await db.deleteFrom('spent_proof').where('expires_at', '<=', now()).execute()
}
