import type { Comment } from '../../server/contract/comments.ts'
import type { CommentsHost } from './host.ts'

/** Opens what a moderator can do with a comment, its author and its thread. */
export async function openModerate(_host: CommentsHost, _comment: Comment): Promise<void> {}
