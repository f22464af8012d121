import type { Comment } from '../../server/contract/comments.ts'
import type { CommentsHost } from './host.ts'
import { plainText } from './plain-text.ts'

/** What of a comment is quoted: the words that are selected in it, else all of it. */
export function quoteOf({ renderRoot }: CommentsHost, { id, body }: Comment): string {
  // Browsers differ in whether a selection inside an element's own tree is the tree's or the document's.
  const root = renderRoot as ShadowRoot & { getSelection?(): Selection | null }
  const selection = root.getSelection?.() ?? getSelection()
  const text = root.querySelector(`li[data-id="${CSS.escape(id)}"] > article .text`)
  const { anchorNode, focusNode } = selection ?? {}
  const inside = text && anchorNode && focusNode && text.contains(anchorNode) && text.contains(focusNode)
  return (inside && selection?.toString().trim()) || plainText(body)
}
