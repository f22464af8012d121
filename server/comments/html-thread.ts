import { html } from 'hono/html'
import type { Comment } from '../contract/comments.ts'
import { type Html, markupHtml } from './html-markup.ts'

/** A part of a thread, to be written as a page. */
export interface ThreadPart {
  /** The page it belongs to. */
  url: string
  title: string | null
  count: number
  firstAt: number | null
  /** Oldest first; replies that are here may stand anywhere after what they answer. */
  comments: readonly Comment[]
  /** Where the first and the next part are read; null where this is the first, or the last. */
  first: string | null
  next: string | null
}

/** How far replies are indented; what is deeper stands at the same width and says what it answers. */
const INDENTED = 8

const GONE = { deleted: 'This comment was deleted.', removed: 'A moderator removed this comment.' } as const

/** The address that opens a comment on its page: the widget reads it. */
export const permalink = (url: string, id: string): string => `${url}#grapevine-comment-${id}`

/** A part of a thread as a whole page: complete without a script, and described for search engines (schema.org). */
export function threadHtml(part: ThreadPart): Html {
  const { url, title, count, firstAt, comments, first, next } = part
  const name = title ?? url
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Comments: ${name}</title>
<link rel="canonical" href="${url}">
</head>
<body>
<main itemscope itemtype="https://schema.org/DiscussionForumPosting">
<h1><a itemprop="url" href="${url}"><bdi itemprop="headline">${name}</bdi></a></h1>
<p><span itemprop="commentCount">${count}</span> ${count === 1 ? 'comment' : 'comments'}</p>
${firstAt === null ? '' : html`<meta itemprop="datePublished" content="${new Date(firstAt).toISOString()}">`}
${commentsHtml(url, comments)}
${first === null && next === null ? '' : html`<nav>${first === null ? '' : html`<a rel="first" href="${first}">First comments</a> `}${next === null ? '' : html`<a rel="next" href="${next}">More comments</a>`}</nav>`}
</main>
</body>
</html>
`
}

function commentsHtml(url: string, comments: readonly Comment[]): Html {
  const here = new Set(comments.map(({ id }) => id))
  const isTop = ({ parent }: Comment) => parent === null || !here.has(parent)
  const below = Map.groupBy(
    comments.filter((comment) => !isTop(comment)),
    ({ parent }) => parent,
  )
  const levelHtml = (level: readonly Comment[], depth: number): Html | '' =>
    level.length === 0 ? '' : html`<ol>${level.map((comment) => itemHtml(comment, depth))}</ol>`
  const itemHtml = (comment: Comment, depth: number): Html => {
    const replies = below.get(comment.id) ?? []
    const wide = depth < INDENTED
    // What it answers is told where that is not right above.
    const told = comment.parent !== null && (depth === 0 || depth > INDENTED) ? comment.parent : null
    return html`<li id="c-${comment.id}">${articleHtml(url, comment, told, wide ? levelHtml(replies, depth + 1) : '')}</li>${wide ? '' : replies.map((reply) => itemHtml(reply, depth + 1))}`
  }
  return html`${levelHtml(comments.filter(isTop), 0)}`
}

function articleHtml(url: string, comment: Comment, answers: string | null, replies: Html | ''): Html {
  const { id, author, state, at, body, anchor, ups, downs } = comment
  const gone = state === 'deleted' || state === 'removed' ? GONE[state] : null
  return html`<article itemprop="comment" itemscope itemtype="https://schema.org/Comment">
<p>${author === null ? '' : html`<span itemprop="author" itemscope itemtype="https://schema.org/Person"><bdi itemprop="name">${author.name}</bdi></span>, `}<a itemprop="url" href="${permalink(url, id)}"><time itemprop="dateCreated" datetime="${at}">${at.slice(0, 16).replace('T', ' ')} UTC</time></a>${answers === null ? '' : html`, <a href="${permalink(url, answers)}">in reply to another comment</a>`}</p>
${anchor === null ? '' : html`<blockquote dir="auto">${anchor.exact}</blockquote>`}
${gone === null ? html`<div itemprop="text">${markupHtml(body)}</div>` : html`<p><em>${gone}</em></p>`}
${ups > 0 ? html`<meta itemprop="upvoteCount" content="${ups}">` : ''}${downs > 0 ? html`<meta itemprop="downvoteCount" content="${downs}">` : ''}${replies}
</article>`
}
