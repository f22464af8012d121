import type { Comment } from '../../server/contract/comments.ts'
import { loadTexts, type Texts } from '../core/i18n.ts'
import { type RequestFailure, writeOwn } from '../core/request-own.ts'
import { type CommentActsKey, commentActsEn } from '../locales/comment-acts.en.ts'
import type { CommentsHost } from './host.ts'
import { laterStyles } from './later.styles.ts'
import { STRANGER } from './stranger.ts'
import type { TravelHost, Travels } from './travels.ts'

/** The texts of what can be done with a comment. */
export const loadActTexts = (): Promise<Texts<CommentActsKey>> =>
  loadTexts<CommentActsKey>(commentActsEn, {
    'zh-Hans': async () => (await import('../locales/comments.zh-Hans.ts')).commentActsZhHans,
  })

/** What an element lets its buttons do. */
interface ActHost extends TravelHost {
  travels(): Promise<Travels>
}

/** Does what a button says: of a comment, or of the whole thread. */
export async function act(host: ActHost, id: string, button: HTMLElement): Promise<void> {
  host.dress(laterStyles)
  const comment = host.comments.byId.get(id)
  if (button.dataset.act === 'more') return (await host.travels()).readOn(null)
  if (!comment) return
  switch (button.dataset.act) {
    case 'whole':
      host.list.whole.add(id)
      await host.redraw()
      return host.list.item(id)?.querySelector('article')?.focus({ preventScroll: true })
    case 'replies':
      return (await host.travels()).readOn(id)
    case 'branch':
      return (await host.travels()).enter(id)
    case 'reply':
      return host.write({ parent: comment })
    case 'up':
      return vote(host, comment, 1)
    case 'down':
      return vote(host, comment, -1)
    case 'react':
      return react(host, comment, button.dataset.emoji ?? '')
    case 'reactions':
      return (await import('./menu.ts')).openReactions(host, comment, button)
    case 'menu':
      return (await import('./menu.ts')).openMenu(host, comment, button)
    case 'share':
      return (await import('./share-comment.ts')).shareComment(host, comment)
  }
}

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
async function vote(host: CommentsHost, { id }: Comment, wanted: 1 | -1): Promise<void> {
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

/** Says that something was not taken; whoever has to sign in first is asked to. */
export async function refused(host: CommentsHost, error: unknown): Promise<void> {
  host.fail(error)
  const { code } = error as Partial<RequestFailure>
  if (code === 'unauthorized') return void (await import('./sign-in.ts')).openSignIn(host)
  host.say(host.texts.t('notDone'), true)
}
