import { html, nothing, type TemplateResult } from 'lit'
import type { Comment } from '../../server/contract/comments.ts'
import { icon } from '../ui/icon.ts'
import { avatar } from './avatar.ts'
import { isPending } from './comment-store.ts'
import type { CommentsHost, Writing } from './host.ts'
import { linesOf, markup } from './markup.ts'
import { permalink } from './permalink.ts'
import { timeAgo } from './times.ts'

/** A comment of more lines than this is cut until the reader wants all of it. */
const LONG = 24

const GLYPHS = {
  up: 'M12 19V6M6 11.5L12 5.5l6 6',
  down: 'M12 5v13M6 12.5l6 6 6-6',
  react: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM8.7 14.2a4 4 0 0 0 6.6 0M9 9.6v.01M15 9.6v.01',
  share: 'M12 15V3.5M8 7.2l4-4 4 4M7.5 10.5h-2v10h13v-10h-2',
  more: 'M5.5 12v.01M12 12v.01M18.5 12v.01',
  fold: 'M7 10l5 5 5-5',
}

/** What of a row is not its comment's. */
export interface RowState {
  folded: boolean
  whole: boolean
  /** The question it stands under has accepted it. */
  accepted: boolean
  /** The composer in its place, and the one below it. */
  editing: Writing | undefined
  answering: Writing | undefined
}

/** One comment. What its buttons do is told by their `data-act`; the list hears of it. */
export function row(host: CommentsHost, comment: Comment, state: RowState): TemplateResult {
  const { t, lang } = host.texts
  const { id, author, at, editedAt } = comment
  const name = author?.name ?? t('someone')
  return html`
    <header>
      ${avatar(author)}
      <h3 part="author"><bdi>${author ? name : t(comment.state === 'deleted' ? 'deleted' : 'removed')}</bdi></h3>
      ${author && author.badge !== 'member' && author.badge ? html`<span class="badge" part="badge">${t(author.badge)}</span>` : nothing}
      <a class="quiet" href=${permalink(host.page, id)}
        ><time datetime=${at} .textContent=${timeAgo(at, lang)}></time
      ></a>
      ${editedAt ? html`<time class="quiet" datetime=${editedAt} data-said>${t('edited')}</time>` : nothing}
      ${marks(host, comment, state)}
      ${act('fold', t('fold', { name }), GLYPHS.fold, 'icon fold', !state.folded)}
    </header>
    ${state.folded ? html`<p class="quiet">${t('folded', { count: comment.below || comment.replies })}</p>` : said(host, comment, state)}
  `
}

/** What a comment says, or the composer that changes it. */
function said(host: CommentsHost, comment: Comment, { editing, whole }: RowState) {
  const { author, anchor, body, status } = comment
  const { t } = host.texts
  if (editing) return html`<div class="writing">${editing.render()}</div>`
  if (!author) return nothing
  const long = !whole && linesOf(body) > LONG
  return html`
    ${anchor ? html`<blockquote class="passage" part="passage" dir="auto">${anchor.exact} <button type="button" class="link" data-act="passage">${t('inArticle')}</button></blockquote>` : nothing}
    <div class="text ${long ? 'long' : ''}" part="text">${markup(body)}</div>
    ${long ? html`<button type="button" class="link" data-act="whole">${t('showAll')}</button>` : nothing}
    ${status?.note ? html`<p class="why"><bdi>${status.note}</bdi></p>` : nothing}
    ${isPending(comment) ? nothing : bar(host, comment, author.name)}
  `
}

/** What is said of a comment beside its author. */
function marks({ texts: { t }, page }: CommentsHost, comment: Comment, { accepted }: RowState) {
  const { pinned, status, state } = comment
  const held = isPending(comment) ? t('sending') : state === 'held' ? t('held') : ''
  return html`
    ${pinned ? html`<span class="mark">${t('pinned')}</span>` : nothing}
    ${accepted ? html`<span class="mark yes">${icon()}${t('accepted')}</span>` : nothing}
    ${comment.accepted ? html`<a class="mark yes" href=${permalink(page, comment.accepted)}>${icon()}${t('accepted')}</a>` : nothing}
    ${status ? html`<span class="mark ${status.status}" part="status">${t(status.status)}</span>` : nothing}
    ${held ? html`<span class="mark">${held}</span>` : nothing}
  `
}

/** What can be done with a comment. */
function bar(host: CommentsHost, { id, ups, downs, reactions, state }: Comment, name: string) {
  const { thread, mine, texts } = host
  const { t } = texts
  const { votes, reactions: offered } = thread?.offered ?? { votes: 'none', reactions: [] }
  const vote = mine?.votes[id] ?? 0
  const reacted = mine?.reactions[id] ?? []
  const open = thread?.state === 'open' && state === 'visible'
  const frozen = thread?.state === 'read_only' || state !== 'visible'
  return html`<div class="bar" part="actions">
    ${votes === 'none' ? nothing : act('up', t('up', { name }), GLYPHS.up, 'vote', vote > 0, ups, frozen)}
    ${votes === 'both' ? act('down', t('down', { name }), GLYPHS.down, 'vote', vote < 0, downs, frozen) : nothing}
    ${reactions.map(
      ({ emoji, count }) => html`<button
        type="button"
        class="chip"
        part="button reaction"
        data-act="react"
        data-emoji=${emoji}
        aria-pressed=${reacted.includes(emoji)}
        ?disabled=${frozen}
      >
        ${emoji} ${count}
      </button>`,
    )}
    ${offered.length && !frozen ? act('reactions', t('react', { name }), GLYPHS.react) : nothing}
    ${open ? html`<button type="button" class="reply" part="button" data-act="reply" aria-label=${t('replyTo', { name })}>${t('reply')}</button>` : nothing}
    ${act('share', t('share', { name }), GLYPHS.share)}
    ${act('menu', t('moreOf', { name }), GLYPHS.more)}
  </div>`
}

/** A button with a glyph; `on` is whether it is pressed, or what it folds is open. */
function act(
  name: string,
  label: string,
  glyph: string,
  kind = 'icon',
  on?: boolean,
  count = 0,
  disabled = false,
) {
  const folds = name === 'fold'
  const opens = name === 'menu' || name === 'reactions'
  return html`<button
    type="button"
    class=${kind}
    part="button"
    data-act=${name}
    aria-label=${count ? `${label}, ${count}` : label}
    title=${label}
    aria-pressed=${on === undefined || folds ? nothing : on}
    aria-expanded=${folds ? on : opens ? 'false' : nothing}
    aria-haspopup=${opens ? 'menu' : nothing}
    ?disabled=${disabled}
  >
    ${icon(glyph)}${count || nothing}
  </button>`
}
