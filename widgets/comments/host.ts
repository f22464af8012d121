import type { Anchor, Comment, Mine, Thread } from '../../server/contract/comments.ts'
import type { Texts } from '../core/i18n.ts'
import type { CommentsKey } from '../locales/comments.en.ts'
import type { OpenDialogHost, View } from '../ui/open-dialog.ts'
import type { CommentStore } from './comment-store.ts'

/** Where something is written: below a comment, in place of one, on a passage, or as a new comment of the page. */
export interface Where {
  /** The comment that is answered. */
  parent?: Comment
  /** What of it is quoted, as it was written. */
  quote?: string
  /** The comment that is changed. */
  edit?: Comment
  /** The passage of the page that is spoken of. */
  anchor?: Anchor
}

/**
 * A composer as the element knows it: what `Composer.for(host, where)` of `composer.ts` gives or promises. Its first
 * `textarea` takes the place of the one that stood there before it was loaded: what was typed is put into it (an
 * `input` event tells of it), with the selection and the focus. Where nothing was typed its draft stays.
 */
export interface Writing {
  render(): unknown
  /** Puts in what else is quoted; without it a composer is made anew. */
  quote?(text: string): void
  /** Speaks of that passage from now on. */
  about?(anchor: Anchor): void
}

/** The comments element, as its parts know it. */
export interface CommentsHost extends OpenDialogHost {
  readonly texts: Texts<CommentsKey>
  /** The page that is talked about, as `url` wants it in each request. */
  readonly page: string
  /** The id that the owner gave the page; empty for none. */
  readonly pageId: string
  /** The page's thread; undefined until the server has answered. */
  readonly thread: Thread | undefined
  /** What of it is one's own; undefined until known, and for whoever has never acted. */
  readonly mine: Mine | undefined
  /** All comments known here. */
  readonly comments: CommentStore
  /** Says something to those who do not see it; `seen`: to all, for a moment. */
  say(words: string, seen?: boolean): void
  /** Tells the page of what did not work (`grapevine-error`); says nothing to the reader. */
  fail(error: unknown): undefined
  /** Opens a dialog, in place of the open one. */
  open(view: () => View): Promise<void>
  /** Closes the open dialog. */
  close(): void
  /** Adds styles for a part that came later, once each. */
  dress(...styles: { styleSheet?: CSSStyleSheet | undefined }[]): void
  /** Opens a composer there; the one that is open there already gets the focus. */
  write(where: Where): Promise<void>
  /** Closes the composer there: it was sent, or given up. The one of the page itself stays. */
  doneWriting(where: Where): void
  /** Reads the thread anew. */
  reload(): Promise<void>
  /** Takes in what is one's own as it will be, before the server says so. */
  turnMine(mine: Mine): void
  /** Reads anew what is one's own: after signing in or out, after a first act. */
  reloadMine(): Promise<void>
  /** Shows a comment, wherever it is, and puts the focus there. */
  focusComment(id: string): Promise<void>
  /** Fires an event of the element's own. */
  dispatchEvent(event: Event): boolean
}
