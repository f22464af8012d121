import type { Comment } from '../../server/contract/comments.ts'
import { writeOwn } from '../core/request-own.ts'
import type { CommentsHost } from './host.ts'
import { refused } from './refused.ts'
import { STRANGER } from './stranger.ts'

/** Writes of one comment go one after another, so that the last is the one that counts. */
const lines = new Map<string, Promise<unknown>>()

function inLine<T>(key: string, write: () => Promise<T>): Promise<T> {
  const done = (lines.get(key) ?? Promise.resolve()).then(write)
  lines.set(
    key,
    done.catch(() => undefined),
  )
  return done
}

/** Votes, or takes the same vote back: shown at once, undone where the server does not take it. */
export async function vote(host: CommentsHost, { id }: Comment, wanted: 1 | -1): Promise<void> {
  const before = host.mine?.votes[id] ?? 0
  const value = before === wanted ? 0 : wanted
  const known = host.comments.byId.get(id)
  const show = (value: number, ups: number, downs: number) => {
    const mine = host.mine ?? STRANGER
    host.turnMine({ ...mine, votes: { ...mine.votes, [id]: value } })
    const comment = host.comments.byId.get(id)
    if (comment) host.comments.upsert([{ ...comment, ups, downs }])
  }
  if (!known) return
  const { ups, downs } = known
  show(
    value,
    ups + Number(value === 1) - Number(before === 1),
    downs + Number(value === -1) - Number(before === -1),
  )
  try {
    const answer = await inLine(`vote ${id}`, () => writeOwn(`PUT /v1/comments/${id}/vote`, { value }))
    // Another click may have come meanwhile: then what it did is what is shown.
    if (host.mine?.votes[id] === value) show(answer.value, answer.ups, answer.downs)
  } catch (error) {
    show(before, ups, downs)
    await refused(host, error)
  }
}

/** Reacts, or takes the reaction back. */
export async function react(host: CommentsHost, { id }: Comment, emoji: string): Promise<void> {
  const comment = host.comments.byId.get(id)
  if (!comment) return
  const own = host.mine?.reactions[id] ?? []
  const on = !own.includes(emoji)
  const show = (reactions: Comment['reactions'], own: string[]) => {
    const mine = host.mine ?? STRANGER
    host.turnMine({ ...mine, reactions: { ...mine.reactions, [id]: own } })
    const now = host.comments.byId.get(id)
    if (now) host.comments.upsert([{ ...now, reactions }])
  }
  show(
    counted(comment.reactions, emoji, on ? 1 : -1),
    on ? [...own, emoji] : own.filter((other) => other !== emoji),
  )
  try {
    const answer = await inLine(`reaction ${id}`, () =>
      writeOwn(`PUT /v1/comments/${id}/reactions`, { emoji, on }),
    )
    show(answer.reactions, answer.own)
  } catch (error) {
    show(comment.reactions, own)
    await refused(host, error)
  }
}

/** Reactions with one more or less of a kind. */
function counted(reactions: Comment['reactions'], emoji: string, by: number): Comment['reactions'] {
  const known = reactions.some((reaction) => reaction.emoji === emoji)
  return (known ? reactions : [...reactions, { emoji, count: 0 }])
    .map((reaction) => (reaction.emoji === emoji ? { emoji, count: reaction.count + by } : reaction))
    .filter(({ count }) => count > 0)
}
