import { TITLE_LENGTH } from '../../server/contract/comment-limits.ts'
import type { Comment, NewComment } from '../../server/contract/comments.ts'
import type { Markup } from '../../server/contract/markup.ts'
import { latestArrival } from '../core/arrivals.ts'
import { newKey } from '../core/identity.ts'
import { pageUrl } from '../core/page.ts'
import { RequestFailure, writeOwn } from '../core/request-own.ts'
import type { DraftKeeper } from './drafts.ts'
import type { CommentsHost, Where } from './host.ts'

/** How far the proof of work is, from 0 to 1. */
export type Progress = (part: number) => void

/** Challenges solved for one comment; more is a server that will not be pleased. */
const MOST_PROOFS = 2

/** What somebody says, as the server wants it. */
export function newComment(
  host: CommentsHost,
  { parent, anchor }: Where,
  { draft: { body, name, mail } }: DraftKeeper,
): NewComment {
  const { page, pageId, mine } = host
  const title = page === pageUrl() ? document.title.slice(0, TITLE_LENGTH) : ''
  const arrival = latestArrival(page)?.code
  return {
    url: page,
    ...(pageId && { pageId }),
    ...(parent && { parent: parent.id }),
    body,
    ...(name.trim() && { name: name.trim() }),
    ...(mail.trim() && !mine?.member && { mail: mail.trim() }),
    ...(anchor && { anchor }),
    ...(title && { title }),
    ...(arrival && { arrival }),
  }
}

/** Posts a comment; does the work that a doubting server asks for. The same once more goes under the same key. */
export async function post(said: NewComment, drafts: DraftKeeper, progress: Progress): Promise<Comment> {
  const text = JSON.stringify(said)
  const { sent } = drafts.draft
  const key = sent?.said === text ? sent.key : newKey()
  drafts.change({ sent: { said: text, key } })
  drafts.save()
  const write = (proof?: string) => writeOwn('POST /v1/comments', proof ? { ...said, proof } : said, key)
  return (await proved(write, progress)).comment
}

/** Changes a comment. */
export async function change(id: string, body: string, progress: Progress): Promise<Comment> {
  const write = (proof?: string) => writeOwn(`PATCH /v1/comments/${id}`, { body, ...(proof && { proof }) })
  return (await proved(write, progress)).comment
}

/** Writes something, with a proof of work if one is wanted. */
async function proved<Answer>(
  write: (proof?: string) => Promise<Answer>,
  progress: Progress,
): Promise<Answer> {
  let proof: string | undefined
  for (let proofs = 0; ; proofs++) {
    try {
      return await write(proof)
    } catch (error) {
      const wanted = error instanceof RequestFailure && error.code === 'proof_required'
      if (!wanted || proofs >= MOST_PROOFS) throw error
      proof = await (await import('./proof.ts')).solve(error.challenge, progress)
    }
  }
}

/** A comment as it is shown until the server has answered. */
export function expected(
  { mine }: CommentsHost,
  { parent, anchor }: Where,
  name: string,
  body: Markup,
): Comment {
  return {
    id: '',
    parent: parent?.id ?? null,
    depth: parent ? parent.depth + 1 : 0,
    author: mine?.person ?? { id: '', name, badge: null, avatar: null },
    state: 'visible',
    body,
    at: new Date().toISOString(),
    editedAt: null,
    ups: 0,
    downs: 0,
    reactions: [],
    pinned: false,
    accepted: null,
    status: null,
    anchor: anchor ?? null,
    replies: 0,
    below: 0,
    next: null,
  }
}

/** What was written, as paragraphs and lines; the server knows its marks. */
export const asParagraphs = (text: string): Markup =>
  text
    .trim()
    .split(/\n{2,}/)
    .map((part) => ({
      t: 'p',
      c: part.split('\n').flatMap((line, at) => (at ? [{ t: 'br' }, line] : [line])),
    }))
