import type { Act } from '../contract/moderation-models.ts'
import type { Database } from '../db/schema.ts'
import type { Work } from '../deps.ts'

/** What an act is about. */
export interface Subject {
  kind: Database['moderation_act']['subject_kind']
  id: string
}

/** What somebody did: to what, and how it was before. */
export interface NewAct {
  /** Who acts, as the request's `actor`. */
  who: string
  act: Act
  subject: Subject
  before: object
  note?: string
}

/** Writes down what somebody did, with all that undoing it takes; answers the act's id. */
export async function recordAct(
  { db, emit, now, newId }: Work,
  site: string,
  { who, act, subject, before, note = '' }: NewAct,
): Promise<string> {
  const id = newId()
  await db
    .insertInto('moderation_act')
    .values({
      site_id: site,
      id,
      who,
      act,
      subject_kind: subject.kind,
      subject: subject.id,
      before: JSON.stringify(before),
      note,
      at: now(),
      undone_at: null,
      undone_by: null,
    })
    .execute()
  emit({ type: 'moderation', site, at: now() })
  return id
}
