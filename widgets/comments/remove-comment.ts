import { html } from 'lit'
import type { Comment } from '../../server/contract/comments.ts'
import type { Translate } from '../core/i18n.ts'
import { RequestFailure, writeOwn } from '../core/request-own.ts'
import type { CommentActsKey } from '../locales/comment-acts.en.ts'
import type { CommentsHost } from './host.ts'
import { refused } from './refused.ts'

/** The comment that one comes to when this one is gone: the next of its level, the one before it, the one it answered. */
function neighbourOf({ comments }: CommentsHost, { id, parent }: Comment): string | null {
  const level = comments.below(parent)
  const at = level.indexOf(id)
  return level[at + 1] ?? level[at - 1] ?? parent
}

/** Puts the focus on a comment, so that whoever goes by keys goes on from there; where none is left, on the headline. */
function focusOn({ renderRoot }: CommentsHost, id: string | null): void {
  const at = id === null ? '#headline' : `li[data-id="${CSS.escape(id)}"] > article`
  const place = renderRoot.querySelector<HTMLElement>(at)
  if (!place) return
  place.tabIndex = -1
  place.focus({ preventScroll: true })
}

/** Asks whether a comment of one's own is to go, and takes it away. */
export async function askRemoval(
  host: CommentsHost,
  { id }: Comment,
  t: Translate<CommentActsKey>,
): Promise<void> {
  let busy = false
  const go = async () => {
    busy = true
    host.requestUpdate()
    try {
      const { comment } = await writeOwn(`DELETE /v1/comments/${id}`, undefined)
      const stays = host.comments.below(id).length > 0 || comment.replies > 0
      const next = stays ? id : neighbourOf(host, comment)
      if (stays) host.comments.upsert([comment])
      else host.comments.remove(id)
      host.close()
      focusOn(host, next)
      host.say(t('removed'), true)
    } catch (error) {
      host.close()
      // It was gone already.
      if (error instanceof RequestFailure && error.code === 'not_found') host.comments.remove(id)
      else await refused(host, error)
    }
  }
  await host.open(() => ({
    title: t('removeAsk'),
    body: html`<p>${t('removeWhy')}</p>
      <p class="choice">
        <button type="button" class="lead" part="button lead" ?disabled=${busy} @click=${go}>${t('remove')}</button>
        <button type="button" class="plain" part="button" @click=${() => host.close()}>${t('keep')}</button>
      </p>`,
  }))
}
