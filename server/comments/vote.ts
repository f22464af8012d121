import type { Votes } from '../contract/comments.ts'
import type { Work } from '../deps.ts'
import { AppError } from '../errors.ts'
import { commentSettings } from '../screening/comment-settings.ts'
import { checkWritable } from './check-open.ts'
import { type Acting, commentToMark } from './mark-comment.ts'
import { rankOf } from './rules.ts'
import { tellChanged } from './settle.ts'
import { changeComment } from './tree-store.ts'

/** Votes on somebody's comment: one vote a person, taken back with 0. */
export async function vote(
  work: Work,
  site: string,
  { value, ...acting }: Acting & { value: -1 | 0 | 1 },
): Promise<Votes> {
  const { db } = work
  const { votes } = await commentSettings(db, site)
  if (votes === 'none') throw new AppError('forbidden', 'Nobody votes here')
  if (votes === 'up' && value === -1)
    throw new AppError('invalid', 'is down: one votes up here, or not at all', { field: 'value' })
  const { row, thread, person } = await commentToMark(work, site, acting)
  checkWritable(thread)
  if (row.person_id === person) throw new AppError('forbidden', 'Nobody votes on what they said themselves')
  const before = await voteOf(work, site, row.id, person)
  const ups = row.ups + Number(value === 1) - Number(before === 1)
  const downs = row.downs + Number(value === -1) - Number(before === -1)
  if (value === before) return { ups, downs, value }
  await keepVote(work, site, row.id, person, value)
  const best = rankOf(thread?.mode === 'ideas' && row.parent_id === null, ups, downs)
  await changeComment(db, site, row.id, { ups, downs, best })
  tellChanged(work, site, row)
  return { ups, downs, value }
}

async function voteOf({ db }: Work, site: string, comment: string, person: string): Promise<number> {
  const known = await db
    .selectFrom('comment_vote')
    .select('value')
    .where('site_id', '=', site)
    .where('comment_id', '=', comment)
    .where('person_id', '=', person)
    .executeTakeFirst()
  return known?.value ?? 0
}

async function keepVote(
  { db, now }: Work,
  site: string,
  comment: string,
  person: string,
  value: number,
): Promise<void> {
  if (value === 0) {
    await db
      .deleteFrom('comment_vote')
      .where('site_id', '=', site)
      .where('comment_id', '=', comment)
      .where('person_id', '=', person)
      .execute()
    return
  }
  const row = { site_id: site, comment_id: comment, person_id: person, value, at: now() }
  await db
    .insertInto('comment_vote')
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(['site_id', 'comment_id', 'person_id']).doUpdateSet({ value, at: row.at }),
    )
    .execute()
}
