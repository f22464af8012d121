import type { Reactions } from '../contract/comments.ts'
import type { Work } from '../deps.ts'
import { AppError } from '../errors.ts'
import { commentSettings } from '../screening/comment-settings.ts'
import { checkWritable } from './check-open.ts'
import { type Acting, commentToMark } from './mark-comment.ts'
import { tellChanged } from './settle.ts'
import { reactionsOf } from './show-comments.ts'
import { changeComment } from './tree-store.ts'

/** Gives a comment an emoji, or takes it back; only what the owner offers can be given. */
export async function react(
  work: Work,
  site: string,
  { emoji, on, ...acting }: Acting & { emoji: string; on: boolean },
): Promise<Reactions> {
  const { db, now } = work
  const { reactions: offered } = await commentSettings(db, site)
  if (on && !offered.includes(emoji))
    throw new AppError('invalid', `is none of ${offered.join(' ')}`, { field: 'emoji' })
  const { row, thread, person } = await commentToMark(work, site, acting)
  checkWritable(thread)
  const mark = { site_id: site, comment_id: row.id, person_id: person, emoji }
  const own = () =>
    db
      .selectFrom('comment_reaction')
      .select('emoji')
      .where('site_id', '=', site)
      .where('comment_id', '=', row.id)
      .where('person_id', '=', person)
      .orderBy('at')
      .orderBy('emoji')
      .execute()
  const has = (await own()).some((given) => given.emoji === emoji)
  let reactions = row.reactions
  if (has !== on) {
    if (on)
      await db
        .insertInto('comment_reaction')
        .values({ ...mark, at: now() })
        .execute()
    else
      await db
        .deleteFrom('comment_reaction')
        .where('site_id', '=', site)
        .where('comment_id', '=', row.id)
        .where('person_id', '=', person)
        .where('emoji', '=', emoji)
        .execute()
    reactions = counted(row.reactions, emoji, on ? 1 : -1)
    await changeComment(db, site, row.id, { reactions })
    tellChanged(work, site, row)
  }
  return { reactions: reactionsOf(reactions), own: (await own()).map((given) => given.emoji) }
}

/** How often each emoji was given, once more or less. */
function counted(kept: string, emoji: string, by: 1 | -1): string {
  const counts = new Map(Object.entries(JSON.parse(kept) as Record<string, number>))
  const count = (counts.get(emoji) ?? 0) + by
  if (count > 0) counts.set(emoji, count)
  else counts.delete(emoji)
  return JSON.stringify(Object.fromEntries(counts))
}
