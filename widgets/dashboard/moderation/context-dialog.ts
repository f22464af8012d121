import { html, nothing, type TemplateResult } from 'lit'
import type {
  ModeratedComment,
  ModeratedContext,
  ModerationAct,
} from '../../../server/contract/moderation.ts'
import type { RequestError } from '../api.ts'
import { formatMoment } from '../format.ts'
import { guest } from '../parts/pieces.ts'
import { language, text } from '../texts.ts'
import { badges, commentBody } from './comment-row.ts'

/** The context of one comment, as far as it is known. */
export interface ShownContext {
  comment: ModeratedComment
  context?: ModeratedContext
  error?: RequestError
}

/** What stands around a comment, what its author said before, how it was changed, and what was decided. */
export function contextDialog(
  { comment, context, error }: ShownContext,
  undo: (act: ModerationAct) => void,
  closed: () => void,
): TemplateResult {
  return html`
    <dialog class="context" aria-labelledby="context" @close=${closed}>
      <h2 id="context">${text('comment_context_of', { name: guest(comment.author) })}</h2>
      <div class="body">
        ${error ? html`<p role="alert">${error.message}</p>` : context ? around(context, undo) : html`<div class="skeleton context-place"></div>`}
      </div>
      <form method="dialog" class="buttons"><button class="button main" autofocus>${text('close')}</button></form>
    </dialog>
  `
}

function around(
  { comment, above, replies, history, edits, acts }: ModeratedContext,
  undo: (act: ModerationAct) => void,
): TemplateResult {
  return html`
    <ol class="thread">
      ${above.map((one) => small(one))}${small(comment, 'this')}${replies.map((one) => small(one, 'reply'))}
    </ol>
    ${section('comment_edits', edits, ({ at, body }) => html`<li>${when(at)}<p class="body" dir="auto">${body}</p></li>`)}
    ${section('comment_acts', acts, (act) => html`<li>${actLine(act, undo)}</li>`)}
    ${section('comment_history', history, (one) => small(one))}
  `
}

const small = (comment: ModeratedComment, as = ''): TemplateResult => html`<li class=${as}>
  <p class="small"><bdi><b>${guest(comment.author)}</b></bdi> ${badges(comment)} ${when(comment.at)}</p>
  ${commentBody(comment)}
</li>`

const when = (at: string): TemplateResult =>
  html`<time class="small muted" datetime=${at}>${formatMoment(at, language())}</time>`

function section<T>(
  title: 'comment_edits' | 'comment_acts' | 'comment_history',
  items: readonly T[],
  item: (one: T) => TemplateResult,
) {
  return items.length === 0
    ? nothing
    : html`<h3>${text(title)}</h3><ul class="thread">${items.map(item)}</ul>`
}

/** What somebody did, in a line, with the way to take it back. */
export function actLine(act: ModerationAct, undo: (act: ModerationAct) => void): TemplateResult {
  const { who, at, note, subject, undone, undoable } = act
  return html`
    <p class="act ${undone ? 'undone' : ''}">
      <span
        ><b>${text(`act_${act.act}`)}</b> <bdi>${subject.text}</bdi> <span class="small muted">${who} · </span>${when(at)}
        ${note ? html`<q dir="auto">${note}</q>` : nothing}
        ${undone ? html`<span class="small muted">${text('act_undone', { who: undone.by, when: formatMoment(undone.at, language()) })}</span>` : nothing}</span
      >
      ${undoable ? html`<button class="button" type="button" @click=${() => undo(act)}>${text('act_undo')}</button>` : nothing}
    </p>
  `
}
