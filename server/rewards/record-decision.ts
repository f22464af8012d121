import type { Work } from '../deps.ts'

/** Somebody's word on a programme or a reward. */
export interface Decision {
  /** Who acts, as the request's `actor`. */
  who: string
  act: string
  /** The id of what it is about. */
  subject: string
  detail?: string
}

/** Writes down who decided what. Never changed, never removed. */
export async function recordDecision(
  { db, now, newId }: Work,
  site: string,
  decision: Decision,
): Promise<void> {
  await db
    .insertInto('decision')
    .values({ site_id: site, id: newId(), at: now(), detail: '', ...decision })
    .execute()
}
