import type { Comment } from '../../server/contract/comments.ts'
import { GrapevineEvent } from '../core/events.ts'
import { mintShare, registerShare } from '../core/sharing.ts'
import { copyText } from '../ui/copy.ts'
import { loadActTexts } from './act-texts.ts'
import type { CommentsHost } from './host.ts'
import { linkOf } from './permalink.ts'

/** Passes a comment on by the device's own dialog, or copies its link: who comes by it is a hop of the chain. */
export async function shareComment(host: CommentsHost, comment: Comment): Promise<void> {
  if (!navigator.share) return copyLink(host, comment)
  const share = minted(host, comment)
  try {
    await navigator.share({ title: document.title, url: share.link })
    told(host, share)
  } catch (error) {
    if ((error as Error).name !== 'AbortError') throw error
  }
}

/** Copies the link of a comment, and says so. */
export async function copyLink(host: CommentsHost, comment: Comment): Promise<void> {
  const { t } = await loadActTexts()
  const share = minted(host, comment)
  if (!(await copyText(share.link, host.renderRoot as ShadowRoot))) {
    host.say(share.link, true)
    return
  }
  host.say(t('copied'), true)
  told(host, share)
}

const minted = ({ page }: CommentsHost, { id }: Comment) => mintShare(linkOf(page, id), 'comment')

function told(host: CommentsHost, share: ReturnType<typeof minted>): void {
  void registerShare(share)
  host.dispatchEvent(new GrapevineEvent('shared', share))
}
