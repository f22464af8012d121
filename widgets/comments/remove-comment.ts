import { html } from 'lit'
import type { Comment } from '../../server/contract/comments.ts'
import type { Translate } from '../core/i18n.ts'
import { RequestFailure, writeOwn } from '../core/request-own.ts'
import type { CommentActsKey } from '../locales/comment-acts.en.ts'
import type { CommentsHost } from './host.ts'
import { refused } from './refused.ts'

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
      if (host.comments.below(id).length || comment.replies) host.comments.upsert([comment])
      else host.comments.remove(id)
      host.close()
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
      <p class="ways">
        <button type="button" class="lead" part="button lead" ?disabled=${busy} @click=${go}>${t('remove')}</button>
        <button type="button" class="plain" part="button" @click=${() => host.close()}>${t('keep')}</button>
      </p>`,
  }))
}
