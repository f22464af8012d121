import type { Comment } from '../../server/contract/comments.ts'
import { loadActTexts } from './act-texts.ts'
import { laterStyles } from './later.styles.ts'
import type { TravelHost, Travels } from './travels.ts'
import { react, vote } from './vote.ts'

/** What an element lets its buttons do. */
interface ActHost extends TravelHost {
  travels(): Promise<Travels>
  readonly passages: { show(comment: Comment): boolean } | undefined
  annotate(): Promise<void>
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
    case 'passage':
      return showPassage(host, comment)
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

/** Shows the passage that a comment is on, where the article still has it. */
async function showPassage(host: ActHost, comment: Comment): Promise<void> {
  await host.annotate()
  if (!host.passages?.show(comment)) host.say((await loadActTexts()).t('passageGone'), true)
}
