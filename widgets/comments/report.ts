import type { Comment } from '../../server/contract/comments.ts'
import type { CommentsHost } from './host.ts'

/** Opens the dialog in which somebody reports a comment. */
export async function openReport(_host: CommentsHost, _comment: Comment): Promise<void> {}
